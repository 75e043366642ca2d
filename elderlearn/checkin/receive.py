"""Scans as phones send them, one or five hundred at a time: a verdict for each, nothing lost, nothing twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

import asyncpg

from elderlearn.checkin.batch import Batch, Judged, Sent, judge_batch
from elderlearn.checkin.gather import gather
from elderlearn.checkin.hold_phone import count_scans, hold_phone
from elderlearn.checkin.hold_scans import Raced
from elderlearn.checkin.items import RawScan
from elderlearn.checkin.keep_scans import keep_scans
from elderlearn.checkin.reading import read_codes
from elderlearn.checkin.together import Request, together
from elderlearn.checkin.verdicts import ScanVerdict, told_to_retry
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Refusal
from elderlearn.ground.transient import TRANSIENT, is_transient
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.card_keys import card_keys

__all__ = ["MOST", "ScanVerdict", "receive"]

MOST = 500  # scans in one batch; contract section 3
TRIES = 3
WITH_ATTENDANCE = ("recorded", "already_present", "same_scan")


async def receive(
    scans: Sequence[RawScan], *, by: Actor, sent_at: datetime | None = None, device: str | None = None
) -> list[ScanVerdict]:
    """A verdict for each scan, in the order sent; sending the same batch again changes nothing.

    Of two scans of one person the one scanned first is recorded, whatever the order. `sent_at` is the phone's
    clock when it sent. When the database fails, nothing was kept and every scan is told to `retry`.
    Raises Refusal('invalid_batch') unless there are 1 to 500, Refusal('device_ended'), Refusal('pass_ended').
    """
    if not 1 <= len(scans) <= MOST:
        raise Refusal("invalid_batch", least=1, most=MOST)

    async def write(requests: Sequence[Request]) -> list[list[ScanVerdict]]:
        return await _write(requests, by=by)

    return await together(Request(scans, Sent(now(), sent_at, device)), write, by=by, most=MOST)


async def _write(requests: Sequence[Request], *, by: Actor) -> list[list[ScanVerdict]]:
    """The verdicts of each request, written in one transaction, tried a few times."""
    scans = [scan for one in requests for scan in one.scans]
    sent = [one.sent for one in requests for _ in one.scans]
    verdicts = iter(await _tried(scans, sent, by=by))
    return [list(islice(verdicts, len(one.scans))) for one in requests]


async def _tried(scans: Sequence[RawScan], sent: Sequence[Sent], *, by: Actor) -> list[ScanVerdict]:
    for _ in range(TRIES):
        try:
            async with unit_of_work():
                return await _take_in(scans, sent, by=by)
        except Raced:
            continue
        except asyncpg.LockNotAvailableError:  # held by something long, which will not end while we try again
            break
        except TRANSIENT as away:
            if not is_transient(away):
                raise
    return told_to_retry(scans)


async def _take_in(scans: Sequence[RawScan], sent: Sequence[Sent], *, by: Actor) -> list[ScanVerdict]:
    await hold_phone(by)
    codes, room = await gather(scans, read_codes(scans, card_keys()), by=by)
    batch = Batch(scans, codes, sent)
    judged = judge_batch(batch, room)
    written = await keep_scans(batch, judged, by=by)
    if written is None:
        raise Raced  # another batch brought one of our scan_ids meanwhile
    await count_scans(sum(one.is_new for one in judged), by)
    attendances = {(one.session_id, one.resident_id): one.attendance_id for one in written}

    def attendance(scan: RawScan, one: Judged) -> int | None:
        if one.verdict.verdict not in WITH_ATTENDANCE:
            return None
        return one.attendance_id or attendances.get((scan.session_id or 0, one.resident_id or 0))

    return [
        ScanVerdict(
            scan.shown_id,
            one.verdict.verdict,
            one.verdict.reason,
            room.names.get(one.resident_id or 0) if one.verdict.verdict != "refused" else None,
            attendance(scan, one),
        )
        for scan, one in zip(scans, judged, strict=True)
    ]
