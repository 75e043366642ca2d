"""Leaving a run, or its line: any time, and the next in line is seated at once."""

from __future__ import annotations

from dataclasses import dataclass

from elderlearn.enrolment.ending import end_enrolment
from elderlearn.enrolment.reason import normal_reason
from elderlearn.ground.actor import Actor


@dataclass(frozen=True)
class Withdrawn:
    """How the enrolment stands now: withdrawn, or what it had ended as before (removed, declined, lapsed)."""

    state: str


async def withdraw(enrolment_id: int, *, by: Actor) -> Withdrawn:
    """Give the seat or the place in line back; twice is the same. Raises Missing, Stale."""
    return Withdrawn(await end_enrolment(enrolment_id, "withdrawn", by=by))


async def remove(enrolment_id: int, reason: str, *, by: Actor) -> Withdrawn:
    """Staff take somebody off a run; she may not ask again. Twice is the same, also after a withdrawal.

    Raises Missing, Stale, Refusal('reason_required') for an empty reason or more than 200 signs.
    """
    return Withdrawn(await end_enrolment(enrolment_id, "removed", by=by, reason=normal_reason(reason)))
