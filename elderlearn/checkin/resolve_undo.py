"""A decision about a scan was a mistake: taken back, with a reason; the scan is unclear again."""

from __future__ import annotations

from uuid import UUID

from elderlearn.checkin.locks import hold_attenders, share_sessions
from elderlearn.checkin.reach import check_reach
from elderlearn.checkin.reason import needed_reason
from elderlearn.checkin.record import take_back
from elderlearn.checkin.resolutions import Resolution, resolution_of
from elderlearn.checkin.resolve import ACTION
from elderlearn.checkin.unclear_scan import unclear_scan
from elderlearn.enrolment.hold import until_still
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.sql import row, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work


async def undo_resolution(scan_id: UUID, *, reason: str, by: Actor) -> bool:
    """True when a decision was taken back; False when none holds (any more).

    The attendance it resulted in is voided, unless it was there before or was recorded anew by something else.
    Raises Missing when the scan is not within reach, Stale, Refusal('reason_needed').
    """
    why = needed_reason(reason)

    async def work(_: int) -> bool:
        async with unit_of_work():
            return await _held(scan_id, why, by)

    return await until_still(work)


async def _held(scan_id: UUID, why: str, by: Actor) -> bool:
    await unclear_scan(scan_id, by=by, action=ACTION)
    found = await resolution_of(scan_id)
    if found is None:
        return False
    if found.session_id is not None:
        await check_reach([found.session_id], by, ACTION)
        await share_sessions([found.session_id])
    if found.attendance_id is not None:
        await hold_attenders([found.attendance_id])
    return await _undo(found, why, by)


async def _undo(found: Resolution, why: str, by: Actor) -> bool:
    undone = await row(
        """UPDATE scan_resolution SET undone_at = $2, undone_by = $3, undone_door = $4, undone_reason = $5
        WHERE id = $1 AND undone_at IS NULL RETURNING id""",
        found.id, now(), by.id, by.door, why,
    )  # fmt: skip
    if undone is None:
        return False
    if found.has_recorded:
        hers = await row(
            "SELECT id FROM attendance WHERE id = $1 AND scan = $2 AND voided_at IS NULL",
            found.attendance_id,
            found.scan_id,
        )
        await take_back([hers["id"]] if hers else [], reason=why, by=by)
    district = await value(
        "SELECT district FROM trail WHERE subject = 'scan_resolution' AND subject_id = $1 ORDER BY id LIMIT 1",
        found.id,
    )
    await note(
        "scan.undo_resolution", by=by, subject="scan_resolution", subject_id=found.id, district=district,
        scan=str(found.scan_id), what=found.what, reason=why,
    )  # fmt: skip
    return True
