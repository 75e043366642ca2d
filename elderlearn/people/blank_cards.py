"""A blank card gets its person: the name is written down, perhaps after the first scans."""

from __future__ import annotations

from dataclasses import dataclass

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now, today
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, rows, value
from elderlearn.people.homes import Homes, find_homes
from elderlearn.people.register import insert_resident, note_registered, stored
from elderlearn.people.residents import Checked, NewResident, check_new_resident


@dataclass(frozen=True)
class Tied:
    """`was_scanned`: the person has attendances that waited for a name and must be attributed now."""

    resident_id: int
    card_id: int
    was_scanned: bool


async def tie_blank(card_id: int, new: NewResident, *, by: Actor) -> Tied:
    """Write down whose card it is, inside the open unit of work; the card opens from now on.

    Raises Missing, Refusal('card_not_blank'), Refusal('document_on_file') when that person is registered
    already (give her own card to her, or a new one), and what `register` raises.
    """
    checked = check_new_resident(new, today(), by)
    homes = await find_homes(new, by)
    card = await row("SELECT id, resident, state FROM card WHERE id = $1 FOR UPDATE", card_id)
    if card is None:
        raise Missing
    if card["state"] != "blank":
        raise Refusal("card_not_blank")
    if card["resident"] is None:
        resident_id = await insert_resident(checked, homes, new.language)
    else:
        resident_id = await _name_person(card["resident"], checked, homes, new.language)
    if resident_id is None:
        raise Refusal("document_on_file", field="document")
    await rows(
        "UPDATE card SET state = 'active', resident = $2, tied_at = $3 WHERE id = $1", card_id, resident_id, now()
    )
    await note_registered("name_card", resident_id, checked, homes, by=by)
    return Tied(resident_id, card_id, was_scanned=card["resident"] is not None)


async def _name_person(resident_id: int, checked: Checked, homes: Homes, language: str | None) -> int | None:
    if not await _is_free(checked, homes):
        return None
    named: int | None = await value(
        """UPDATE resident SET district = $1, name = $2, name_pinyin = $3, born_on = $4, born_precision = $5,
            sex = $6, phone_cipher = $7, phone_hash = $8, document_type = $9, document_cipher = $10,
            document_hash = $11, residence = $12, place = $13, registered_residence = $14,
            registered_place = $15, verified = $16,
            language = $17
        WHERE id = $18 AND name IS NULL RETURNING id""",
        *stored(checked, homes, language),
        resident_id,
    )
    return named


async def _is_free(checked: Checked, homes: Homes) -> bool:
    """Nobody has this document, nor gets it before the unit of work ends.

    Only an INSERT waits for whoever writes the same one down just now, as an import does; an UPDATE would break
    on the unique index. So the person stands there twice for a moment.
    """
    if checked.document is None:
        return True
    twin = await insert_resident(checked, homes, None)
    await rows("DELETE FROM resident WHERE id = $1", twin)
    return twin is not None
