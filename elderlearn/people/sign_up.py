"""Sign up on one's own phone: the six digits prove the phone, then the register takes the person once."""

from __future__ import annotations

from dataclasses import dataclass, field

from asyncpg import Record

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import today
from elderlearn.ground.sql import rows
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.cards import make_card
from elderlearn.people.consents import NewConsent, write_consents
from elderlearn.people.homes import find_homes
from elderlearn.people.register import insert_resident, note_registered
from elderlearn.people.residents import Checked, NewResident, check_new_resident
from elderlearn.people.sign_in.codes import check_code, spend
from elderlearn.people.sign_in.start import start_for_resident

STRANGER = Actor("resident", None, "open")


@dataclass(frozen=True)
class SignedUp:
    """A token, or none: the desk must look at it. `is_new` when the register took her just now."""

    token: str | None = field(repr=False)
    is_new: bool


async def sign_up(new: NewResident, code: str, *, consents: tuple[NewConsent, ...]) -> SignedUp:
    """She is on the register and signed in; registered before (same phone, name, birth date) only signed in.

    No token and nothing changed when her document is on file already, or somebody behind the same phone has
    the same name or the same birth date but not both: then the desk looks, and nothing is told about others.
    Raises Refusal('wrong_code', 'code_expired', 'invalid_phone') and what `register` raises.
    """
    checked = check_new_resident(new, today(), STRANGER)
    homes = await find_homes(new, STRANGER)
    proof = await check_code(new.phone or "", code, "resident")
    async with unit_of_work():
        await spend(proof)
        behind = await rows(
            """SELECT id, name, born_on, born_precision, state FROM resident
            WHERE phone_hash = $1 AND name IS NOT NULL AND state <> 'merged' FOR NO KEY UPDATE""",
            proof.phone_hash,
        )
        herself = next((one for one in behind if _is_she(one, checked)), None)
        if herself is not None:
            return SignedUp(await start_for_resident(herself["id"], way="code"), False)
        if any(_may_be_she(one, checked) for one in behind):
            return SignedUp(None, False)
        resident_id = await insert_resident(checked, homes, new.language)
        if resident_id is None:  # her document is on file
            return SignedUp(None, False)
        by = Actor("resident", resident_id, "open")
        await make_card(district_id=homes.district_id, resident_id=resident_id, by=by)
        await write_consents(resident_id, consents, by=by)
        await note_registered("sign_up", resident_id, checked, homes, by=by)
        return SignedUp(await start_for_resident(resident_id, way="code"), True)


def _is_she(one: Record, checked: Checked) -> bool:
    is_same = one["name"] == checked.name and one["born_on"] == checked.born_on
    return bool(is_same and one["born_precision"] == "day" and one["state"] in ("active", "left"))


def _may_be_she(one: Record, checked: Checked) -> bool:
    return bool(one["name"] == checked.name or one["born_on"] == checked.born_on)
