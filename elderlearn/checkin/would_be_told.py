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


@dataclass(frozen=True)
class WouldBeTold:
    """Residents concerned; `to_call` of them get no message and stand on the telephone list."""

    people: int
    to_call: int


async def would_be_told(session_id: int, *, by: Actor) -> WouldBeTold:
    """Those with a seat or members; leaders are told besides. Raises Missing when it is not within reach."""
    await check_reach([session_id], by, "change_session")
    found = await rows(CONCERNED, await run_of_session(session_id))
    ciphers = [one["phone_cipher"] for one in found if one["resident"] is not None]
    reached = sum(1 for one in ciphers if one and phone.is_mobile(decrypt(one)))
    return WouldBeTold(len(ciphers), len(ciphers) - reached)
