"""Asking for people and cards. Numbers never leave here unmasked but through `numbers.py`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from asyncpg import Record

from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, rows
from elderlearn.people.card_keys import card_keys
from elderlearn.people.codes import typed_number, verify
from elderlearn.people.documents import read_document
from elderlearn.people.names import masked_name
from elderlearn.people.register import document_hash

PERSON = """SELECT r.id, r.name, r.born_on, r.born_precision, r.sex, r.residence, r.place AS place_id,
    r.registered_residence, r.registered_place AS registered_place_id, r.district AS district_id, r.state,
    r.verified, coalesce(r.language, 'zh_CN') AS language, r.text_size, r.phone_cipher AS address_cipher
    FROM resident r"""
CARD = """SELECT c.id, c.resident AS resident_id, c.district AS district_id, c.state, c.number, c.card_key,
    c.secret_id, c.ended_at FROM card c"""
MOST_FOUND = 200


@dataclass(frozen=True)
class Person:
    """A resident. `residence` inside, outside or unknown; `address_cipher` is the encrypted phone.

    With `born_precision` year, `born_on` is 31 December of the only year known. Without a name she is the
    placeholder of a blank card.
    """

    id: int
    name: str | None
    born_on: date | None = field(repr=False)
    born_precision: str
    sex: str | None
    residence: str
    place_id: int | None
    registered_residence: str
    registered_place_id: int | None
    district_id: int
    state: str
    verified: str
    language: str
    text_size: int | None
    address_cipher: bytes | None = field(repr=False)

    @property
    def name_masked(self) -> str:
        """What others may see."""
        return masked_name(self.name)


@dataclass(frozen=True)
class CardRow:
    """`state` blank, active or replaced; a blank card scanned before has a person without a name."""

    id: int
    resident_id: int | None
    district_id: int
    state: str
    number: str
    card_key: str
    secret_id: bytes = field(repr=False)
    ended_at: datetime | None


async def person(id: int) -> Person:
    """Raises Missing."""
    found = await persons([id])
    if id not in found:
        raise Missing
    return found[id]


async def persons(ids: Iterable[int]) -> dict[int, Person]:
    """Those of the ids that exist, by id, in one query."""
    return {one["id"]: _person(one) for one in await rows(f"{PERSON} WHERE r.id = ANY($1::bigint[])", list(ids))}


async def person_by_document(type: str, number: str) -> Person | None:
    """The person with exactly this document. Raises Refusal('invalid_document')."""
    found = await row(f"{PERSON} WHERE r.document_hash = $1", document_hash(read_document(type, number)))
    return _person(found) if found else None


async def people_of(place_id: int, words: str = "", after_id: int = 0, limit: int = 50) -> list[Person]:
    """Those at home in a place and below it, for staff of that place, by id; `words` begin the name.

    A whole district also has its people from outside and of unknown home.
    """
    found = await rows(
        f"""{PERSON} LEFT JOIN place p ON p.id = r.place
        WHERE ($1 IN (p.id, p.parent) OR r.district = $1) AND r.id > $2
          AND r.name IS NOT NULL AND starts_with(r.name, $3) AND r.state <> 'merged'
        ORDER BY r.id LIMIT $4""",
        place_id,
        after_id,
        words.replace("\0", ""),
        min(limit, MOST_FOUND),
    )
    return [_person(one) for one in found]


async def card(id: int) -> CardRow:
    """Raises Missing."""
    found = await row(f"{CARD} WHERE c.id = $1", id)
    if found is None:
        raise Missing
    return CardRow(**found)


async def cards_by_secret(secret_ids: Iterable[bytes]) -> dict[bytes, CardRow]:
    """Cards by what a genuine code says (`codes.verify`), in one query."""
    found = await rows(f"{CARD} WHERE c.secret_id = ANY($1::bytea[])", list(secret_ids))
    return {one["secret_id"]: CardRow(**one) for one in found}


async def cards_by_number(numbers: Iterable[str]) -> dict[str, CardRow]:
    """Cards by registration number (`codes.typed_number`), in one query."""
    found = await rows(f"{CARD} WHERE c.number = ANY($1::bpchar[])", list(numbers))
    return {one["number"]: CardRow(**one) for one in found}


async def active_cards(resident_ids: Iterable[int]) -> dict[int, CardRow]:
    """The card each of these people carries, by person: card_key and number for rosters.

    Also the blank card of somebody whose name is not yet written down.
    """
    found = await rows(
        f"{CARD} WHERE c.resident = ANY($1::bigint[]) AND c.state <> 'replaced'", list(resident_ids)
    )
    return {one["resident_id"]: CardRow(**one) for one in found}


async def card_by_code_or_number(typed: str) -> CardRow:
    """The card of a scanned code or a typed registration number. Raises Missing: unknown, forged, unreadable."""
    number = typed_number(typed)
    if number is not None:
        found = (await cards_by_number([number])).get(number)
    else:
        try:
            secret_id = verify(typed, card_keys()).secret_id
        except Refusal:
            raise Missing from None
        found = (await cards_by_secret([secret_id])).get(secret_id)
    if found is None:
        raise Missing
    return found


def _person(found: Record) -> Person:
    return Person(**found)
