"""A pre-printed blank card becomes the card of somebody who is on the register: no printer needed."""

from __future__ import annotations

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, rows, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.cards import replace_cards
from elderlearn.people.queries import card_by_code_or_number


async def hand_over_card(resident_id: int, code_or_number: str, *, by: Actor) -> None:
    """Her older cards stop. Raises Missing (no such person or card), Refusal('card_not_blank'), and
    Refusal('card_was_used') for one that was scanned already: that visit waits for a name of its own."""
    async with unit_of_work():
        await put_card(resident_id, code_or_number, by=by)


async def put_card(resident_id: int, code_or_number: str, *, by: Actor) -> None:
    """`hand_over_card` inside the open unit of work, which holds neither cards nor people yet."""
    card = await card_by_code_or_number(code_or_number)
    cards = await rows(
        "SELECT id, resident, state FROM card WHERE id = $1 OR resident = $2 ORDER BY id FOR UPDATE",
        card.id,
        resident_id,
    )
    person = await row(
        """SELECT district FROM resident WHERE id = $1 AND name IS NOT NULL AND state = 'active'
        FOR NO KEY UPDATE""",
        resident_id,
    )
    if person is None:
        raise Missing
    held = next(one for one in cards if one["id"] == card.id)
    if held["state"] != "blank":
        raise Refusal("card_not_blank", field="card")
    if held["resident"] is not None:
        raise Refusal("card_was_used", field="card")
    await replace_cards(resident_id)
    await value(
        "UPDATE card SET state = 'active', resident = $2, tied_at = $3 WHERE id = $1",
        card.id,
        resident_id,
        now(),
    )
    await note(
        "issue_card", by=by, subject="card", subject_id=card.id, district=person["district"],
        resident=resident_id, was="blank",
    )  # fmt: skip
