"""Write down whose card it is: what waited on it now counts where she lives."""

from __future__ import annotations

from dataclasses import dataclass, field

from elderlearn.checkin.attribute import attribute
from elderlearn.ground.actor import Actor
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.blank_cards import tie_blank
from elderlearn.people.cards import current_code
from elderlearn.people.consents import NewConsent, write_consents
from elderlearn.people.queries import card_by_code_or_number
from elderlearn.people.residents import NewResident


@dataclass(frozen=True)
class Named:
    """Her card opens from now on; `was_scanned` when attendances had waited for the name."""

    resident_id: int
    card_code: str | None = field(repr=False)
    was_scanned: bool


async def name_card(
    code_or_number: str, new: NewResident, *, by: Actor, consents: tuple[NewConsent, ...] = ()
) -> Named:
    """The person of a blank card gets her name, home and birth date; her sums follow in the same moment.

    Raises Missing (no such card), Refusal('card_not_blank'), Refusal('document_on_file') for somebody
    registered already, and what `people.register` raises.
    """
    async with unit_of_work():
        return await put_name(code_or_number, new, by=by, consents=consents)


async def put_name(
    code_or_number: str, new: NewResident, *, by: Actor, consents: tuple[NewConsent, ...] = ()
) -> Named:
    """`name_card` inside the open unit of work."""
    card = await card_by_code_or_number(code_or_number)
    tied = await tie_blank(card.id, new, by=by)
    await write_consents(tied.resident_id, consents, by=by)
    if tied.was_scanned:
        await attribute([tied.resident_id])
    printed = await current_code(tied.resident_id)
    return Named(tied.resident_id, printed.code if printed else None, tied.was_scanned)
