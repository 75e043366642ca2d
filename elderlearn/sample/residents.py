"""Synthetic residents with their cards. Their ID numbers start with a region that does not exist (999999)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from elderlearn.ground.crypto import encrypt
from elderlearn.ground.keys import secret
from elderlearn.ground.pinyin import spelled_name
from elderlearn.ground.sql import copy_in, reserve_ids
from elderlearn.people.codes import card_key, code_for, number_from
from elderlearn.people.consents import NOTICE_VERSION
from elderlearn.people.documents import CHECK_DIGITS, WEIGHTS, Document
from elderlearn.people.register import document_hash, phone_hash
from elderlearn.sample.shape import Span, birth_date
from elderlearn.sample.town import Street
from elderlearn.sample.words import person_name

NO_SUCH_REGION = "999999"
CARD_KEY_ID = 1
APART_PER_HUNDRED = 2
A_YEAR = timedelta(days=365)  # they were registered before they came

RESIDENT_COLUMNS = (
    "id district name name_pinyin born_on born_precision sex phone_cipher phone_hash document_type "
    "document_cipher document_hash residence place registered_residence registered_place verified state "
    "registered_at"
).split()
CARD_COLUMNS = "district key_id secret_id card_key number resident state made_at tied_at".split()

CONSENT_COLUMNS = "resident purpose version how given_at".split()
NOT_ASKED_YET = 16  # one in so many


@dataclass(frozen=True)
class SamplePerson:
    """What the other generators need to know of somebody. `street` is none for people from outside."""

    id: int
    street: int | None
    community: int | None
    born_on: date | None


async def copy_residents(
    district: int, streets: list[Street], span: Span, *, moment: datetime, random: Random
) -> list[SamplePerson]:
    """Everybody of the town, and a few from outside, too young, or of unknown age: 2 in 100 more."""
    homes = [(i, c.id) for i, s in enumerate(streets) for c in s.communities for _ in range(c.elders)]
    apart = max(3, len(homes) * APART_PER_HUNDRED // 100)
    ids = await reserve_ids("resident", len(homes) + apart)
    people = [
        SamplePerson(id, street, community, birth_date(random, span.today))
        for id, (street, community) in zip(ids, homes, strict=False)
    ]
    people += [_apart(random, id, streets, span) for id in ids[len(homes) :]]
    await copy_in("resident", RESIDENT_COLUMNS, _resident_rows(district, people, moment, random))
    await copy_in("card", CARD_COLUMNS, _card_rows(district, people, moment, random))
    await copy_in("consent", CONSENT_COLUMNS, _consent_rows(people, moment))
    return people


def _apart(random: Random, id: int, streets: list[Street], span: Span) -> SamplePerson:
    """Somebody who learns here and never enters a rate."""
    street = random.randrange(len(streets))
    community = random.choice(streets[street].communities).id
    kind = id % 3
    if kind == 0:
        return SamplePerson(id, None, None, birth_date(random, span.today))
    if kind == 1:
        return SamplePerson(id, street, community, None)
    return SamplePerson(id, street, community, date(span.today.year - random.randint(45, 58), 5, 1))


def _resident_rows(
    district: int, people: list[SamplePerson], moment: datetime, random: Random
) -> Iterator[tuple[object, ...]]:
    phone = ""
    for serial, one in enumerate(people):
        sex = random.choice(("female", "female", "male"))
        # One phone in twelve is shared with the person before: couples, and parents behind a child's phone.
        phone = phone if phone and random.random() < 0.08 else f"199{serial:08d}"
        has_phone, has_document = random.random() < 0.9, one.born_on is not None and random.random() < 0.8
        document = _id_number(one.born_on, serial, sex) if has_document and one.born_on else None
        home = "inside" if one.community else "outside"
        name = person_name(random, sex)
        yield (
            one.id, district, name, spelled_name(name), one.born_on, "day", sex,
            encrypt(phone) if has_phone else None, phone_hash(phone) if has_phone else None,
            "id_card" if document else None, encrypt(document) if document else None,
            document_hash(Document("id_card", document)) if document else None,
            home, one.community, home, one.community, "import", "active", moment - A_YEAR,
        )  # fmt: skip


def _id_number(born_on: date, serial: int, sex: str) -> str:
    """18 digits by GB 11643 that no authority can have issued."""
    region = int(NO_SUCH_REGION) - serial // 500
    body = f"{region:06d}{born_on:%Y%m%d}{serial % 500 * 2 + (sex == 'male'):03d}"
    return body + CHECK_DIGITS[sum(w * int(d) for w, d in zip(WEIGHTS, body, strict=True)) % 11]


def _consent_rows(people: list[SamplePerson], moment: datetime) -> Iterator[tuple[object, ...]]:
    """On paper, a year ago; so that some may be written to and some may not."""
    for one in people:
        if one.id % NOT_ASKED_YET:
            yield one.id, "notice", NOTICE_VERSION, "paper", moment - A_YEAR


def _card_rows(
    district: int, people: list[SamplePerson], moment: datetime, random: Random
) -> Iterator[tuple[object, ...]]:
    key = secret(f"card-{CARD_KEY_ID}")
    numbers = random.sample(range(1_000_000, 10_000_000), len(people))
    for one, number in zip(people, numbers, strict=True):
        # Seeded, so that the same sample prints the same cards; real cards take the system's randomness.
        secret_id = hashlib.sha256(f"{random.random()}:{one.id}".encode()).digest()[:10]
        code = code_for(CARD_KEY_ID, secret_id, key)
        yield (
            district, CARD_KEY_ID, secret_id, card_key(code), number_from(f"{number:07d}"),
            one.id, "active", moment, moment,
        )  # fmt: skip
