"""What is left of a share belongs to everybody from its moment on."""

from __future__ import annotations

from datetime import datetime

from elderlearn.ground import trail
from elderlearn.ground.actor import SYSTEM
from elderlearn.ground.sql import rows


async def let_fall_back(run_id: int, at: datetime) -> int:
    """How many shares are over now; an inner step with the run held. Those who sit on their seats keep them."""
    fallen = await rows(
        """WITH fallen AS (
            UPDATE seat_share SET has_fallen_back = true
            WHERE run = $1 AND NOT has_fallen_back AND falls_back_at <= $2
            RETURNING audience, seats - taken AS free),
        freed AS (
            UPDATE course_run SET reserved = reserved - (SELECT sum(free) FROM fallen)
            WHERE id = $1 AND EXISTS (SELECT FROM fallen) RETURNING district)
        SELECT audience, free, (SELECT district FROM freed) AS district FROM fallen""",
        run_id,
        at,
    )
    if fallen:
        await trail.note_many(
            "fall_back",
            by=SYSTEM,
            subject="course_run",
            changes=[(run_id, {"audience": one["audience"], "seats": one["free"]}) for one in fallen],
            district=fallen[0]["district"],
        )
    return len(fallen)
