"""Saying no to a seat that was offered: the next in line is asked at once."""

from __future__ import annotations

from elderlearn.enrolment.ending import end_enrolment
from elderlearn.ground.actor import Actor


async def decline_offer(enrolment_id: int, *, by: Actor) -> str:
    """How it stands then: declined, or as it stood when nothing was offered (any more). Raises Missing, Stale."""
    return await end_enrolment(enrolment_id, "declined", by=by)
