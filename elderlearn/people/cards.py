"""Cards: one that opens for each person, new ones when it is lost, blank ones for the hall."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from asyncpg import Record

from elderlearn.ground.actor import SYSTEM, Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, rows, value
from elderlearn.ground.trail import note, note_by_district, note_many
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.card_keys import card_keys, signing_key
from elderlearn.people.codes import SECRET_BYTES, card_key, code_for, number_from

MOST_BLANK = 5000  # one print job
HOLD_NAMED = "SELECT district FROM resident WHERE id = $1 AND name IS NOT NULL FOR NO KEY UPDATE"
TRIES = 60  # of finding free numbers; even with 9 of 10 million taken the sixtieth miss is unthinkable


@dataclass(frozen=True)
class CardCode:
    """What is printed: the code of the QR and the registration number."""

    card_id: int
    code: str = field(repr=False)
    number: str
    card_key: str


async def current_code(resident_id: int) -> CardCode | None:
    """The active card of a person, if there is one. Derived from the key; codes are stored nowhere."""
    found = await row(
        "SELECT id, key_id, secret_id, number, card_key FROM card WHERE resident = $1 AND state = 'active'",
        resident_id,
    )
    return printed(found) if found else None


async def issue_card(resident_id: int, *, by: Actor) -> CardCode:
    """A new card; every older one of this person is replaced and opens nothing any more.

    Raises Missing, also for the placeholder of a blank card: that card is named first, or nobody ever could.
    """
    async with unit_of_work():
        # Cards before people, as everybody who holds both; people not so hard that a sign-in would wait for us.
        await rows("SELECT id FROM card WHERE resident = $1 ORDER BY id FOR UPDATE", resident_id)
        district = await value(HOLD_NAMED, resident_id)
        if district is None:
            raise Missing
        await replace_cards(resident_id)
        await make_card(district_id=district, resident_id=resident_id, by=by)
        issued = await current_code(resident_id)
    if issued is None:
        raise Missing
    return issued


async def issue_blank(count: int, district_id: int, *, by: Actor) -> list[CardCode]:
    """Cards to be printed before their person is known; 1 to 5000. Raises Refusal('invalid_count')."""
    if not 1 <= count <= MOST_BLANK:
        raise Refusal("invalid_count", least=1, most=MOST_BLANK)
    async with unit_of_work():
        return await put_blank(count, district_id, by=by)


async def put_blank(count: int, district_id: int, *, by: Actor, batch: int | None = None) -> list[CardCode]:
    """`issue_blank` inside the open unit of work, its count checked."""
    made = await _insert(count, district_id, resident_id=None, batch=batch)
    changes: list[tuple[int | None, dict[str, object]]] = [(one["id"], {}) for one in made]
    await note_many("issue_blank_card", by=by, subject="card", changes=changes, district=district_id)
    return [printed(one) for one in made]


async def placeholder_for(card_ids: Iterable[int], *, by: Actor = SYSTEM) -> dict[int, int]:
    """The person behind each card, made without name or home for a blank card scanned the first time.

    Inside the open unit of work. Locks the cards in key order, so that two scans of one card at once make
    one person. Cards that do not exist are left out.
    """
    cards = await rows(
        "SELECT id, district, resident FROM card WHERE id = ANY($1::bigint[]) ORDER BY id FOR UPDATE",
        sorted(set(card_ids)),
    )
    people = {card["id"]: card["resident"] for card in cards if card["resident"] is not None}
    alone = [card for card in cards if card["resident"] is None]
    if alone:
        people |= await _make_people([c["id"] for c in alone], [c["district"] for c in alone], by)
    return people


async def make_card(*, district_id: int, resident_id: int, by: Actor) -> str:
    """An active card inside the open unit of work; gives its code."""
    made = (await _insert(1, district_id, resident_id=resident_id))[0]
    await note(
        "issue_card", by=by, subject="card", subject_id=made["id"], district=district_id, resident=resident_id
    )
    return printed(made).code


async def replace_cards(resident_id: int) -> None:
    """Inside the open unit of work, with the person's row held."""
    await rows(
        "UPDATE card SET state = 'replaced', ended_at = $2 WHERE resident = $1 AND state <> 'replaced'",
        resident_id,
        now(),
    )


async def _insert(
    count: int, district_id: int, *, resident_id: int | None, batch: int | None = None
) -> list[Record]:
    """Random numbers may be taken: those are drawn again. Written in key order so that two bulks never lock."""
    made: list[Record] = []
    for _ in range(TRIES):
        made += await _insert_free(_drawn(count - len(made)), district_id, resident_id, batch)
        if len(made) == count:
            return made
    raise RuntimeError("no free registration numbers left")


def _drawn(count: int) -> list[tuple[int, bytes, str, str]]:
    key_id, key = signing_key()
    cards = []
    for _ in range(count):
        secret_id = secrets.token_bytes(SECRET_BYTES)
        number = number_from(f"{secrets.randbelow(10**7):07}")
        cards.append((key_id, secret_id, card_key(code_for(key_id, secret_id, key)), number))
    return sorted(cards, key=lambda card: card[3])


async def _insert_free(
    cards: list[tuple[int, bytes, str, str]], district_id: int, resident_id: int | None, batch: int | None
) -> Sequence[Record]:
    key_ids, secret_ids, hashes, numbers = zip(*cards, strict=True)
    return await rows(
        """INSERT INTO card (district, key_id, secret_id, card_key, number, resident, state, made_at, tied_at,
            failed_tries, batch)
        SELECT $1, c.key_id, c.secret_id, c.card_key, c.number, $2::bigint,
            CASE WHEN $2::bigint IS NULL THEN 'blank' ELSE 'active' END,
            $3::timestamptz, CASE WHEN $2::bigint IS NULL THEN NULL ELSE $3::timestamptz END, 0, $8::bigint
        FROM unnest($4::smallint[], $5::bytea[], $6::text[], $7::text[])
            AS c (key_id, secret_id, card_key, number)
        ON CONFLICT DO NOTHING RETURNING id, key_id, secret_id, number, card_key""",
        district_id,
        resident_id,
        now(),
        key_ids,
        secret_ids,
        hashes,
        numbers,
        batch,
    )


async def _make_people(card_ids: list[int], districts: list[int], by: Actor) -> dict[int, int]:
    made = await rows(
        """WITH drawn AS (
            SELECT c.card, c.district, nextval(pg_get_serial_sequence('resident', 'id')) AS id
            FROM unnest($1::bigint[], $2::bigint[]) AS c (card, district)),
        people AS (
            INSERT INTO resident (id, district, born_precision, residence, registered_residence, verified, state,
                registered_at)
            SELECT id, district, 'day', 'unknown', 'unknown', 'self', 'active', $3 FROM drawn)
        UPDATE card SET resident = drawn.id FROM drawn WHERE card.id = drawn.card
        RETURNING card.id, card.resident, card.district""",
        card_ids,
        districts,
        now(),
    )
    changes: list[tuple[int, int, dict[str, object]]] = [
        (one["district"], one["resident"], {"card": one["id"]}) for one in made
    ]
    await note_by_district("scan_blank_card", by=by, subject="resident", changes=changes)
    return {one["id"]: one["resident"] for one in made}


def printed(card: Record) -> CardCode:
    """What a row of `card` looks like on paper."""
    code = code_for(card["key_id"], card["secret_id"], card_keys()[card["key_id"]])
    return CardCode(card["id"], code, card["number"], card["card_key"])
