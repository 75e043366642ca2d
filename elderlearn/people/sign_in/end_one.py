"""Ending one sign-in of many, from another phone."""

from __future__ import annotations

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work


async def end_sign_in(sign_in_id: int, staff_id: int, *, by: Actor) -> None:
    """One of this member of staff; twice is the same. Raises Missing."""
    async with unit_of_work():
        found = await row(
            """WITH ended AS (UPDATE sign_in SET ended_at = $3 WHERE id = $1 AND staff = $2 AND ended_at IS NULL
                RETURNING id)
            SELECT (SELECT id FROM ended) AS ended FROM sign_in WHERE id = $1 AND staff = $2""",
            sign_in_id,
            staff_id,
            now(),
        )
        if found is None:
            raise Missing
        if found["ended"] is not None:
            await note("sign_out", by=by, subject="sign_in", subject_id=sign_in_id)
