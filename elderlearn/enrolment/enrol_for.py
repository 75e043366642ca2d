"""A carer asks for a seat, takes an offered one, or gives it back, for somebody who has agreed: the same verbs."""

from __future__ import annotations

from elderlearn.enrolment.accept_offer import accept_offer
from elderlearn.enrolment.enrol import Enrolled, enrol
from elderlearn.enrolment.queries import standing
from elderlearn.enrolment.withdraw import Withdrawn, withdraw
from elderlearn.ground.actor import Actor
from elderlearn.people.care.queries import check_may_act


async def enrol_for(run_id: int, elder_id: int, *, by: Actor) -> Enrolled:
    """`by` is the carer; the trail says so. Raises Missing (not hers to care for) and what `enrol` raises."""
    await check_may_act(by.id or 0, elder_id)
    return await enrol(run_id, elder_id, "carer", by=by)


async def accept_for(enrolment_id: int, *, by: Actor) -> None:
    """`by` is the carer of whoever is offered the seat. Raises Missing and what `accept_offer` raises."""
    await check_may_act(by.id or 0, (await standing(enrolment_id)).resident_id)
    await accept_offer(enrolment_id, by=by)


async def withdraw_for(enrolment_id: int, *, by: Actor) -> Withdrawn:
    """`by` is the carer of whoever it belongs to. Raises Missing and what `withdraw` raises."""
    await check_may_act(by.id or 0, (await standing(enrolment_id)).resident_id)
    return await withdraw(enrolment_id, by=by)
