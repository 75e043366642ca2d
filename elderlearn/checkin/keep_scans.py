"""A batch written down with one statement: attendances and sums of those recorded, and every scan as it came.

A scan is kept with its verdict; the code itself only as a hash.
"""

from __future__ import annotations

from collections.abc import Sequence

from asyncpg import UniqueViolationError

from elderlearn.checkin.batch import Batch, Judged, ReadCode, Sent
from elderlearn.checkin.items import RawScan
from elderlearn.checkin.record import RECORDED, RECORDING, Recorded, after_recording
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.sql import rows

LONGEST_DEVICE = 60
NEVER_EMPTY = (3, 10, 14)  # method, verdict, received_at among the columns of a scan


async def keep_scans(batch: Batch, judged: Sequence[Judged], *, by: Actor) -> list[Recorded] | None:
    """The attendances that were recorded.

    None when somebody else kept one of these ids meanwhile; then the unit of work must be given up.
    """
    sent = [_row(*one) for one in zip(batch.scans, batch.codes, judged, batch.sent, strict=True) if one[2].is_new]
    if not sent:
        return []
    whose = by.id if by.kind == "staff" else None
    columns = [_column(*one) for one in enumerate(zip(*sent, strict=True))]
    pass_id = by.lent.pass_id if by.lent else None
    try:
        found = await rows(KEEP, now(), by.kind, by.id, by.door, whose, *columns, pass_id)
    except UniqueViolationError:
        return None
    return await after_recording(found[0], by=by)


def _row(scan: RawScan, code: ReadCode, one: Judged, sent: Sent) -> tuple[object, ...]:
    """In the order of `sent` in the statement."""
    return (
        scan.scan_id,
        scan.session_id,
        code.code_hash,
        scan.method,
        scan.name,
        scan.device_seq,
        one.at,
        scan.scanned_at if scan.scanned_at != one.at else None,
        code.card_id,
        one.resident_id,
        one.verdict.verdict,
        one.verdict.reason,
        one.attendance_id,
        (sent.device or "").replace("\0", "")[:LONGEST_DEVICE] or None,
        sent.received_at,
    )


def _column(place: int, values: Sequence[object]) -> list[object]:
    """Of a column that is empty nothing is sent: `unnest` fills shorter lists up with NULL.

    Of those that never hold NULL the first value is enough where all are the same.
    """
    first = values[0]
    if (first is None or place in NEVER_EMPTY) and all(one is first for one in values):
        return [] if first is None else [first]
    return list(values)


# Scans are written in the order of their ids, so that two batches never wait for each other in a ring.
KEEP = f"""WITH sent AS MATERIALIZED (
        SELECT n.*, coalesce(n.method_said, (SELECT ($9::text[])[1])) AS method,
            coalesce(n.verdict_said, (SELECT ($16::text[])[1])) AS verdict,
            coalesce(n.received, (SELECT ($20::timestamptz[])[1])) AS received_at
        FROM unnest((SELECT $6::uuid[]), (SELECT $7::bigint[]), (SELECT $8::bytea[]),
            (SELECT $9::text[]), (SELECT $10::text[]), (SELECT $11::bigint[]), (SELECT $12::timestamptz[]),
            (SELECT $13::timestamptz[]), (SELECT $14::bigint[]), (SELECT $15::bigint[]), (SELECT $16::text[]),
            (SELECT $17::text[]), (SELECT $18::bigint[]), (SELECT $19::text[]), (SELECT $20::timestamptz[]))
            AS n (id, session, code_hash, method_said, typed_name, device_seq, scanned_at, phone_said_at, card,
                resident, verdict_said, reason, attendance, device, received)
    ), entry AS (
        SELECT session, resident,
            CASE WHEN method IN ('typed', 'tick', 'venue') THEN method ELSE 'scan' END AS source,
            coalesce(reason = 'walk_in', false) AS is_walk_in, id AS scan, scanned_at AS attended_at
        FROM sent WHERE verdict = 'recorded'
    ), {RECORDING}, kept AS (
        INSERT INTO scan (id, session, code_hash, method, typed_name, device_seq, scanned_at, phone_said_at,
            card, resident, verdict, reason, attendance, device, received_at, by_staff, door,
            scan_pass)
        SELECT n.id, n.session, n.code_hash, n.method, n.typed_name, n.device_seq, n.scanned_at,
            coalesce(n.phone_said_at, n.scanned_at), n.card, n.resident, n.verdict, n.reason,
            CASE WHEN n.verdict IN ('recorded', 'already_present') THEN coalesce(n.attendance, w.id) END,
            n.device, n.received_at, $5, $4, $21::bigint
        FROM sent n LEFT JOIN written w ON w.session = n.session AND w.resident = n.resident
        ORDER BY n.id)
    {RECORDED}"""
