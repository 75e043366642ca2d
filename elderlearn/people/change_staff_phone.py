"""The telephone of an account: leaders sign in with it, and the system tells them of changes."""

from __future__ import annotations

from elderlearn.ground import phone as phones
from elderlearn.ground.actor import Actor
from elderlearn.ground.crypto import encrypt
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.register import phone_hash


async def change_staff_phone(staff_id: int, typed: str, *, by: Actor) -> None:
    """Empty takes it away. Raises Missing, Refusal('invalid_phone')."""
    number = phones.normal(typed)
    if typed.strip() and number is None:
        raise Refusal("invalid_phone", field="phone")
    async with unit_of_work():
        changed = await value(
            "UPDATE staff SET phone_cipher = $2, phone_hash = $3 WHERE id = $1 AND ended_at IS NULL RETURNING id",
            staff_id,
            encrypt(number) if number else None,
            phone_hash(number) if number else None,
        )
        if changed is None:
            raise Missing
        await note("change_staff_phone", by=by, subject="staff", subject_id=staff_id, is_empty=number is None)
