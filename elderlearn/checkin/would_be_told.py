"""Asking how many would be told if a session were changed, before anything is done."""

from __future__ import annotations

from dataclasses import dataclass

from elderlearn.catalogue.session_queries import run_of_session
from elderlearn.checkin.reach import check_reach
from elderlearn.checkin.tell_session import CONCERNED
from elderlearn.ground import phone
from elderlearn.ground.actor import Actor
from elderlearn.ground.crypto import decrypt
from elderlearn.ground.sql import rows
from elderlearn.people.care.queries import reached_by_carers


@dataclass(frozen=True)
class WouldBeTold:
    """Residents concerned; `to_call` of them get no message, nor do their carers: the telephone list."""

    people: int
    to_call: int


async def would_be_told(session_id: int, *, by: Actor) -> WouldBeTold:
    """Those with a seat or members; leaders are told besides. Raises Missing when it is not within reach."""
    await check_reach([session_id], by, "change_session")
    found = await rows(CONCERNED, await run_of_session(session_id))
    phones = {one["resident"]: one["phone_cipher"] for one in found if one["resident"] is not None}
    unreached = [id for id, cipher in phones.items() if not (cipher and phone.is_mobile(decrypt(cipher)))]
    return WouldBeTold(len(phones), len(unreached) - len(await reached_by_carers(unreached)))
