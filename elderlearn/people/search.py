"""Finding people at the desk: by name or its spelling, exact phone, exact document, or card."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from elderlearn.ground.errors import Missing
from elderlearn.ground.pinyin import beginning, in_order, initials, together, typed_letters
from elderlearn.ground.sql import row, rows
from elderlearn.people.names import masked_name
from elderlearn.people.queries import card_by_code_or_number
from elderlearn.people.register import document_hash, phone_hash
from elderlearn.people.search_words import Sought, read_words

BY_NAME = f"{in_order('r.name')}, r.id"
ORDERS = {
    "name": BY_NAME,
    "new": "r.registered_at DESC, r.id DESC",
    "born": "r.born_on NULLS LAST, r.id",
}
HOMES = "r.place IN (SELECT id FROM place WHERE $1 IN (id, parent))"


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
    document was given exactly. `gone` have died or moved away: the last of the list when something was typed."""

    people: list[FoundPerson]
    how_many: int
    gone: int
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
    """Those at home in the place or below it. An unknown card finds nobody.

    Who died or moved away stands at the end when words were given or `with_gone`, else is only counted.
    """
    sought = read_words(words)
    where, asked = await conditions(sought, place_id, district_id)
    here, gone = await _count(where, asked)
    are_listed = with_gone or not sought.is_everybody
    how_many = here + gone * are_listed
    last = "r.state <> 'active', " if are_listed and gone else ""
    page = await rows(
        f"""SELECT r.id, r.name, r.born_on, r.born_precision, r.residence, p.name AS place, s.name AS street,
            r.state, (SELECT c.number FROM card c WHERE c.resident = r.id AND c.state = 'active') AS number
        FROM resident r LEFT JOIN place p ON p.id = r.place LEFT JOIN place s ON s.id = p.parent
        {where} {"" if are_listed else "AND r.state = 'active'"}
        ORDER BY {last}{ORDERS.get(order, BY_NAME)} LIMIT {int(limit)} OFFSET {int(offset)}""",
        *asked,
    )
    elsewhere = None if how_many else await _elsewhere(sought)
    return Found([FoundPerson(**one) for one in page], how_many, gone, elsewhere)


async def _count(where: str, asked: list[Any]) -> tuple[int, int]:
    """How many are here, how many have died or moved away."""
    found = await row(
        f"""SELECT count(*) FILTER (WHERE r.state = 'active') AS here,
            count(*) FILTER (WHERE r.state <> 'active') AS gone
        FROM resident r {where}""",
        *asked,
    )
    return (found["here"], found["gone"]) if found else (0, 0)


async def conditions(sought: Sought, place_id: int, district_id: int) -> tuple[str, list[Any]]:
    """Only what was asked for, so that its own index answers; $1 is the viewer's place, $2 her district."""
    if place_id == district_id:
        scope = "r.district = $1 AND r.district = $2"
    elif sought.is_everybody:
        scope = f"{HOMES} AND r.district = $2"
    else:  # Whoever lives in no street is nobody's secret in her district, but browsing does not list her.
        scope = f"r.district = $2 AND ({HOMES} OR r.place IS NULL)"
    what, asked = await _what(sought)
    return f"WHERE r.name IS NOT NULL AND r.state <> 'merged' AND {scope} {what}", [place_id, district_id, *asked]


async def _what(sought: Sought) -> tuple[str, list[Any]]:
    if sought.card:
        return "AND r.id = $3", [await _whose_card(sought.card)]
    if sought.phone or sought.documents:
        phone = phone_hash(sought.phone) if sought.phone else None
        documents = [document_hash(one) for one in sought.documents]
        return "AND (r.phone_hash = $3 OR r.document_hash = ANY($4::bytea[]))", [phone, documents]
    if not sought.name:
        return "", []
    letters = typed_letters(sought.name)
    columns = [("n.name", 3)]
    if letters:
        columns += [(together("n.name_pinyin"), 4), (initials("n.name_pinyin"), 4)]
    # Asked apart, so that each is answered by its own index, also before anybody counted what is in the table.
    those = " UNION ".join(f"SELECT n.id FROM resident n WHERE {one} LIKE ${number}" for one, number in columns)
    asked = [beginning(sought.name)] + ([beginning(letters)] if letters else [])
    return f"AND r.id = ANY(ARRAY({those}))", asked


async def _whose_card(card: str) -> int | None:
    try:
        return (await card_by_code_or_number(card)).resident_id
    except Missing:
        return None


async def _elsewhere(sought: Sought) -> str | None:
    """Only an exact card or document says anything about the people of another street."""
    found = await rows(
        """SELECT name FROM resident WHERE (id = $1 OR document_hash = ANY($2::bytea[]))
        AND name IS NOT NULL AND state <> 'merged' LIMIT 1""",
        await _whose_card(sought.card) if sought.card else None,
        [document_hash(one) for one in sought.documents],
    )
    return masked_name(found[0]["name"]) if found else None
