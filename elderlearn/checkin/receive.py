"""Scans as phones send them, one or five hundred at a time: a verdict for each, nothing lost, nothing twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from elderlearn.checkin.batch import Batch, judge_batch
from elderlearn.checkin.gather import gather
from elderlearn.checkin.items import RawScan
from elderlearn.checkin.keep_scans import keep_scans
from elderlearn.checkin.reading import read_codes
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Refusal
from elderlearn.ground.transient import TRANSIENT, is_transient
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.card_keys import card_keys

MOST = 500  # scans in one batch; contract section 3
TRIES = 3


@dataclass(frozen=True)
class ScanVerdict:
    """`scan_id` as it was sent; `name` is masked; `attendance_id` where there is one."""

    scan_id: str
    verdict: str
    reason: str | None = None
    name: str | None = None
    attendance_id: int | None = None


class _Raced(Exception):
    """Another batch brought one of our scan_ids meanwhile: take everything back and look again."""


async def receive(
    scans: Sequence[RawScan], *, by: Actor, sent_at: datetime | None = None, device: str | None = None
) -> list[ScanVerdict]:
    """A verdict for each scan, in the order sent; sending the same batch again changes nothing.

    Of two scans of one person the one scanned first is recorded, whatever the order. `sent_at` is the phone's
    clock when it sent. When the database fails, nothing was kept and every scan is told to `retry`.
    Raises Refusal('invalid_batch') unless there are 1 to 500.
    """
    if not 1 <= len(scans) <= MOST:
        raise Refusal("invalid_batch", least=1, most=MOST)
    received_at = now()
    for _ in range(TRIES):
        try:
            async with unit_of_work():
                return await _take_in(scans, received_at, by=by, sent_at=sent_at, device=device)
        except _Raced:
            continue
        except TRANSIENT as away:
            if not is_transient(away):
                raise
    return [ScanVerdict(one.shown_id, "retry") for one in scans]


async def _take_in(
    scans: Sequence[RawScan],
    received_at: datetime,
    *,
    by: Actor,
    sent_at: datetime | None,
    device: str | None,
) -> list[ScanVerdict]:
    codes, room = await gather(scans, read_codes(scans, card_keys()), by=by)
    batch = Batch(scans, codes, received_at, sent_at=sent_at)
    judged = judge_batch(batch, room)
    written = await keep_scans(batch, judged, by=by, device=device)
    if written is None:
        raise _Raced
    attendances = {(one.session_id, one.resident_id): one.attendance_id for one in written}
    return [
        ScanVerdict(
            scan.shown_id,
            one.verdict.verdict,
            one.verdict.reason,
            room.names.get(one.resident_id or 0) if one.verdict.verdict != "refused" else None,
            one.attendance_id or attendances.get((scan.session_id or 0, one.resident_id or 0))
            if one.verdict.verdict in ("recorded", "already_present", "same_scan")
            else None,
        )
        for scan, one in zip(scans, judged, strict=True)
    ]
