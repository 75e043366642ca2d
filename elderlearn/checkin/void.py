"""Take an attendance back, with a reason. Nothing is deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from elderlearn.checkin.locks import share_sessions
from elderlearn.checkin.reach import check_reach
from elderlearn.checkin.reason import needed_reason
from elderlearn.checkin.record import take_back
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.hold import hold_people


@dataclass(frozen=True)
class Voided:
    """An attendance that counts nothing any more, since when and why."""

    attendance_id: int
    session_id: int
    resident_id: int
    voided_at: datetime
    reason: str


async def void(attendance_id: int, *, reason: str, by: Actor) -> Voided:
    """It counts nothing from now on; asked again, the first answer again.

    Raises Missing when it is not there or not within reach of `by`, Refusal('reason_needed').
    """
    why = needed_reason(reason)
    async with unit_of_work():
        found = await row("SELECT session, resident FROM attendance WHERE id = $1", attendance_id)
        if found is None:
            raise Missing
        await check_reach([found["session"]], by, "void")
        await share_sessions([found["session"]])
        await hold_people([found["resident"]])
        await take_back([attendance_id], reason=why, by=by)
        voided = await row(
            """SELECT id AS attendance_id, session AS session_id, resident AS resident_id, voided_at,
                void_reason AS reason FROM attendance WHERE id = $1""",
            attendance_id,
        )
    if voided is None:
        raise Missing
    return Voided(**voided)
