"""People who work here: an account with one role at one place."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from elderlearn.ground import phone as phones
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.crypto import encrypt
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.pinyin import spelled_name
from elderlearn.ground.sql import row, rows, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.names import normal_name
from elderlearn.people.passwords import hash_password
from elderlearn.people.register import phone_hash
from elderlearn.people.roles import ROLES
from elderlearn.places.queries import PlaceRow, place_by_code


@dataclass(frozen=True)
class StaffRow:
    """One account; `is_ended` ones cannot sign in any more."""

    id: int
    name: str
    role: str
    place_id: int
    district_id: int
    is_ended: bool


async def add_staff(
    name: str,
    role: str,
    place_code: str,
    *,
    password: str | None = None,
    phone: str | None = None,
    by: Actor,
) -> int:
    """A new account; `name` is what is typed to sign in. Without a password none can be used.

    Raises Refusal('invalid_name', 'unknown_role', 'unknown_place', 'wrong_place' (role district needs a whole
    district), 'weak_password', 'invalid_phone', 'name_taken').
    """
    name = normal_name(name)
    if role not in ROLES:
        raise Refusal("unknown_role", roles=", ".join(ROLES))
    number = _number(phone)
    password_hash = await hash_password(password) if password is not None else None
    async with unit_of_work():
        place = await _place(place_code, role)
        staff_id = await _insert(name, role, place, number, password_hash)
        if staff_id is None:
            raise Refusal("name_taken", name=name)
        await note(
            "add_staff",
            by=by,
            subject="staff",
            subject_id=staff_id,
            district=place.district_id,
            role=role,
            place=place.id,
        )
    return staff_id


async def set_password(staff_id: int, password: str, *, by: Actor) -> None:
    """A new password; every sign-in of the account ends. Raises Missing, Refusal('weak_password')."""
    password_hash = await hash_password(password)
    async with unit_of_work():
        changed = await value(
            """UPDATE staff SET password_hash = $2, failed_tries = 0, locked_until = NULL
            WHERE id = $1 AND ended_at IS NULL RETURNING id""",
            staff_id,
            password_hash,
        )
        if changed is None:
            raise Missing
        await _end_sign_ins(staff_id)
        await note("set_password", by=by, subject="staff", subject_id=staff_id)


async def end_staff(staff_id: int, *, by: Actor) -> None:
    """The account signs in no more, and its sign-ins and tokens end now. Twice is harmless. Raises Missing."""
    async with unit_of_work():
        ended = await value(
            "UPDATE staff SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL RETURNING id", staff_id, now()
        )
        if ended is None and await value("SELECT id FROM staff WHERE id = $1", staff_id) is None:
            raise Missing
        await _end_sign_ins(staff_id)
        await rows("UPDATE api_token SET ended_at = $2 WHERE staff = $1 AND ended_at IS NULL", staff_id, now())
        if ended is not None:
            await note("end_staff", by=by, subject="staff", subject_id=staff_id)


async def staff_by_name(name: str) -> StaffRow:
    """The account with this sign-in name. Raises Missing."""
    found = await row(
        """SELECT id, name, role, place AS place_id, district AS district_id, ended_at IS NOT NULL AS is_ended
        FROM staff WHERE name = $1""",
        unicodedata.normalize("NFC", name).replace("\0", "").strip(),
    )
    if found is None:
        raise Missing
    return StaffRow(**found)


async def staff_by_id(staff_id: int) -> StaffRow:
    """Raises Missing."""
    found = await row(
        """SELECT id, name, role, place AS place_id, district AS district_id, ended_at IS NOT NULL AS is_ended
        FROM staff WHERE id = $1""",
        staff_id,
    )
    if found is None:
        raise Missing
    return StaffRow(**found)


def _number(typed: str | None) -> str | None:
    if not typed or not typed.strip():
        return None
    number = phones.normal(typed)
    if number is None:
        raise Refusal("invalid_phone", field="phone")
    return number


async def _place(code: str, role: str) -> PlaceRow:
    try:
        place = await place_by_code(code)
    except Missing:
        raise Refusal("unknown_place", field="place") from None
    if role == "district" and place.level != "district":
        raise Refusal("wrong_place", field="place")
    return place


async def _insert(
    name: str, role: str, place: PlaceRow, number: str | None, password_hash: str | None
) -> int | None:
    inserted: int | None = await value(
        """INSERT INTO staff (name, name_pinyin, role, place, district, phone_cipher, phone_hash, password_hash,
            failed_tries, added_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9) ON CONFLICT (name) DO NOTHING RETURNING id""",
        name,
        spelled_name(name),
        role,
        place.id,
        place.district_id,
        encrypt(number) if number else None,
        phone_hash(number) if number else None,
        password_hash,
        now(),
    )
    return inserted


async def _end_sign_ins(staff_id: int) -> None:
    await rows("UPDATE sign_in SET ended_at = $2 WHERE staff = $1 AND ended_at IS NULL", staff_id, now())
