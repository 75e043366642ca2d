"""Finding people at the desk: by the beginning of the name, exact phone, exact document, or card."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import rows, stream, value
from elderlearn.people.names import masked_name
from elderlearn.people.queries import card_by_code_or_number
from elderlearn.people.register import document_hash, phone_hash
from elderlearn.people.search_words import Sought, read_words

ORDERS = {
    "name": "r.name, r.id",
    "new": "r.registered_at DESC, r.id DESC",
    "born": "r.born_on NULLS LAST, r.id",
}

# $1 the viewer's place, $2 her district, $3 card, $4 phone, $5 documents, $6 beginning of the name,
# $7 nothing was typed, $8 also those who died or moved away. Whoever lives in no street is nobody's secret
# in the district that keeps her, but browsing does not list her.
MATCHES = """FROM resident r LEFT JOIN place p ON p.id = r.place LEFT JOIN place s ON s.id = p.parent
    WHERE r.name IS NOT NULL AND r.state <> 'merged'
      AND ($1 IN (p.id, p.parent) OR r.district = $1 OR (r.place IS NULL AND r.district = $2 AND NOT $7))
      AND ($7 OR r.id = $3 OR r.phone_hash = $4 OR r.document_hash = ANY($5::bytea[])
        OR ($6 <> '' AND starts_with(r.name, $6)))
      AND (r.state = 'active' OR $8 OR r.id = $3 OR r.document_hash = ANY($5::bytea[]))"""

LINE = """SELECT r.id, r.name, r.born_on, r.born_precision, r.residence, p.name AS place, s.name AS street,
    r.state, (SELECT c.number FROM card c WHERE c.resident = r.id AND c.state = 'active') AS number"""


@dataclass(frozen=True)
class FoundPerson:
    """One line of the list. `place` none: lives outside or nobody knows; `number` none without a card."""

    id: int
    name: str
    born_on: date | None = field(repr=False)
    born_precision: str
    residence: str
    place: str | None
    street: str | None
    state: str
    number: str | None


@dataclass(frozen=True)
class Found:
    """One page of the list. `elsewhere` is the masked name of somebody of another street, whose card or
    document was given exactly."""

    people: list[FoundPerson]
    how_many: int
    elsewhere: str | None = None


async def find_people(
    words: str,
    *,
    place_id: int,
    district_id: int,
    order: str = "name",
    with_gone: bool = False,
    limit: int = 20,
    offset: int = 0,
) -> Found:
    """Those at home in the place or below it. An unknown card finds nobody."""
    sought = read_words(words)
    asked = await _conditions(sought, place_id, district_id, with_gone)
    how_many: int = await value(f"SELECT count(*) {MATCHES}", *asked)
    found = await rows(
        f"{LINE} {MATCHES} ORDER BY {ORDERS.get(order, ORDERS['name'])} LIMIT $9 OFFSET $10",
        *asked,
        limit,
        offset,
    )
    elsewhere = None if how_many else await _elsewhere(asked)
    return Found([FoundPerson(**one) for one in found], how_many, elsewhere)


async def all_people(
    words: str, *, place_id: int, district_id: int, order: str = "name", with_gone: bool = False
) -> AsyncIterator[FoundPerson]:
    """The same people, one after the other to the last."""
    asked = await _conditions(read_words(words), place_id, district_id, with_gone)
    async for one in stream(f"{LINE} {MATCHES} ORDER BY {ORDERS.get(order, ORDERS['name'])}", *asked):
        yield FoundPerson(**one)


async def _conditions(sought: Sought, place_id: int, district_id: int, with_gone: bool) -> list[Any]:
    return [
        place_id,
        district_id,
        await _whose_card(sought.card) if sought.card else None,
        phone_hash(sought.phone) if sought.phone else None,
        [document_hash(one) for one in sought.documents],
        sought.name,
        sought.is_everybody,
        with_gone,
    ]


async def _whose_card(card: str) -> int | None:
    try:
        return (await card_by_code_or_number(card)).resident_id
    except Missing:
        return None


async def _elsewhere(asked: list[Any]) -> str | None:
    """Only an exact card or document says anything about the people of another street."""
    found = await rows(
        """SELECT name FROM resident WHERE (id = $1 OR document_hash = ANY($2::bytea[]))
        AND name IS NOT NULL AND state <> 'merged' LIMIT 1""",
        asked[2],
        asked[4],
    )
    return masked_name(found[0]["name"]) if found else None
