"""Whom to ring when something happens to her in class. The number is kept encrypted, shown masked."""

from __future__ import annotations

from dataclasses import dataclass, field

from elderlearn.ground import phone
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.crypto import decrypt, encrypt
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, rows, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.names import normal_name
from elderlearn.people.numbers import LONGEST_REASON


@dataclass(frozen=True)
class Contact:
    """`phone` is masked."""

    name: str
    phone: str = field(repr=False)


async def put_contact(resident_id: int, name: str, typed_phone: str, *, by: Actor) -> None:
    """The one contact she has from now on; the trail says that it changed, never whom it names.

    Raises Missing; Refusal: invalid_name, invalid_phone.
    """
    called = normal_name(name)
    number = phone.normal(typed_phone)
    if number is None:
        raise Refusal("invalid_phone", field="phone")
    async with unit_of_work():
        district = await value("SELECT district FROM resident WHERE id = $1 FOR NO KEY UPDATE", resident_id)
        if district is None:
            raise Missing
        await rows(
            """INSERT INTO emergency_contact (resident, name, phone_cipher, changed_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (resident) DO UPDATE SET name = excluded.name, phone_cipher = excluded.phone_cipher,
                changed_at = excluded.changed_at""",
            resident_id, called, encrypt(number), now(),
        )  # fmt: skip
        await note("put_contact", by=by, subject="resident", subject_id=resident_id, district=district)


async def see_contact(resident_id: int, *, reason: str, by: Actor) -> str:
    """The full number, for somebody who rings it now; the look is in the trail with its reason.

    Raises Missing (nobody is named), Refusal('reason_needed').
    """
    why = reason.replace("\0", "").strip()[:LONGEST_REASON]
    if not why:
        raise Refusal("reason_needed", field="reason")
    async with unit_of_work():
        found = await value("SELECT phone_cipher FROM emergency_contact WHERE resident = $1", resident_id)
        if found is None:
            raise Missing
        await note("see_contact", by=by, subject="resident", subject_id=resident_id, reason=why)
    return decrypt(found)


async def contact_of(resident_id: int) -> Contact | None:
    """With its number masked; none when nobody is named."""
    found = await row("SELECT name, phone_cipher FROM emergency_contact WHERE resident = $1", resident_id)
    return Contact(found["name"], phone.masked(decrypt(found["phone_cipher"]))) if found else None
