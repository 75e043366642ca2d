"""Mend what is written about a person: name, birth date, sex, phone. Her sums follow her birth date."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from asyncpg import Record

from elderlearn.checkin.attribute import attribute
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import today
from elderlearn.ground.crypto import decrypt, encrypt
from elderlearn.ground.errors import Missing
from elderlearn.ground.pinyin import spelled_name
from elderlearn.ground.sql import row, rows
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.documents import Sex
from elderlearn.people.register import phone_hash
from elderlearn.people.residents import OUTSIDE, Checked, NewResident, check_new_resident

HELD = """SELECT id, name, district, born_on, born_precision, sex, phone_cipher, phone_hash, document_type,
    document_cipher FROM resident WHERE id = $1 AND name IS NOT NULL AND state <> 'merged' FOR NO KEY UPDATE"""


@dataclass(frozen=True, kw_only=True)
class Details:
    """As typed, the whole of it. Without `phone` the number on file stays, unless she `has_no_phone` any more."""

    name: str
    born_on: date | None = field(default=None, repr=False)
    born_year: int | None = None
    sex: Sex | None = None
    phone: str | None = field(default=None, repr=False)
    has_no_phone: bool = False


async def change_details(resident_id: int, details: Details, *, by: Actor) -> list[str]:
    """Which of name, born_on, sex, phone are different now; nothing different leaves no trail.

    A birth date must be the one of an id_card on file. Raises Missing, Refusal('invalid_name',
    'invalid_born_on', 'born_on_mismatch', 'invalid_sex', 'invalid_phone').
    """
    async with unit_of_work():
        held = await row(HELD, resident_id)
        if held is None:
            raise Missing
        checked = _checked(held, details, by)
        changed = _changed(held, checked, details)
        if changed:
            await _write(resident_id, checked, held, details)
            await note(
                "change_resident", by=by, subject="resident", subject_id=resident_id,
                district=held["district"], fields=changed,
            )  # fmt: skip
        if "born_on" in changed:
            await attribute([resident_id])
    return changed


def _checked(held: Record, details: Details, by: Actor) -> Checked:
    """By the same rules as somebody new, with the document she has."""
    return check_new_resident(
        NewResident(
            name=details.name,
            place_code=OUTSIDE,
            document_type=held["document_type"],
            document_number=decrypt(held["document_cipher"]) if held["document_cipher"] else None,
            born_on=details.born_on,
            born_year=details.born_year,
            sex=details.sex,
            phone=details.phone,
        ),
        today(),
        by,
    )


def _changed(held: Record, checked: Checked, details: Details) -> list[str]:
    born = (checked.born_on, checked.born_precision) != (held["born_on"], held["born_precision"])
    is_new_phone = checked.phone is not None and phone_hash(checked.phone) != held["phone_hash"]
    differs = {
        "name": checked.name != held["name"],
        "born_on": born,
        "sex": checked.sex != held["sex"],
        "phone": is_new_phone
        or (details.has_no_phone and checked.phone is None and held["phone_hash"] is not None),
    }
    return [field for field, is_different in differs.items() if is_different]


async def _write(resident_id: int, checked: Checked, held: Record, details: Details) -> None:
    cipher, hashed = held["phone_cipher"], held["phone_hash"]
    if checked.phone is not None:
        cipher, hashed = encrypt(checked.phone), phone_hash(checked.phone)
    elif details.has_no_phone:
        cipher, hashed = None, None
    await rows(
        """UPDATE resident SET name = $2, name_pinyin = $3, born_on = $4, born_precision = $5, sex = $6,
            phone_cipher = $7, phone_hash = $8 WHERE id = $1""",
        resident_id,
        checked.name,
        spelled_name(checked.name),
        checked.born_on,
        checked.born_precision,
        checked.sex,
        cipher,
        hashed,
    )
