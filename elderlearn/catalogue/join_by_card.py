"""A new member shows her card."""

from __future__ import annotations

from elderlearn.catalogue.members import join
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.people.queries import card_by_code_or_number


async def join_by_card(organisation_id: int, code_or_number: str, *, by: Actor) -> int:
    """Her id; a member from today, twice is the same.

    Raises Missing for an unknown society; Refusal: unknown_card, card_replaced, card_blank (no name on it yet),
    not_a_society.
    """
    try:
        card = await card_by_code_or_number(code_or_number)
    except Missing:
        raise Refusal("unknown_card", field="code") from None
    if card.state == "replaced":
        raise Refusal("card_replaced", field="code")
    if card.state != "active" or card.resident_id is None:
        raise Refusal("card_blank", field="code")
    await join(organisation_id, card.resident_id, by=by)
    return card.resident_id
