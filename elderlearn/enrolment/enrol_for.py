"""A carer asks for seats, takes, declines or gives one back, for those who have agreed: the same verbs."""

from __future__ import annotations

from elderlearn.enrolment.accept_offer import accept_offer
from elderlearn.enrolment.decline_offer import decline_offer
from elderlearn.enrolment.enrol import Enrolled, enrol
from elderlearn.enrolment.enrol_together import Both, enrol_together
from elderlearn.enrolment.queries import standing
from elderlearn.enrolment.withdraw import Withdrawn, withdraw
from elderlearn.ground.actor import Actor
from elderlearn.people.care.queries import check_may_act


async def enrol_for(run_id: int, elder_id: int, *, by: Actor) -> Enrolled:
    """`by` is the carer; the trail says so. Raises Missing (not hers to care for) and what `enrol` raises."""
    await check_may_act(by.id or 0, elder_id)
    return await enrol(run_id, elder_id, "carer", by=by)


async def enrol_both_for(run_id: int, first_id: int, second_id: int, *, by: Actor) -> Both:
    """Two of those she cares for, or one of them and herself: both or neither.

    Raises Missing and what `enrol_together` raises.
    """
    for one in {first_id, second_id} - {by.id}:
        await check_may_act(by.id or 0, one)
    return await enrol_together(run_id, first_id, second_id, "carer", by=by)


async def accept_for(enrolment_id: int, *, by: Actor) -> None:
    """`by` is the carer of whoever is offered the seat. Raises Missing and what `accept_offer` raises."""
    await check_may_act(by.id or 0, (await standing(enrolment_id)).resident_id)
    await accept_offer(enrolment_id, by=by)


async def decline_for(enrolment_id: int, *, by: Actor) -> str:
    """`by` is the carer of whoever is offered the seat. Raises Missing and what `decline_offer` raises."""
    await check_may_act(by.id or 0, (await standing(enrolment_id)).resident_id)
    return await decline_offer(enrolment_id, by=by)


async def withdraw_for(enrolment_id: int, *, by: Actor) -> Withdrawn:
    """`by` is the carer of whoever it belongs to. Raises Missing and what `withdraw` raises."""
    await check_may_act(by.id or 0, (await standing(enrolment_id)).resident_id)
    return await withdraw(enrolment_id, by=by)
