"""Count it: she was there, as the scan says."""

from __future__ import annotations

from uuid import UUID

from elderlearn.checkin.resolve import Decision, Resolved, her_scan, here, resolve, source_of
from elderlearn.checkin.unclear_scan import UnclearScan
from elderlearn.ground.actor import Actor


async def counted(scan: UnclearScan, by: Actor) -> Decision:
    """Whom and where the scan names."""
    return Decision("counted", here(scan), her_scan(scan), source=source_of(scan))


async def count_it(scan_id: UUID, *, by: Actor) -> Resolved:
    """She counts as present from now on, also when she is present elsewhere at the same time.

    Raises what `resolve` raises, Refusal('nobody_known').
    """
    return await resolve(scan_id, counted, by=by)
