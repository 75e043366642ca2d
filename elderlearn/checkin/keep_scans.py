"""A batch written down with one statement: attendances and sums of those recorded, and every scan as it came.

A scan is kept with its verdict; the code itself only as a hash.
"""

from __future__ import annotations

from collections.abc import Sequence

from elderlearn.checkin.batch import Batch, Judged
from elderlearn.checkin.record import RECORDED, RECORDING, Recorded, after_recording
from elderlearn.ground.actor import Actor
from elderlearn.ground.sql import rows

LONGEST_DEVICE = 60


async def keep_scans(
    batch: Batch, judged: Sequence[Judged], *, by: Actor, device: str | None
) -> list[Recorded] | None:
    """The attendances that were recorded.

    None when somebody else kept one of these ids meanwhile; then the unit of work must be given up.
    """
    new = [
        (scan, code, one) for scan, code, one in zip(batch.scans, batch.codes, judged, strict=True) if one.is_new
    ]
    if not new:
        return []
    found = await rows(
        KEEP,
        batch.received_at,
        by.kind,
        by.id,
        by.door,
        [one.scan_id for one, _, _ in new],
        [one.session_id for one, _, _ in new],
        [code.code_hash for _, code, _ in new],
        [one.method for one, _, _ in new],
        [one.name for one, _, _ in new],
        [one.device_seq for one, _, _ in new],
        [one.at for _, _, one in new],
        [one.scanned_at for one, _, _ in new],
        [code.card_id for _, code, _ in new],
        [one.resident_id for _, _, one in new],
        [one.verdict.verdict for _, _, one in new],
        [one.verdict.reason for _, _, one in new],
        [one.attendance_id for _, _, one in new],
        (device or "").replace("\0", "")[:LONGEST_DEVICE] or None,
        by.id if by.kind == "staff" else None,
    )
    if found[0]["kept"] != len(new):
        return None
    return await after_recording([one for one in found if one["id"] is not None], by=by)


# Scans are written in the order of their ids, so that two batches never wait for each other in a ring.
KEEP = f"""WITH sent AS MATERIALIZED (
        SELECT * FROM unnest((SELECT $5::uuid[]), (SELECT $6::bigint[]), (SELECT $7::bytea[]),
            (SELECT $8::text[]), (SELECT $9::text[]), (SELECT $10::bigint[]), (SELECT $11::timestamptz[]),
            (SELECT $12::timestamptz[]), (SELECT $13::bigint[]), (SELECT $14::bigint[]), (SELECT $15::text[]),
            (SELECT $16::text[]), (SELECT $17::bigint[])) AS n (id, session, code_hash, method, typed_name,
            device_seq, scanned_at, phone_said_at, card, resident, verdict, reason, attendance)
    ), entry AS (
        SELECT session, resident, CASE method WHEN 'typed' THEN 'typed' ELSE 'scan' END AS source,
            coalesce(reason = 'walk_in', false) AS is_walk_in, id AS scan, scanned_at AS attended_at
        FROM sent WHERE verdict = 'recorded'
    ), {RECORDING}, kept AS (
        INSERT INTO scan (id, session, code_hash, method, typed_name, device_seq, scanned_at, phone_said_at,
            card, resident, verdict, reason, attendance, device, received_at, by_staff, door)
        SELECT n.id, n.session, n.code_hash, n.method, n.typed_name, n.device_seq, n.scanned_at,
            n.phone_said_at, n.card, n.resident, n.verdict, n.reason,
            CASE WHEN n.verdict IN ('recorded', 'already_present') THEN coalesce(n.attendance, w.id) END,
            $18, $1, $19, $4
        FROM sent n LEFT JOIN written w ON w.session = n.session AND w.resident = n.resident
        ORDER BY n.id
        ON CONFLICT (id) DO NOTHING RETURNING id)
    SELECT (SELECT count(*) FROM kept) AS kept, found.*
    FROM (SELECT) AS always LEFT JOIN ({RECORDED}) AS found ON true"""
