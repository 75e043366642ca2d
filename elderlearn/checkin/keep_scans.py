"""Every scan that has an id is kept as it came, with its verdict; the code itself only as a hash."""

from __future__ import annotations

from collections.abc import Sequence

from elderlearn.checkin.batch import Batch, Judged
from elderlearn.ground.actor import Actor
from elderlearn.ground.sql import rows

LONGEST_DEVICE = 60


async def keep_scans(
    batch: Batch, judged: Sequence[Judged], attendances: Sequence[int | None], *, by: Actor, device: str | None
) -> bool:
    """False when somebody else kept one of these ids meanwhile; then the unit of work must be given up.

    Written in the order of their ids, so that two batches never wait for each other in a ring.
    """
    new = sorted(
        (
            (scan, code, one, attendance)
            for scan, code, one, attendance in zip(batch.scans, batch.codes, judged, attendances, strict=True)
            if one.is_new
        ),
        key=lambda kept: str(kept[0].scan_id),
    )
    if not new:
        return True
    scans, codes, ones, ids = zip(*new, strict=True)
    added = await rows(
        _INSERT,
        [one.scan_id for one in scans],
        [one.session_id for one in scans],
        [one.code_hash for one in codes],
        [one.method for one in scans],
        [one.name for one in scans],
        [one.device_seq for one in scans],
        [one.at for one in ones],
        [one.scanned_at for one in scans],
        [one.card_id for one in codes],
        [one.resident_id for one in ones],
        [one.verdict.verdict for one in ones],
        [one.verdict.reason for one in ones],
        list(ids),
        (device or "").replace("\0", "")[:LONGEST_DEVICE] or None,
        batch.received_at,
        by.id if by.kind == "staff" else None,
        by.door,
    )
    return len(added) == len(new)


_INSERT = """INSERT INTO scan (id, session, code_hash, method, typed_name, device_seq, scanned_at, phone_said_at,
        card, resident, verdict, reason, attendance, device, received_at, by_staff, door)
    SELECT n.*, $14, $15, $16, $17
    FROM unnest($1::uuid[], $2::bigint[], $3::bytea[], $4::text[], $5::text[], $6::bigint[], $7::timestamptz[],
        $8::timestamptz[], $9::bigint[], $10::bigint[], $11::text[], $12::text[], $13::bigint[]) AS n
    ON CONFLICT (id) DO NOTHING RETURNING id"""
