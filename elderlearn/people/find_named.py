"""Finding, for many at once, the people a list names by card, by document, or by name and birth date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from elderlearn.ground.sql import rows
from elderlearn.people.queries import cards_by_number

AT_ONCE = 10_000


@dataclass(frozen=True)
class Named:
    """One way to name somebody: `card` (a registration number), else `document`, else name with what is given of
    birth date (or only the year) and phone."""

    card: str = ""
    document: bytes | None = field(default=None, repr=False)
    name: str = ""
    born_on: date | None = field(default=None, repr=False)
    born_year: int | None = None
    phone: bytes | None = field(default=None, repr=False)


async def people_named(named: Collection[Named], district_id: int | None) -> dict[Named, int | str]:
    """The resident of each, or why not: unknown_card, card_replaced, card_blank, unknown_person, person_ambiguous.

    With a district only people of its register: a list of numbers is no way to find strangers.
    """
    listed = list(dict.fromkeys(named))
    found: dict[Named, int | str] = {}
    for start in range(0, len(listed), AT_ONCE):
        some = listed[start : start + AT_ONCE]
        found |= await _by_card([one for one in some if one.card], district_id)
        found |= await _by_document([one for one in some if not one.card and one.document], district_id)
        found |= await _by_name([one for one in some if not one.card and not one.document], district_id)
    return found


async def _by_card(named: list[Named], district_id: int | None) -> dict[Named, int | str]:
    cards = await cards_by_number({one.card for one in named})
    people = {card.resident_id for card in cards.values() if card.resident_id is not None}
    known = await _of_district(people, district_id)
    found: dict[Named, int | str] = {}
    for one in named:
        card = cards.get(one.card)
        if card is None or (card.resident_id is not None and card.resident_id not in known):
            found[one] = "unknown_card"
        elif card.state == "replaced":
            found[one] = "card_replaced"
        elif card.resident_id is None or card.state == "blank":
            found[one] = "card_blank"
        else:
            found[one] = card.resident_id
    return found


async def _of_district(people: set[int], district_id: int | None) -> set[int]:
    found = await rows(
        """SELECT id FROM resident WHERE id = ANY($1::bigint[]) AND state <> 'merged'
            AND ($2::bigint IS NULL OR district = $2)""",
        sorted(people),
        district_id,
    )
    return {one["id"] for one in found}


async def _by_document(named: list[Named], district_id: int | None) -> dict[Named, int | str]:
    found = await rows(
        """SELECT id, document_hash FROM resident WHERE document_hash = ANY($1::bytea[]) AND state <> 'merged'
            AND ($2::bigint IS NULL OR district = $2)""",
        [one.document for one in named],
        district_id,
    )
    ids = {one["document_hash"]: one["id"] for one in found}
    return {one: ids.get(one.document, "unknown_person") for one in named}


async def _by_name(named: list[Named], district_id: int | None) -> dict[Named, int | str]:
    found = await rows(
        """SELECT n.number, r.id FROM unnest($1::text[], $2::date[], $3::int[], $4::bytea[]) WITH ORDINALITY
            AS n (name, born_on, born_year, phone_hash, number)
        JOIN resident r ON r.name = n.name AND r.state <> 'merged' AND ($5::bigint IS NULL OR r.district = $5)
            AND (n.born_on IS NULL OR r.born_on = n.born_on)
            AND (n.born_year IS NULL OR extract(year FROM r.born_on) = n.born_year)
            AND (n.phone_hash IS NULL OR r.phone_hash = n.phone_hash)""",
        [one.name for one in named],
        [one.born_on for one in named],
        [one.born_year for one in named],
        [one.phone for one in named],
        district_id,
    )
    ids: defaultdict[int, list[int]] = defaultdict(list)
    for one in found:
        ids[one["number"]].append(one["id"])
    return {
        one: "unknown_person"
        if not ids[number]
        else ids[number][0]
        if len(ids[number]) == 1
        else "person_ambiguous"
        for number, one in enumerate(named, 1)
    }
