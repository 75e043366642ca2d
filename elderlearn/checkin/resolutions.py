"""Asking what was decided about a scan."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from elderlearn.ground.sql import row, rows

_OF = """SELECT d.id, d.scan AS scan_id, d.what, d.session AS session_id, d.resident AS resident_id,
    d.attendance AS attendance_id, d.has_recorded, d.reason, d.at, d.by_kind, d.by_id, w.name AS by_name,
    d.undone_at, u.name AS undone_by_name, d.undone_reason
FROM scan_resolution d LEFT JOIN staff w ON w.id = d.by_id AND d.by_kind = 'staff'
LEFT JOIN staff u ON u.id = d.undone_by"""


@dataclass(frozen=True)
class Resolution:
    """`what` is counted, other_session, other_person or dropped; `has_recorded` false where she was there already.

    Undone ones count nothing any more.
    """

    id: int
    scan_id: UUID
    what: str
    session_id: int | None
    resident_id: int | None
    attendance_id: int | None
    has_recorded: bool
    reason: str
    at: datetime
    by_kind: str
    by_id: int | None
    by_name: str | None = field(repr=False)
    undone_at: datetime | None
    undone_by_name: str | None = field(repr=False)
    undone_reason: str | None


async def resolution_of(scan_id: UUID) -> Resolution | None:
    """The decision that holds; for whoever may look at the scan."""
    found = await row(f"{_OF} WHERE d.scan = $1 AND d.undone_at IS NULL", scan_id)
    return Resolution(**found) if found else None


async def undone_of(scan_id: UUID) -> list[Resolution]:
    """Decisions that were taken back, the latest first."""
    found = await rows(f"{_OF} WHERE d.scan = $1 AND d.undone_at IS NOT NULL ORDER BY d.id DESC LIMIT 10", scan_id)
    return [Resolution(**one) for one in found]
