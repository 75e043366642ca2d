"""The other one of two agrees to take a course together: with the digits on the phone, or card and birth date."""

from __future__ import annotations

from datetime import date

from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.care.ask_partner import together_in
from elderlearn.people.care.codes import prove
from elderlearn.people.sign_in.cards import forget_tries, prove_by_card


async def partner_by_code(asker_id: int, code: str, *, run_id: int, by: Actor) -> int:
    """Whose digits these are. Right again for their ten minutes, so that a form sent twice does no harm.

    Raises Refusal: wrong_code (left), code_expired.
    """
    partner_id = (await prove(asker_id, code, together_in(run_id))).other_id
    async with unit_of_work():
        await _note(partner_id, "phone_code", run_id, by)
    return partner_id


async def partner_by_card(asker_id: int, card: str, born_on: date, *, run_id: int, by: Actor) -> int:
    """Whose card this is. Raises Refusal: yourself, and those of `prove_by_card`."""
    owner = await prove_by_card(card, born_on)
    async with unit_of_work():
        await forget_tries(owner.card_id)
        if owner.resident_id != asker_id:
            await _note(owner.resident_id, "card", run_id, by)
    if owner.resident_id == asker_id:
        raise Refusal("yourself")
    return owner.resident_id


async def _note(partner_id: int, how: str, run_id: int, by: Actor) -> None:
    district = await value("SELECT district FROM resident WHERE id = $1", partner_id)
    await note(
        "agree_together", by=by, subject="resident", subject_id=partner_id, district=district, how=how,
        run=run_id, asker=by.id,
    )  # fmt: skip
