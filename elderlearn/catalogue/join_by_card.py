"""A new member shows her card."""

from __future__ import annotations

from elderlearn.catalogue.members import join
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import value
from elderlearn.people.queries import card_by_code_or_number


async def join_by_card(organisation_id: int, code_or_number: str, *, by: Actor) -> int:
    """Her id; a member from today, twice is the same.

    Raises Missing for an unknown society; Refusal: unknown_card (also of somebody of another district: a number
    typed finds no strangers), card_replaced, card_blank (no name on it yet), not_a_society, organisation_ended.
    """
    try:
        card = await card_by_code_or_number(code_or_number)
    except Missing:
        raise Refusal("unknown_card", field="code") from None
    if not await _is_of_the_district(card.id, card.resident_id, organisation_id):
        raise Refusal("unknown_card", field="code")
    if card.state == "replaced":
        raise Refusal("card_replaced", field="code")
    if card.state != "active" or card.resident_id is None:
        raise Refusal("card_blank", field="code")
    await join(organisation_id, card.resident_id, by=by)
    return card.resident_id


async def _is_of_the_district(card_id: int, resident_id: int | None, organisation_id: int) -> bool:
    """Where she lives, or for a blank card where it was made; an unknown society is told of later."""
    found = await value(
        """SELECT o.district = coalesce(r.district, c.district) FROM organisation o
        JOIN card c ON c.id = $2 LEFT JOIN resident r ON r.id = $3 WHERE o.id = $1""",
        organisation_id,
        card_id,
        resident_id,
    )
    return found is not False
