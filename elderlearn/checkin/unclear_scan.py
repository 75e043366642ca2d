"""One scan that was flagged or refused, for whoever may look at it or decide about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from elderlearn.checkin.reach import is_theirs
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row
from elderlearn.people.roles import may
from elderlearn.people.who_now import WHO_NOW

UNCLEAR = ("flagged", "refused")

# Whoever scanned herself may look at her own refused scans, and so may the office of the place she works at:
# they name no session of theirs, often none at all.
_SCAN = f"""SELECT k.id, k.verdict, k.reason, k.method, k.session AS session_id, k.scanned_at, k.phone_said_at,
    k.received_at, {WHO_NOW.format("k.resident")} AS resident_id, k.by_staff,
    w.role, l.id IS NOT NULL AS is_leader, w.place IN (p.id, p.parent, p.district) AS covers,
    w.id = k.by_staff AS is_own, w.place IN (tp.id, tp.parent, tp.district) AS covers_staff
FROM scan k LEFT JOIN session s ON s.id = k.session
LEFT JOIN organisation o ON o.id = s.organisation LEFT JOIN place p ON p.id = o.place
LEFT JOIN staff w ON w.id = $2 AND w.ended_at IS NULL
LEFT JOIN run_leader l ON l.run = s.run AND l.staff = w.id
LEFT JOIN staff t ON t.id = k.by_staff LEFT JOIN place tp ON tp.id = t.place
WHERE k.id = $1"""


@dataclass(frozen=True)
class UnclearScan:
    """As it was received. `is_at_hand` when its session is within reach; else only who scanned makes it theirs.

    `resident_id` is who she is now: of rows put together, the one that stayed.
    """

    id: UUID
    verdict: str
    reason: str | None
    method: str
    session_id: int | None
    scanned_at: datetime | None
    phone_said_at: datetime | None
    received_at: datetime
    resident_id: int | None
    is_at_hand: bool


async def unclear_scan(scan_id: UUID, *, by: Actor, action: str) -> UnclearScan:
    """Raises Missing for what is not there, not unclear, or not within reach of `by` for `action`; a helper who
    only scans decides nothing."""
    found = await row(_SCAN, scan_id, by.id if by.kind == "staff" else None)
    if found is None or found["verdict"] not in UNCLEAR or by.lent:
        raise Missing
    is_at_hand = by.kind == "system" or is_theirs(found, action)
    if not is_at_hand and not _is_refused_of_theirs(found, action):
        raise Missing
    return UnclearScan(
        found["id"], found["verdict"], found["reason"], found["method"], found["session_id"],
        found["scanned_at"], found["phone_said_at"], found["received_at"],
        found["resident_id"] if is_at_hand else None, is_at_hand,
    )  # fmt: skip


def _is_refused_of_theirs(found: Record, action: str) -> bool:
    if found["verdict"] != "refused" or not may(found["role"], action):
        return False
    return bool(found["is_own"] or (found["role"] != "leader" and found["covers_staff"]))
