"""Taking an attendance back."""

from __future__ import annotations

import pytest

from elderlearn.checkin.recount import differences
from elderlearn.checkin.void import void
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, value
from tests import people_standing as standing
from tests.checkin.hall import a_hall, attendances


async def test_a_voided_attendance_counts_nothing_and_says_why(database: object) -> None:
    hall = await a_hall()
    scanned = await hall.scan(hall.anna)
    assert scanned.attendance_id is not None
    voided = await void(scanned.attendance_id, reason="  wrong\nperson ", by=hall.by)
    assert (voided.reason, voided.session_id, voided.resident_id) == (
        "wrong person", hall.session_ids[0], hall.anna.resident_id,
    )  # fmt: skip
    assert await attendances() == []
    assert await value("SELECT count(*) FROM tally") == 0
    assert not await differences()
    noted = await row("SELECT actor_id, door, detail FROM trail WHERE action = 'attendance.void'")
    assert noted is not None
    assert (noted["actor_id"], noted["door"]) == (hall.leader.id, "leader")
    assert "wrong person" in noted["detail"]


async def test_twice_is_the_same_answer_and_one_trail(database: object) -> None:
    hall = await a_hall()
    scanned = await hall.scan(hall.anna)
    assert scanned.attendance_id is not None
    first = await void(scanned.attendance_id, reason="one", by=hall.by)
    assert await void(scanned.attendance_id, reason="two", by=hall.by) == first
    assert await value("SELECT count(*) FROM trail WHERE action = 'attendance.void'") == 1


async def test_what_is_not_yours_is_missing_like_what_is_not_there(database: object) -> None:
    hall = await a_hall()
    scanned = await hall.scan(hall.anna)
    assert scanned.attendance_id is not None
    stranger = await standing.leader(hall.places.community)
    auditor = await standing.auditor(hall.places.district)
    for by in (stranger.by("leader"), auditor.by()):
        with pytest.raises(Missing):
            await void(scanned.attendance_id, reason="why not", by=by)
    with pytest.raises(Missing):
        await void(10**12, reason="why not", by=hall.by)
    assert len(await attendances()) == 1


@pytest.mark.parametrize("reason", ["", " \n\t ", "\0"])
async def test_a_reason_is_needed(database: object, reason: str) -> None:
    hall = await a_hall()
    scanned = await hall.scan(hall.anna)
    assert scanned.attendance_id is not None
    with pytest.raises(Refusal, match="reason_needed"):
        await void(scanned.attendance_id, reason=reason, by=hall.by)
