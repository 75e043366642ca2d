"""Asking which seats of a run are kept for some people."""

from __future__ import annotations

from elderlearn.enrolment.shares import WantedShare
from elderlearn.ground.clock import now
from elderlearn.ground.sql import rows


async def kept_shares(run_id: int) -> tuple[WantedShare, ...]:
    """Those that have not fallen back, in the order in which they were set."""
    found = await rows(
        """SELECT audience, seats, falls_back_at FROM seat_share
        WHERE run = $1 AND NOT has_fallen_back AND falls_back_at > $2 ORDER BY id""",
        run_id,
        now(),
    )
    return tuple(WantedShare(**one) for one in found)
