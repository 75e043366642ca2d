"""The elder agrees, and from now on her carer may act for her. Four ways, one end: `_tie`."""

from __future__ import annotations

from datetime import date

from asyncpg import Record

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, rows, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.notices.write import tell
from elderlearn.people.care.ask_to_care import CARE
from elderlearn.people.care.codes import prove, spend
from elderlearn.people.care.queries import tie
from elderlearn.people.care.rules import MOST_CARERS, MOST_ELDERS, may_agree
from elderlearn.people.hold import hold_people
from elderlearn.people.names import masked_name
from elderlearn.people.sign_in.cards import forget_tries, prove_by_card


async def confirm_by_code(carer_id: int, code: str, *, by: Actor) -> int:
    """She read the digits out; the id of the tie. Only the newest digits of this carer count, once.

    Raises Refusal: wrong_code (left), code_expired (ask for new ones), and those of `_tie`.
    """
    proven = await prove(carer_id, code, CARE)
    async with unit_of_work():
        if not await spend(proven.id):  # the same form sent twice at once
            return await _tied_just_now(proven.other_id, carer_id)
        return await _tie(proven.other_id, carer_id, "phone_code", by)


async def confirm_by_card(carer_id: int, code_or_number: str, born_on: date, *, by: Actor) -> int:
    """Whoever has her card and knows her birth date has her trust; the tries are those of signing in.

    Raises Refusal: those of `prove_by_card` and of `_tie`.
    """
    owner = await prove_by_card(code_or_number, born_on)
    async with unit_of_work():
        await forget_tries(owner.card_id)
        return await _tie(owner.resident_id, carer_id, "card", by)


async def confirm_herself(link_id: int, elder_id: int, *, by: Actor) -> None:
    """She says yes on her own phone to somebody who asked. Raises Missing, and what `_tie` raises."""
    asked = await tie(link_id)
    if not may_agree(elder_id, asked, now()):
        raise Missing
    async with unit_of_work():
        await _tie(elder_id, asked.carer_id, "own_phone", by)


async def confirm_at_desk(elder_id: int, carer_id: int, *, by: Actor) -> int:
    """Both stand at the desk, which may tie her to more elders than she herself. Raises what `_tie` raises."""
    async with unit_of_work():
        return await _tie(elder_id, carer_id, "desk", by)


async def _tied_just_now(elder_id: int, carer_id: int) -> int:
    link_id = await _active(elder_id, carer_id)
    if link_id is None:
        raise Refusal("code_expired")
    return link_id


async def _active(elder_id: int, carer_id: int) -> int | None:
    found: int | None = await value(
        "SELECT id FROM carer_link WHERE elder = $1 AND carer = $2 AND state = 'active'", elder_id, carer_id
    )
    return found


async def _tie(elder_id: int, carer_id: int, how: str, by: Actor) -> int:
    """The id of the active tie; tied already is fine and changes nothing. The elder is told.

    Raises Missing (either is not there), Refusal: yourself, too_many_elders (most), too_many_carers (most).
    """
    if elder_id == carer_id:
        raise Refusal("yourself")
    await hold_people({elder_id, carer_id})
    found = await rows(
        """SELECT id, name, district, phone_cipher, language FROM resident
        WHERE id = ANY($1::bigint[]) AND state = 'active' AND name IS NOT NULL""",
        [elder_id, carer_id],
    )
    people = {one["id"]: one for one in found}
    if len(people) < 2:
        raise Missing
    active = await _active(elder_id, carer_id)
    if active is not None:
        return active
    await _check_how_many(elder_id, carer_id, how)
    link_id: int = await value(
        """INSERT INTO carer_link (elder, carer, state, how, asked_at, since) VALUES ($1, $2, 'active', $3, $4, $4)
        ON CONFLICT (elder, carer) WHERE state <> 'ended'
        DO UPDATE SET state = 'active', how = excluded.how, since = excluded.since RETURNING id""",
        elder_id,
        carer_id,
        how,
        now(),
    )
    await _follow_up(link_id, people[elder_id], people[carer_id], how, by)
    return link_id


async def _check_how_many(elder_id: int, carer_id: int, how: str) -> None:
    """Both people are held, so nobody ties another one meanwhile."""
    held = await row(
        """SELECT count(*) FILTER (WHERE carer = $2) AS elders, count(*) FILTER (WHERE elder = $1) AS carers
        FROM carer_link WHERE state = 'active' AND (elder = $1 OR carer = $2)""",
        elder_id,
        carer_id,
    )
    if held is not None and held["elders"] >= MOST_ELDERS and how != "desk":
        raise Refusal("too_many_elders", most=MOST_ELDERS)
    if held is not None and held["carers"] >= MOST_CARERS:
        raise Refusal("too_many_carers", most=MOST_CARERS)


async def _follow_up(link_id: int, elder: Record, carer: Record, how: str, by: Actor) -> None:
    await note(
        "confirm_care", by=by, subject="carer_link", subject_id=link_id, district=elder["district"],
        elder=elder["id"], carer=carer["id"], how=how,
    )  # fmt: skip
    if elder["phone_cipher"] is None:
        return  # she has just agreed in person: nobody need ring her about it
    await tell(
        kind="care_begun",
        values={"carer": masked_name(carer["name"])},
        resident_id=elder["id"],
        district=elder["district"],
        address_cipher=elder["phone_cipher"],
        language=elder["language"],
    )
