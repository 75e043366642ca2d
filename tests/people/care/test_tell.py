"""Carers get a copy of what an elder is told about her courses: once for each telephone, saying for whom."""

from __future__ import annotations

import pytest

from elderlearn.ground.clock import today
from elderlearn.ground.crypto import encrypt
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.notices.queries import told_last
from elderlearn.notices.send import send_due
from elderlearn.notices.write import Message
from elderlearn.people.care.confirm_care import confirm_at_desk
from elderlearn.people.care.end_care import end_care
from elderlearn.people.care.tell import tell_many
from elderlearn.people.register import Registered
from elderlearn.stewardship.take_out import take_out
from tests import people_standing as standing
from tests.conftest import Database
from tests.notices.outbox import Counting
from tests.people.care.family import HERS, MOTHERS, Family, make_family
from tests.people_standing import CLI


@pytest.fixture
async def family(database: Database) -> Family:
    return await make_family()


async def cares(carer: Registered, *elders: Registered) -> list[int]:
    return [await confirm_at_desk(elder.resident_id, carer.resident_id, by=CLI) for elder in elders]


async def called_off(database: Database, *told: tuple[Registered, str | None]) -> list[tuple[str, str]]:
    """Number and text of every message that goes out when these people are told of the same thing."""
    await send_due()
    async with unit_of_work():
        await tell_many(
            [
                Message(
                    "withdrawn", {"title": "太极拳"}, one.resident_id, None, None,
                    encrypt(phone) if phone else None, "zh_CN", f"session:7:1:r{one.resident_id}",
                )
                for one, phone in told
            ]
        )  # fmt: skip
    line = Counting()
    await send_due(gateway=line)
    return sorted(line.texts)


async def test_a_carer_of_two_gets_a_copy_for_each_that_says_for_whom(family: Family, database: Database) -> None:
    await cares(family.daughter, family.mother, family.father)
    sent = await called_off(database, (family.mother, MOTHERS), (family.father, "13900139000"))
    text = next(said for number, said in sent if number == MOTHERS)
    assert sorted(sent) == sorted(
        [(HERS, f"【代李**转告】{text}"), (HERS, f"【代王**转告】{text}"), (MOTHERS, text), ("13900139000", text)]
    )
    assert [one.resident_id for one in await told_last("session:7:")] == [
        family.mother.resident_id,
        family.father.resident_id,
    ]


async def test_one_telephone_gets_one_message(family: Family, database: Database) -> None:
    son = await standing.resident(family.places.community, name="李强", phone=HERS)
    at_home = await standing.resident(family.places.community, name="王小妹", phone=MOTHERS)
    without = await standing.resident(family.places.community, name="王小弟")
    for carer in (family.daughter, son, at_home, without):
        await cares(carer, family.mother)
    assert [number for number, _said in await called_off(database, (family.mother, MOTHERS))] == [HERS, MOTHERS]


async def test_without_a_telephone_of_her_own_her_carer_hears(family: Family, database: Database) -> None:
    await database.execute(
        "UPDATE resident SET phone_cipher = NULL, phone_hash = NULL WHERE id = $1", family.mother.resident_id
    )
    await cares(family.daughter, family.mother)
    assert [number for number, _said in await called_off(database, (family.mother, None))] == [HERS]


async def test_whoever_no_longer_cares_or_is_gone_hears_nothing_and_nobody_of_the_dead(
    family: Family, database: Database
) -> None:
    (link,) = await cares(family.daughter, family.mother)
    await end_care(link, by=CLI)
    assert len(await called_off(database, (family.mother, MOTHERS))) == 1
    await cares(family.daughter, family.father)
    async with unit_of_work():
        await tell_many([Message("withdrawn", {"title": "书法"}, family.father.resident_id)])
    await take_out(family.father.resident_id, "died", today(), by=CLI)
    line = Counting()
    await send_due(gateway=line)
    assert [number for number, _said in line.texts if number == HERS] == []
    assert await database.value("SELECT state FROM notice WHERE about IS NOT NULL") == "cancelled"
