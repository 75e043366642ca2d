"""Signing in with card and birth date."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from elderlearn.ground.errors import Refusal
from elderlearn.people.cards import current_code, issue_blank, issue_card
from elderlearn.people.codes import card_url, code_for, number_from
from elderlearn.people.register import register
from elderlearn.people.residents import NewResident
from elderlearn.people.sign_in.cards import sign_in_by_card, unlock_card
from elderlearn.people.sign_in.who import who
from tests import people_standing as standing
from tests.conftest import Database
from tests.people.processes import in_processes
from tests.people_standing import CLI, Places

BORN = date(1955, 3, 8)
WRONG = date(1955, 3, 9)


@pytest.fixture
async def places(database: Database) -> Places:
    return await standing.place_tree()


@pytest.fixture
async def code(places: Places) -> str:
    return (await standing.resident(places.community)).card_code or ""


async def refused(code: str, born_on: date = BORN) -> str:
    with pytest.raises(Refusal) as refusal:
        await sign_in_by_card(code, born_on)
    return refusal.value.code


async def test_code_address_and_number_all_open(places: Places) -> None:
    made = await standing.resident(places.community)
    printed = await current_code(made.resident_id)
    assert printed is not None
    for typed in (
        printed.code,
        card_url(printed.code, "https://any.example"),
        f"{printed.number[:4]} {printed.number[4:]}",
    ):
        seen = await who(await sign_in_by_card(typed, BORN))
        assert seen is not None and seen.id == made.resident_id


async def test_five_wrong_dates_close_the_card_for_a_day(code: str, database: Database) -> None:
    assert [await refused(code, WRONG) for _ in range(5)] == ["wrong_birth_date"] * 4 + ["card_locked"]
    assert await refused(code) == "card_locked"
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'lock_card'") == 1
    await database.execute("UPDATE card SET locked_until = now() - interval '1 second'")
    assert await sign_in_by_card(code, BORN)


async def test_after_the_day_there_are_five_tries_again(code: str, database: Database) -> None:
    for _ in range(5):
        await refused(code, WRONG)
    await database.execute("UPDATE card SET locked_until = now() - interval '1 second'")
    assert [await refused(code, WRONG) for _ in range(5)] == ["wrong_birth_date"] * 4 + ["card_locked"]


async def test_the_right_date_forgets_the_wrong_ones(code: str) -> None:
    for _ in range(3):
        for _ in range(4):
            assert await refused(code, WRONG) == "wrong_birth_date"
        assert await sign_in_by_card(code, BORN)


async def test_the_desk_opens_it_again(code: str, database: Database) -> None:
    for _ in range(5):
        await refused(code, WRONG)
    for _ in range(2):
        await unlock_card(await database.value("SELECT id FROM card"), by=CLI)
    assert await sign_in_by_card(code, BORN)
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'unlock_card'") == 1


async def test_guessing_in_parallel_gets_no_more_than_five_tries(code: str, database: Database) -> None:
    said = await _guess_often(code)
    assert said.count("wrong_birth_date") == 4
    assert await database.value("SELECT failed_tries FROM card") == 5


async def test_guessing_from_two_processes_gets_no_more_than_five_tries(code: str, database: Database) -> None:
    said = await in_processes(_guess_often, database.url, code)
    assert (len(said), said.count("wrong_birth_date")) == (40, 4)
    assert await database.value("SELECT failed_tries FROM card") == 5


async def test_without_the_guard_there_would_be_more(
    code: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: the races above do notice when the guard is gone."""
    from elderlearn.people.sign_in import cards

    guarded = cards.row

    async def unguarded(statement: str, *values: object) -> object:
        return await guarded(
            statement.replace(
                "AND (locked_until IS NULL OR locked_until <= $2)", "AND $2::timestamptz IS NOT NULL"
            ),
            *values,
        )

    monkeypatch.setattr(cards, "row", unguarded)
    assert (await _guess_often(code)).count("wrong_birth_date") > 4


async def test_a_replaced_card_is_refused(places: Places) -> None:
    made = await standing.resident(places.community)
    await issue_card(made.resident_id, by=CLI)
    assert await refused(made.card_code or "") == "card_replaced"


async def test_whoever_has_no_exact_birth_date_goes_to_the_desk(places: Places) -> None:
    nothing = await standing.resident(places.community, born_on=None)
    only_year = await register(NewResident(name="陈梅", place_code="outside", born_year=1955), by=CLI)
    blank = (await issue_blank(1, places.district.id, by=CLI))[0]
    for typed in (nothing.card_code or "", only_year.card_code or "", blank.code):
        assert await refused(typed, date(1955, 12, 31)) == "no_birth_date"


async def test_a_genuine_code_without_a_card_and_every_other_text_are_unknown(code: str) -> None:
    from elderlearn.people.card_keys import card_keys

    for typed in (
        code_for(1, bytes(10), card_keys()[1]),
        number_from("0000000"),
        code[:-1] + "2A",
        "",
        "\0",
        "👵",
        "A" * 32,
    ):
        if typed != code:
            assert await refused(typed) == "unknown_card"


async def test_somebody_who_died_does_not_sign_in(code: str, database: Database) -> None:
    token = await sign_in_by_card(code, BORN)
    await database.execute("UPDATE resident SET state = 'died'")
    assert await who(token) is None
    assert await refused(code) == "unknown_card"


async def _guess_often(code: str) -> list[str]:
    done = await asyncio.gather(*(sign_in_by_card(code, WRONG) for _ in range(20)), return_exceptions=True)
    return [one.code if isinstance(one, Refusal) else repr(one) for one in done]
