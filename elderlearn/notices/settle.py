"""A human decides about a notice of which nobody knows whether it arrived."""

from __future__ import annotations

from elderlearn.ground import trail
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row
from elderlearn.ground.unit_of_work import unit_of_work


async def settle(notice_id: int, *, send_again: bool, by: Actor) -> None:
    """Send it once more, or take it as told (by phone, say). Raises Missing when there is nothing to decide.

    Who has no phone can only be told.
    """
    async with unit_of_work():
        found = await row(
            """UPDATE notice SET state = $2, next_try_at = $3, tries = 0, problem = NULL
            WHERE id = $1 AND (state IN ('unknown', 'failed') OR state = 'unreachable' AND NOT $4)
            RETURNING district""",
            notice_id,
            "due" if send_again else "sent",
            now(),
            send_again,
        )
        if found is None:
            raise Missing
        await trail.note(
            "settle_notice", by=by, subject="notice", subject_id=notice_id, district=found["district"],
            send_again=send_again,
        )  # fmt: skip
