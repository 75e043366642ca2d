"""Calling off and moving a session: who is told, and what still counts."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

import pytest

from elderlearn.catalogue.change_course import end_course
from elderlearn.catalogue.members import join
from elderlearn.catalogue.queries import run_card
from elderlearn.checkin import record
from elderlearn.checkin.change_session import change_session
from elderlearn.checkin.close_run import close_run
from elderlearn.checkin.completion import decide_again
from elderlearn.checkin.recount import differences
from elderlearn.checkin.sheet import record_sheet
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, rows, value
from tests import people_standing as standing
from tests.catalogue.runs_standing import a_course, open_run, weeks
from tests.checkin.hall import TEN, a_hall, attendances
from tests.people_standing import CLI


async def test_while_it_is_called_off_its_attendances_stay_and_count_nothing(database: Any) -> None:
    hall = await a_hall()
    await hall.scan(hall.anna)
    called_off = await change_session(hall.session_ids[0], state="called_off", reason="typhoon", by=hall.by)
    assert called_off.state == "called_off"
    assert await value("SELECT count(*) FROM attendance WHERE voided_at IS NULL") == 1
    assert await attendances() == []
    assert await value("SELECT count(*) FROM tally") == 0
    await change_session(hall.session_ids[0], state="planned", reason="it passed", by=hall.by)
    assert len(await attendances()) == 1
    assert await value("SELECT minutes FROM tally") == 120
    assert not await differences()


async def test_moved_over_midnight_of_new_year_it_counts_in_the_other_year(database: Any) -> None:
    hall = await a_hall()
    await hall.scan(hall.anna)
    eve = TEN.replace(year=2023, month=12, day=31, hour=23, minute=30)
    await change_session(hall.session_ids[0], starts_at=eve, reason="earlier", by=hall.by)
    assert await value("SELECT on_date FROM attendance") == date(2023, 12, 31)
    await change_session(hall.session_ids[0], starts_at=eve + timedelta(minutes=30), reason="later", by=hall.by)
    assert await value("SELECT on_date FROM attendance") == date(2024, 1, 1)
    found = await rows("SELECT p.label FROM tally t JOIN stat_period p ON p.id = t.period")
    assert [one["label"] for one in found] == ["2024"]
    assert not await differences()


async def test_everyone_concerned_is_told_once_and_the_change_is_in_the_trail(database: Any) -> None:
    hall = await a_hall()
    [meeting] = await hall.run(TEN, entry="enrol", seats=5)
    await rows(
        """INSERT INTO enrolment (run, resident, state, channel, asked_at, changed_at)
        SELECT s.run, r.id, r.state, 'self', now(), now() FROM session s,
            (VALUES ($2::bigint, 'seated'), ($3, 'withdrawn')) AS r (id, state) WHERE s.id = $1""",
        meeting,
        hall.anna.resident_id,
        hall.bao.resident_id,
    )
    for _ in range(2):
        await change_session(meeting, state="called_off", reason="no heating", by=hall.by)
    told = await rows("SELECT kind, resident, staff, values->>'reason' AS reason FROM notice ORDER BY resident")
    assert [tuple(one.values()) for one in told] == [
        ("session_called_off", hall.anna.resident_id, None, "no heating"),
        ("session_called_off", None, hall.leader.id, "no heating"),
    ]
    noted = await row("SELECT detail, count(*) OVER () AS many FROM trail WHERE action = 'session.change'")
    assert noted is not None
    assert noted["many"] == 1
    assert "called_off" in noted["detail"]


async def test_members_of_a_society_are_told_when_their_meeting_moves(database: Any) -> None:
    hall = await a_hall()
    course = await a_course(hall.places.community, kind="society", name="书法社")
    run = await open_run(course, entry="members", kind="meeting", sessions=weeks(1))
    society = await value("SELECT organisation FROM course_run WHERE id = $1", run.run_id)
    await join(society, hall.bao.resident_id, by=CLI)
    officer = await standing.officer(hall.places.street)
    was = await value("SELECT starts_at FROM session WHERE id = $1", run.session_ids[0])
    moved = await change_session(
        run.session_ids[0], starts_at=was + timedelta(hours=1), reason="the hall is busy", by=officer.by()
    )
    assert moved.ends_at - moved.starts_at == timedelta(hours=2)
    told = await rows("SELECT kind, resident FROM notice")
    assert [tuple(one.values()) for one in told] == [("session_changed", hall.bao.resident_id)]


async def test_it_needs_a_reason_and_a_right(database: Any) -> None:
    hall = await a_hall()
    stranger = await standing.officer(hall.places.other_street)
    with pytest.raises(Refusal, match="reason_needed"):
        await change_session(hall.session_ids[0], state="called_off", reason=" ", by=hall.by)
    with pytest.raises(Missing):
        await change_session(hall.session_ids[0], state="called_off", reason="no", by=stranger.by())
    with pytest.raises(Refusal, match="invalid_state"):
        await change_session(hall.session_ids[0], state="gone", reason="no", by=hall.by)
    assert await value("SELECT state FROM session WHERE id = $1", hall.session_ids[0]) == "planned"


async def test_somebody_recorded_while_another_meeting_of_the_closed_run_is_called_off_is_decided_right(
    database: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = await a_hall()
    came, called_off = await hall.run(TEN + timedelta(days=1), 2, entry="enrol", seats=9)
    run_id = await value("SELECT run FROM session WHERE id = $1", came)
    assert await close_run(run_id)
    decided = asyncio.Event()

    async def slowly(pairs: Collection[tuple[int, int]]) -> None:
        await decide_again(pairs)
        decided.set()
        await asyncio.sleep(0.5)

    monkeypatch.setattr(record, "decide_again", slowly)
    sheet = asyncio.create_task(record_sheet(came, [hall.anna.resident_id], by=hall.by))
    await decided.wait()
    await change_session(called_off, state="called_off", reason="snow", by=hall.by)
    await sheet
    assert await value("SELECT count(*) FROM run_completion") == 1, "one of one held, one of two planned"
    assert not await differences()


async def test_a_session_of_an_ended_course_is_not_held_after_all(database: Any) -> None:
    places = await standing.place_tree()
    added = await open_run(await a_course(places.community), sessions=weeks(1))
    [session_id] = added.session_ids
    await change_session(session_id, state="called_off", reason="typhoon", by=CLI)
    await end_course((await run_card(added.run_id)).course_id, by=CLI)
    with pytest.raises(Refusal, match="course_ended"):
        await change_session(session_id, state="planned", reason="it passed", by=CLI)
    assert await value("SELECT state FROM session") == "called_off"
