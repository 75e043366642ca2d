"""Two people who only look like one: said once, they are not asked about again."""

from __future__ import annotations

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work

LONGEST_REASON = 200


async def not_same(one_id: int, other_id: int, *, by: Actor, reason: str = "") -> bool:
    """They are two; twice is the same. True when it is new. Raises Missing."""
    one, other = sorted((one_id, other_id))
    async with unit_of_work():
        found = await row(
            """SELECT count(*) AS n, min(district) AS district FROM resident
            WHERE id IN ($1, $2) AND name IS NOT NULL AND state <> 'merged'""",
            one,
            other,
        )
        if one == other or found is None or found["n"] != 2:
            raise Missing
        new = await value(
            """INSERT INTO not_same (one, other, by_staff, at, reason) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (one, other) DO NOTHING RETURNING id""",
            one,
            other,
            by.id if by.kind == "staff" else None,
            now(),
            reason.replace("\0", "").strip()[:LONGEST_REASON],
        )
        if new is not None:
            await note(
                "not_same", by=by, subject="resident", subject_id=one, district=found["district"], other=other
            )
    return new is not None
