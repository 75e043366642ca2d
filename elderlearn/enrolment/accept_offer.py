"""Saying yes to a seat that was offered."""

from __future__ import annotations

from elderlearn.enrolment.ending import as_it_stands, whose
from elderlearn.enrolment.enrolled_period import open_periods, resum
from elderlearn.enrolment.hold import hold
from elderlearn.ground import trail
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import rows
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.care.tell import tell


async def accept_offer(enrolment_id: int, *, by: Actor) -> None:
    """The seat is hers; twice is the same. By herself, or by staff who rang her: the trail names who it was.

    Raises Missing; Refusal('offer_over') when nothing is offered, or not any more.
    """
    resident_id, run_id = await whose(enrolment_id)
    async with unit_of_work():
        await hold(run_id, residents=[resident_id])
        offered = await as_it_stands(enrolment_id)
        if offered["state"] == "seated":
            return
        if offered["state"] != "offered" or offered["offer_until"] <= now():
            raise Refusal("offer_over")
        await rows(
            "UPDATE enrolment SET state = 'seated', offer_until = NULL, changed_at = $2 WHERE id = $1",
            enrolment_id,
            now(),
        )
        await open_periods(
            {offered["home_district"]}, offered["district"], offered["first_on"], offered["last_on"]
        )
        await resum([resident_id])
        await trail.note(
            "accept_offer", by=by, subject="enrolment", subject_id=enrolment_id, district=offered["district"],
            run=run_id, resident=resident_id,
        )  # fmt: skip
        await tell(
            kind="seated",
            values={"title": offered["title"], "when": offered["when"]},
            resident_id=resident_id,
            district=offered["district"],
            address_cipher=offered["phone_cipher"],
            language=offered["language"],
        )
