"""It counts nothing: with a reason. Nothing is deleted."""

from __future__ import annotations

from uuid import UUID

from elderlearn.checkin.reason import needed_reason
from elderlearn.checkin.resolve import Decision, Resolved, resolve
from elderlearn.checkin.unclear_scan import UnclearScan
from elderlearn.ground.actor import Actor


async def drop_it(scan_id: UUID, *, reason: str, by: Actor) -> Resolved:
    """No attendance comes of this scan. Raises what `resolve` raises, Refusal('reason_needed')."""
    why = needed_reason(reason)

    async def plan(_scan: UnclearScan, _by: Actor) -> Decision:
        return Decision("dropped", reason=why)

    return await resolve(scan_id, plan, by=by)
