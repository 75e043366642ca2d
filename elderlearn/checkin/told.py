"""Who was told that a session changed, and whom somebody has to call."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from elderlearn.checkin.reach import check_reach
from elderlearn.checkin.tell_session import key_of_session
from elderlearn.ground import phone
from elderlearn.ground.actor import Actor
from elderlearn.ground.crypto import decrypt
from elderlearn.ground.sql import rows, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.notices.queries import Told, told_last

NOT_ARRIVED = ("failed", "unknown")


@dataclass(frozen=True)
class ToCall:
    """Somebody no message reaches. `why` is no_phone, landline or not_sent; `number` only for the phone list."""

    resident_id: int
    name: str = field(repr=False)
    why: str
    number: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class ToldAbout:
    """The last change of a session that was told: `kind` of the notice, when, how many residents by message."""

    kind: str
    at: datetime
    by_message: int
    to_call: tuple[ToCall, ...]


async def told_about(session_id: int, *, by: Actor) -> ToldAbout | None:
    """None when nobody was ever told anything. Numbers are left out. Raises Missing when not within reach."""
    await check_reach([session_id], by, "call_people")
    told = await told_last(key_of_session(session_id))
    if not told:
        return None
    to_call = [ToCall(one.resident_id, one.name, one.why) for one in await _to_call(told)]
    residents = sum(1 for one in told if one.resident_id is not None)
    return ToldAbout(told[0].kind, told[0].at, residents - len(to_call), tuple(to_call))


async def phone_list(session_id: int, *, by: Actor) -> list[ToCall]:
    """The same people with their telephone numbers, to be called; the look is in the trail with its purpose.

    Only for those who lead the run or look after its place. Raises Missing.
    """
    async with unit_of_work():
        await check_reach([session_id], by, "call_people")
        told = await told_last(key_of_session(session_id))
        listed = await _to_call(told)
        if listed:
            await note(
                "see_phone_list",
                by=by,
                subject="session",
                subject_id=session_id,
                district=await value("SELECT district FROM session WHERE id = $1", session_id),
                purpose=told[0].kind,
                residents=[one.resident_id for one in listed if one.number],
            )
    return listed


async def _to_call(told: list[Told]) -> list[ToCall]:
    """Whose carer gets a message needs no call."""
    states = {one.resident_id: one.state for one in told if one.resident_id is not None and not one.has_copy}
    people = await rows(
        """SELECT id, name, phone_cipher FROM resident WHERE id = ANY($1::bigint[])
        ORDER BY name_pinyin COLLATE "C" NULLS LAST, id""",
        list(states),
    )
    listed = []
    for one in people:
        number = decrypt(one["phone_cipher"]) if one["phone_cipher"] else None
        why = _why(number, states[one["id"]])
        if why is not None:
            listed.append(ToCall(one["id"], one["name"] or "**", why, number))
    return listed


def _why(number: str | None, state: str) -> str | None:
    if number is None:
        return "no_phone"
    if not phone.is_mobile(number):
        return "landline"
    return "not_sent" if state in NOT_ARRIVED else None
