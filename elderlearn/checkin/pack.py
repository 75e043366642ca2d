"""What a phone takes along to scan without a connection: card keys and masked names, no codes, no numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from elderlearn.catalogue.session_queries import session_card
from elderlearn.checkin.queries import RosterLine, roster_lines
from elderlearn.checkin.reach import check_reach
from elderlearn.ground.actor import Actor
from elderlearn.ground.pinyin import spelled_name
from elderlearn.ground.sql import rows

LAST_DIGITS = 4


@dataclass(frozen=True)
class Packed:
    """One person the phone will know by the hash of her card.

    `spelled` is the surname and the first letters of the rest ("wang xy"); `number_ends` tells namesakes apart;
    `is_seated` False for those who only came.
    """

    card_key: str
    name_masked: str
    spelled: str
    number_ends: str
    is_seated: bool
    attended: bool


@dataclass(frozen=True)
class PackedSession:
    """One session with everybody on its roster who has a card. `has_seats`: whoever has none is a walk-in."""

    id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    where: str
    is_called_off: bool
    has_seats: bool
    people: tuple[Packed, ...]


async def pack(session_ids: Sequence[int], *, by: Actor) -> list[PackedSession]:
    """In the order asked for. The phone looks up and remembers; it never turns anybody away.

    Raises Missing when one of the sessions is not within reach.
    """
    await check_reach(session_ids, by)
    return [await _packed(one) for one in session_ids]


async def _packed(session_id: int) -> PackedSession:
    session = await session_card(session_id)
    lines = [one for one in await roster_lines(session_id) if one.card_key]
    known = await _known([one.resident_id for one in lines])
    return PackedSession(
        id=session.id,
        title=session.title,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        where=session.venue or session.organisation_name,
        is_called_off=session.state == "called_off",
        has_seats=session.entry == "enrol",
        people=tuple(_person(one, *known.get(one.resident_id, ("", ""))) for one in lines),
    )


def _person(line: RosterLine, name: str, number_ends: str) -> Packed:
    surname, *rest = spelled_name(name).split() or [""]
    return Packed(
        card_key=line.card_key or "",
        name_masked=line.name_masked,
        spelled=f"{surname} {''.join(one[0] for one in rest)}".strip(),
        number_ends=number_ends,
        is_seated=line.state == "seated",
        attended=line.attended,
    )


async def _known(resident_ids: list[int]) -> dict[int, tuple[str, str]]:
    """Name and last digits of each person; only their spelling and the digits leave this file."""
    found = await rows(
        """SELECT r.id, coalesce(r.name, '') AS name, coalesce(max(right(c.number, $2)), '') AS ends
        FROM resident r LEFT JOIN card c ON c.resident = r.id AND c.state IN ('active', 'blank')
        WHERE r.id = ANY($1::bigint[]) GROUP BY r.id""",
        resident_ids,
        LAST_DIGITS,
    )
    return {one["id"]: (one["name"], one["ends"]) for one in found}
