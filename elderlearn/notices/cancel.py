"""Nobody writes to who has died or moved away, and nobody rings there."""

from __future__ import annotations

from elderlearn.ground.sql import rows

OPEN = ("due", "claimed", "unknown", "failed", "unreachable")


async def cancel_for(resident_id: int) -> int:
    """Inside the open unit of work: how many messages to her, and copies about her, are given up: all that have
    not gone out for certain.

    One that is at the gateway in this very moment may still arrive; it is not tried again.
    """
    cancelled = await rows(
        """UPDATE notice SET state = 'cancelled'
        WHERE (resident = $1 OR about = $1) AND state = ANY($2::text[]) RETURNING id""",
        resident_id,
        list(OPEN),
    )
    return len(cancelled)
