"""Somebody would like to look after the courses of another: six digits go to that other's phone."""

from __future__ import annotations

from asyncpg import Record

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, rows, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.notices.write import tell
from elderlearn.people.care.codes import check_pace, mobile_hash, new_code
from elderlearn.people.care.rules import MOST_ELDERS
from elderlearn.people.names import masked_name, person_name

CARE = ""  # what the digits are for


async def ask_to_care(carer_id: int, name: str, typed_phone: str, *, by: Actor) -> None:
    """Digits are sent when exactly one resident of this name has this phone; the answer is the same if not.

    Raises Missing (the carer), Refusal: invalid_name, invalid_phone, too_soon (seconds), too_many_codes,
    too_many_elders (most), cares_already.
    """
    called, hashed = person_name(name), mobile_hash(typed_phone)
    async with unit_of_work():
        carer = await row(
            "SELECT name FROM resident WHERE id = $1 AND state = 'active' FOR NO KEY UPDATE", carer_id
        )
        if carer is None:
            raise Missing
        await check_pace(hashed, carer_id)
        await _check_how_many(carer_id)
        elder = await _elder(hashed, called, carer_id)
        code = await new_code(hashed, carer_id, elder["id"] if elder else None, CARE)
        if elder is not None:
            await _ask(carer_id, carer["name"], elder, code, by)


async def _check_how_many(carer_id: int) -> None:
    held = await value("SELECT count(*) FROM carer_link WHERE carer = $1 AND state = 'active'", carer_id)
    if held >= MOST_ELDERS:
        raise Refusal("too_many_elders", most=MOST_ELDERS)


async def _elder(hashed: bytes, called: str, carer_id: int) -> Record | None:
    """None also when two of one name share the phone: then the card or the desk tells them apart."""
    found = await rows(
        """SELECT r.id, r.district, r.phone_cipher, r.language, EXISTS (SELECT FROM carer_link l
            WHERE l.elder = r.id AND l.carer = $3 AND l.state = 'active') AS is_cared_for
        FROM resident r WHERE r.phone_hash = $1 AND r.name = $2 AND r.state = 'active' AND r.id <> $3""",
        hashed,
        called,
        carer_id,
    )
    if len(found) != 1:
        return None
    if found[0]["is_cared_for"]:
        raise Refusal("cares_already")
    return found[0]


async def _ask(carer_id: int, carer_name: str, elder: Record, code: str, by: Actor) -> None:
    link_id = await value(
        """INSERT INTO carer_link (elder, carer, state, asked_at) VALUES ($1, $2, 'asked', $3)
        ON CONFLICT (elder, carer) WHERE state <> 'ended'
        DO UPDATE SET asked_at = excluded.asked_at RETURNING id""",
        elder["id"],
        carer_id,
        now(),
    )
    await note(
        "ask_to_care", by=by, subject="carer_link", subject_id=link_id, district=elder["district"],
        elder=elder["id"], carer=carer_id,
    )  # fmt: skip
    await tell(
        kind="care_code",
        values={"code": code, "carer": masked_name(carer_name)},
        resident_id=elder["id"],
        district=elder["district"],
        address_cipher=elder["phone_cipher"],
        language=elder["language"],
    )
