"""Who held the phone when somebody was scanned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from elderlearn.ground.sql import row, rows


@dataclass(frozen=True)
class Scanner:
    """`staff_name` scanned herself, or gave the pass by which `helper_name` did; `label` is the phone."""

    staff_name: str
    helper_name: str | None
    label: str


async def who_scanned(attendance_id: int) -> Scanner | None:
    """None when nobody of the staff scanned: ticked, typed from paper, or she said so herself."""
    found = await row(
        """SELECT w.name AS staff_name, p.helper_name, coalesce(d.label, '') AS label
        FROM attendance a JOIN scan s ON s.id = a.scan JOIN staff w ON w.id = s.by_staff
        LEFT JOIN scan_pass p ON p.id = s.scan_pass
        LEFT JOIN device d ON d.uuid::text = lower(s.device) AND d.staff = s.by_staff
        WHERE a.id = $1""",
        attendance_id,
    )
    return Scanner(**found) if found else None


async def helpers_of_scans(scan_ids: Sequence[UUID]) -> dict[UUID, str]:
    """The name of the helper who held the phone, for those of these scans where there was one."""
    found = await rows(
        """SELECT s.id, p.helper_name FROM scan s JOIN scan_pass p ON p.id = s.scan_pass
        WHERE s.id = ANY($1::uuid[]) AND p.helper_name IS NOT NULL""",
        list(scan_ids),
    )
    return {one["id"]: one["helper_name"] for one in found}
