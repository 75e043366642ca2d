"""What a phone takes along to scan without a connection: card keys and masked names, no codes."""

from __future__ import annotations

from dataclasses import dataclass

from elderlearn.checkin.queries import roster
from elderlearn.ground.actor import Actor


@dataclass(frozen=True)
class Packed:
    """One person the phone will know by the hash of her card; `is_seated` False for those who only came."""

    card_key: str
    name_masked: str
    is_seated: bool
    attended: bool


async def pack(session_id: int, *, by: Actor) -> list[Packed]:
    """Everybody on the roster who has a card. The phone looks up and remembers; it never refuses anybody.

    Raises Missing when the session is not within reach.
    """
    return [
        Packed(one.card_key, one.name_masked, one.state in ("seated", "offered", "member"), one.attended)
        for one in await roster(session_id, by=by)
        if one.card_key
    ]
