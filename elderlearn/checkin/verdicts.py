"""Pure: the verdict of a scan as it is told to whoever sent it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from elderlearn.checkin.items import RawScan


class ScanVerdict(Struct, frozen=True, gc=False):
    """`scan_id` as it was sent; `name` is masked; `attendance_id` where there is one."""

    scan_id: str
    verdict: str
    reason: str | None = None
    name: str | None = None
    attendance_id: int | None = None


def told_to_retry(scans: Sequence[RawScan]) -> list[ScanVerdict]:
    """Nothing was kept: send them again."""
    return [ScanVerdict(one.shown_id, "retry") for one in scans]
