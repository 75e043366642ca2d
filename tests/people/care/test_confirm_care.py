"""An elder agrees: by the digits on her phone, by her card, on her own phone, at the desk."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any

import pytest

from elderlearn.ground.errors import Missing, Refusal
from elderlearn.people.cards import current_code
from elderlearn.people.care import confirm_care
from elderlearn.people.care.ask_to_care import ask_to_care
from elderlearn.people.care.confirm_care import (
    confirm_at_desk,
    confirm_by_card,
    confirm_by_code,
    confirm_herself,
)
from elderlearn.people.care.end_care import end_care
from elderlearn.people.care.queries import carers_of, elders_of
from elderlearn.people.care.rules import MOST_ELDERS
from elderlearn.people.sign_in.cards import sign_in_by_card
from tests import people_standing as standing
from tests.catalogue.runs_standing import people
from tests.conftest import Database
from tests.people.care.family import (
    FATHER_BORN,
    HERS,
    MOTHER_BORN,
    MOTHERS,
    Family,
    digits,
    make_family,
    on_phone,
    other_than,
)
from tests.people.processes import in_processes

TIES = "SELECT count(*) FROM carer_link WHERE state = 'active'"
NOTED = "SELECT count(*) FROM trail WHERE action = 'confirm_care'"


@pytest.fixture
async def family(database: Database) -> Family:
    return await make_family()


async def asked(family: Family, name: str = "王秀英", phone: str = MOTHERS) -> None:
    await ask_to_care(family.daughter.resident_id, name, phone, by=family.by)


async def code_of(verb: Awaitable[object]) -> str:
    with pytest.raises(Refusal) as refusal:
        await verb
    return refusal.value.code


async def test_the_digits_she_reads_out_tie_them_and_serve_once(family: Family, database: Database) -> None:
    daughter, mother = family.daughter.resident_id, family.mother.resident_id
    await asked(family)
    code = await digits(database, mother)
    for wrong in (other_than(code), "", "\0", "x" * 50):
        assert await code_of(confirm_by_code(daughter, wrong, by=family.by)) == "wrong_code"
    link = await confirm_by_code(daughter, f" {code[:3]} {code[3:]} ", by=family.by)
    (pair,) = await elders_of(daughter)
    assert (pair.id, pair.elder, pair.how) == (link, "王秀英", "phone_code")
    assert [one.carer for one in await carers_of(mother)] == ["李梅"]
    assert await database.value("SELECT actor_id FROM trail WHERE action = 'confirm_care'") == daughter
    assert await database.value("SELECT count(*) FROM notice WHERE kind = 'care_begun'") == 1
    await end_care(link, by=on_phone(family.mother))
    assert await code_of(confirm_by_code(daughter, code, by=family.by)) == "code_expired"


async def test_five_wrong_digits_are_the_end_of_them_also_in_parallel(family: Family, database: Database) -> None:
    await asked(family)
    code = await digits(database, family.mother.resident_id)
    tries = [confirm_by_code(family.daughter.resident_id, other_than(code), by=family.by) for _ in range(20)]
    said = [one.code for one in await asyncio.gather(*tries, return_exceptions=True) if isinstance(one, Refusal)]
    assert (said.count("wrong_code"), said.count("code_expired")) == (4, 16)
    assert await code_of(confirm_by_code(family.daughter.resident_id, code, by=family.by)) == "code_expired"


async def test_digits_sent_for_one_carer_serve_no_other(family: Family, database: Database) -> None:
    stranger = family.stranger.resident_id
    await asked(family)
    code = await digits(database, family.mother.resident_id)
    assert await code_of(confirm_by_code(stranger, code, by=on_phone(family.stranger))) == "code_expired"
    await ask_to_care(stranger, "李建国", "13900139000", by=on_phone(family.stranger))
    await database.execute("UPDATE care_code SET tries = 0")
    fathers = await digits(database, family.father.resident_id)
    if code != fathers:
        assert await code_of(confirm_by_code(stranger, code, by=on_phone(family.stranger))) == "wrong_code"
    await database.execute("UPDATE care_code SET expires_at = now()")
    assert await code_of(confirm_by_code(stranger, fathers, by=on_phone(family.stranger))) == "code_expired"


async def test_nothing_tells_a_carer_whose_phone_is_known(family: Family, database: Database) -> None:
    """The same answer, the same four wrong tries; nothing is sent, and she cannot ask for herself."""
    daughter = family.daughter.resident_id
    await standing.resident(family.places.community, name="陈阿姨", phone="13500135000")
    await standing.resident(family.places.community, name="陈阿姨", phone="13500135000")
    nobody = [("钱多", MOTHERS), ("王秀英", "13600136000"), ("李梅", HERS), ("陈阿姨", "13500135000")]
    for name, phone in nobody:
        await database.execute("UPDATE care_code SET sent_at = sent_at - interval '2 minutes'")
        await asked(family, name, phone)
    assert await database.value("SELECT count(*) FROM notice") == 0
    assert await database.value("SELECT count(*) FROM carer_link") == 0
    said = [await code_of(confirm_by_code(daughter, f"{n:06}", by=family.by)) for n in range(6)]
    assert said == ["wrong_code"] * 4 + ["code_expired"] * 2


async def test_a_phone_is_not_rung_all_day(family: Family, database: Database) -> None:
    said = []
    for _ in range(7):
        try:
            await asked(family)
            said.append("sent")
        except Refusal as refusal:
            said.append(refusal.code)
        await database.execute("UPDATE care_code SET sent_at = sent_at - interval '61 seconds'")
    assert said == ["sent"] * 5 + ["too_many_codes"] * 2
    await database.execute("DELETE FROM care_code")
    await asked(family)
    assert await code_of(asked(family)) == "too_soon"


async def test_her_card_and_birth_date_tie_them_and_its_few_tries_are_those_of_signing_in(
    family: Family, database: Database
) -> None:
    daughter, card = family.daughter.resident_id, await current_code(family.mother.resident_id)
    assert card is not None
    wrong = [await code_of(confirm_by_card(daughter, card.number, FATHER_BORN, by=family.by)) for _ in range(3)]
    assert wrong == ["wrong_birth_date"] * 3
    assert await code_of(sign_in_by_card(card.code, FATHER_BORN)) == "wrong_birth_date"
    await confirm_by_card(daughter, card.number, MOTHER_BORN, by=family.by)
    assert [one.how for one in await elders_of(daughter)] == ["card"]
    guesses = [await code_of(confirm_by_card(daughter, card.code, FATHER_BORN, by=family.by)) for _ in range(5)]
    assert guesses[-1] == "card_locked" == await code_of(sign_in_by_card(card.code, MOTHER_BORN))
    own = family.daughter.card_code or ""
    assert await code_of(confirm_by_card(daughter, own, standing.date(1981, 5, 1), by=family.by)) == "yourself"
    assert await database.value(TIES) == 1


async def test_she_agrees_on_her_own_phone_for_a_week_and_nobody_else_can(
    family: Family, database: Database
) -> None:
    mother = family.mother.resident_id
    await asked(family)
    (question,) = await carers_of(mother)
    for other in (family.daughter, family.stranger, family.father):
        with pytest.raises(Missing):
            await confirm_herself(question.id, other.resident_id, by=on_phone(other))
    await database.execute("UPDATE carer_link SET asked_at = asked_at - interval '8 days'")
    with pytest.raises(Missing):
        await confirm_herself(question.id, mother, by=on_phone(family.mother))
    assert await carers_of(mother) == []
    await database.execute("UPDATE carer_link SET asked_at = now()")
    for _ in range(2):
        await confirm_herself(question.id, mother, by=on_phone(family.mother))
    assert (await database.value(TIES), await database.value(NOTED)) == (1, 1)


async def test_the_desk_ties_more_than_a_carer_may_herself_and_nobody_who_is_gone(
    family: Family, database: Database
) -> None:
    daughter, desk = family.daughter.resident_id, (await standing.desk(family.places.street)).by()
    many = await people(family.places.community, MOST_ELDERS)
    for elder in many:
        await confirm_at_desk(elder, daughter, by=desk)
    card = family.mother.card_code or ""
    assert await code_of(confirm_by_card(daughter, card, MOTHER_BORN, by=family.by)) == "too_many_elders"
    assert await code_of(asked(family)) == "too_many_elders"
    await confirm_at_desk(family.mother.resident_id, daughter, by=desk)
    assert await database.value(TIES) == MOST_ELDERS + 1
    carers = await people(family.places.community, 5)
    said = [await code_or_done(confirm_at_desk(many[0], carer, by=desk)) for carer in carers]
    assert said == ["done"] * 4 + ["too_many_carers"]
    await database.execute("UPDATE resident SET state = 'died' WHERE id = $1", many[1])
    for elder, carer in ((many[1], carers[0]), (carers[0], many[1]), (999999, daughter)):
        with pytest.raises(Missing):
            await confirm_at_desk(elder, carer, by=desk)
    assert await code_of(confirm_at_desk(daughter, daughter, by=desk)) == "yourself"


async def code_or_done(verb: Awaitable[object]) -> str:
    try:
        await verb
    except Refusal as refusal:
        return refusal.code
    return "done"


async def test_confirmed_at_once_in_many_ways_it_is_one_tie(family: Family, database: Database) -> None:
    await asked(family)
    code = await digits(database, family.mother.resident_id)
    answers = await in_processes(
        _confirm_often, database.url, family.mother.resident_id, family.daughter.resident_id, code
    )
    assert len(answers) == 40
    assert len({one for one in answers if isinstance(one, int)}) == 1
    assert {one for one in answers if not isinstance(one, int)} <= {"code_expired"}
    counted = [await database.value(one) for one in ("SELECT count(*) FROM carer_link", TIES, NOTED)]
    assert counted == [1, 1, 1]
    assert await database.value("SELECT count(*) FROM notice WHERE kind = 'care_begun'") == 1


async def test_without_the_guard_she_would_be_told_more_than_once(
    family: Family, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: the race above does notice when nobody is held."""

    all_here = asyncio.Barrier(10)

    async def nobody_held(_ids: object) -> frozenset[int]:
        return frozenset()

    async def wait_for_the_others(*_values: object) -> None:
        await all_here.wait()

    monkeypatch.setattr(confirm_care, "hold_people", nobody_held)
    monkeypatch.setattr(confirm_care, "_check_how_many", wait_for_the_others)
    answers = await _confirm_often(family.mother.resident_id, family.daughter.resident_id, "000000")
    assert await database.value(NOTED) > 1, answers


async def _confirm_often(elder: int, carer: int, code: str) -> list[Any]:
    desk = standing.CLI
    tries = [
        *(confirm_at_desk(elder, carer, by=desk) for _ in range(10)),
        *(confirm_by_code(carer, code, by=desk) for _ in range(10)),
    ]
    found = await asyncio.gather(*tries, return_exceptions=True)
    return [one.code if isinstance(one, Refusal) else one for one in found]
