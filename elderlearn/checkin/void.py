"""Take an attendance back, with a reason. Nothing is deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from elderlearn.checkin.locks import hold_attenders, share_sessions
from elderlearn.checkin.reach import check_reach
from elderlearn.checkin.reason import needed_reason
from elderlearn.checkin.record import take_back
from elderlearn.enrolment.hold import until_still
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row, value
from elderlearn.ground.unit_of_work import unit_of_work


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

    Raises Missing when it is not there or not within reach of `by`, Stale, Refusal('reason_needed').
    """
    why = needed_reason(reason)

    async def work(_: int) -> Voided:
        async with unit_of_work():
            return await _void(attendance_id, why, by)

    return await until_still(work)


async def _void(attendance_id: int, why: str, by: Actor) -> Voided:
    session_id = await value("SELECT session FROM attendance WHERE id = $1", attendance_id)
    if session_id is None:
        raise Missing
    await check_reach([session_id], by, "void")
    await share_sessions([session_id])
    await hold_attenders([attendance_id])
    await take_back([attendance_id], reason=why, by=by)
    voided = await row(
        """SELECT id AS attendance_id, session AS session_id, resident AS resident_id, voided_at,
            void_reason AS reason FROM attendance WHERE id = $1""",
        attendance_id,
    )
    if voided is None:
        raise Missing
    return Voided(**voided)
