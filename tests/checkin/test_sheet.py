"""A paper sheet typed in, and names ticked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from elderlearn.checkin.queries import presence_of, roster
from elderlearn.checkin.recount import differences
from elderlearn.checkin.sheet import record_sheet
from elderlearn.checkin.tick import tick
from elderlearn.checkin.void import void
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, value
from tests import people_standing as standing
from tests.checkin.hall import TEN, a_hall, call_off


async def test_everybody_on_a_sheet_stands_in_exactly_one_list(database: object) -> None:
    hall = await a_hall()
    await hall.scan(hall.anna)
    anna, bao = hall.anna.resident_id, hall.bao.resident_id
    done = await record_sheet(hall.session_ids[0], [bao, anna, bao, 10**12, -1], by=hall.by)
    assert [one.resident_id for one in done.recorded] == [bao]
    assert done.already_present == (anna,)
    assert [(one.resident_id, one.reason) for one in done.refused] == [
        (10**12, "unknown_resident"), (-1, "unknown_resident"),
    ]  # fmt: skip
    kept = await row("SELECT * FROM attendance WHERE resident = $1", bao)
    assert kept is not None
    assert (kept["source"], kept["by_id"], kept["door"]) == ("paper", hall.leader.id, "leader")
    again = await record_sheet(hall.session_ids[0], [bao, anna], by=hall.by)
    assert (again.recorded, again.already_present) == ((), (bao, anna))
    assert not await differences()


async def test_a_called_off_meeting_and_one_to_come_take_nobody(database: object) -> None:
    hall = await a_hall()
    await call_off(hall.session_ids[0])
    [to_come] = await hall.run(now() + timedelta(hours=2))
    [soon] = await hall.run(now() + timedelta(minutes=50))
    reasons = []
    for session_id in (hall.session_ids[0], to_come):
        done = await record_sheet(session_id, [hall.anna.resident_id], by=hall.by)
        reasons += [one.reason for one in done.refused]
    assert reasons == ["called_off", "outside_window"]
    assert len((await record_sheet(soon, [hall.anna.resident_id], by=hall.by)).recorded) == 1


async def test_a_sheet_records_again_what_was_voided(database: object) -> None:
    hall = await a_hall()
    first = await tick(hall.session_ids[0], hall.anna.resident_id, by=hall.by)
    await void(first.recorded[0].attendance_id, reason="mistake", by=hall.by)
    again = await record_sheet(hall.session_ids[0], [hall.anna.resident_id], by=hall.by)
    assert again.recorded[0].attendance_id == first.recorded[0].attendance_id
    assert again.recorded[0].is_again
    assert await value("SELECT source FROM attendance") == "paper"
    assert not await differences()


async def test_strangers_find_no_meeting_and_no_other_source_is_taken(database: object) -> None:
    hall = await a_hall()
    stranger = await standing.leader(hall.places.community)
    with pytest.raises(Missing):
        await record_sheet(hall.session_ids[0], [hall.anna.resident_id], by=stranger.by("leader"))
    with pytest.raises(Missing):
        await roster(hall.session_ids[0], by=stranger.by("leader"))
    with pytest.raises(Refusal, match="invalid_source"):
        await record_sheet(hall.session_ids[0], [hall.anna.resident_id], by=hall.by, source="sample")


async def test_the_roster_shows_who_is_expected_and_who_came(database: object) -> None:
    hall = await a_hall()
    [meeting] = await hall.run(TEN + timedelta(days=1), entry="enrol", seats=2)
    await database.execute(  # type: ignore[attr-defined]  # the fixture's class lives in conftest
        """INSERT INTO enrolment (run, resident, state, channel, asked_at, changed_at)
        SELECT run, $2, 'seated', 'self', now(), now() FROM session WHERE id = $1""",
        meeting,
        hall.anna.resident_id,
    )
    await database.execute("UPDATE course_run SET seats_taken = 1 WHERE entry = 'enrol'")  # type: ignore[attr-defined]
    await tick(meeting, hall.bao.resident_id, by=hall.by)
    anna, bao = await roster(meeting, by=hall.by)
    key = await value("SELECT card_key FROM card WHERE resident = $1", hall.anna.resident_id)
    assert (anna.name_masked, anna.state, anna.attended, anna.card_key) == ("安**", "seated", False, key)
    assert (bao.name_masked, bao.state, bao.attended) == ("李**", "walk_in", True)
    assert await value("SELECT is_walk_in FROM attendance")
    presence = await presence_of([meeting])
    assert (presence[meeting].present, presence[meeting].expected) == (1, 1)
