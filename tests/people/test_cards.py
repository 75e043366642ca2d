"""Cards: one that opens for each person, blank ones for the hall."""

from __future__ import annotations

import asyncio

import pytest

from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.settings import settings
from elderlearn.ground.sql import rows
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people import cards
from elderlearn.people.card_keys import card_keys
from elderlearn.people.cards import current_code, issue_blank, issue_card, placeholder_for
from elderlearn.people.codes import card_key, number_from, number_is_valid, verify
from elderlearn.people.queries import cards_by_number, cards_by_secret, person
from tests import people_standing as standing
from tests.conftest import Database
from tests.people.processes import in_processes
from tests.people_standing import CLI, Places


@pytest.fixture
async def places(database: Database) -> Places:
    return await standing.place_tree()


async def test_a_card_is_found_by_its_code_and_by_its_number(places: Places) -> None:
    made = await standing.resident(places.community)
    printed = await current_code(made.resident_id)
    assert printed is not None and printed.code == made.card_code
    assert number_is_valid(printed.number) and printed.card_key == card_key(printed.code)
    secret_id = verify(printed.code, card_keys()).secret_id
    by_secret, by_number = await cards_by_secret([secret_id, b"x"]), await cards_by_number([printed.number, "0"])
    assert by_secret[secret_id] == by_number[printed.number]
    assert by_secret[secret_id].resident_id == made.resident_id


async def test_a_new_card_replaces_the_old_one(places: Places, database: Database) -> None:
    made = await standing.resident(places.community)
    old = await current_code(made.resident_id)
    new = await issue_card(made.resident_id, by=CLI)
    assert old is not None and new.code != old.code and await current_code(made.resident_id) == new
    states = await database.fetch("SELECT id, state, ended_at IS NOT NULL AS ended FROM card ORDER BY id")
    assert [tuple(one) for one in states] == [(old.card_id, "replaced", True), (new.card_id, "active", False)]


async def test_ten_new_cards_at_once_leave_one_that_opens(places: Places, database: Database) -> None:
    made = await standing.resident(places.community)
    await asyncio.gather(*(issue_card(made.resident_id, by=CLI) for _ in range(10)))
    assert await database.value("SELECT count(*) FROM card WHERE state = 'active'") == 1


async def test_two_processes_issuing_leave_one_that_opens(places: Places, database: Database) -> None:
    made = await standing.resident(places.community)
    issued = await in_processes(_issue_often, database.url, made.resident_id)
    assert len(set(issued)) == 10
    assert await database.value("SELECT count(*) FROM card WHERE state = 'active'") == 1


async def test_nobody_gets_no_card(places: Places) -> None:
    with pytest.raises(Missing):
        await issue_card(424242, by=CLI)


async def test_blank_cards_have_no_person_yet(places: Places, database: Database) -> None:
    printed = await issue_blank(200, places.district.id, by=CLI)
    assert len({one.number for one in printed}) == len({one.code for one in printed}) == 200
    assert await database.value("SELECT count(*) FROM card WHERE state = 'blank' AND resident IS NULL") == 200
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'issue_blank_card'") == 200


async def test_a_print_job_has_its_limits(places: Places) -> None:
    for count in (0, -1, 5001):
        with pytest.raises(Refusal):
            await issue_blank(count, places.district.id, by=CLI)


async def test_a_number_already_taken_is_drawn_again(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([7, 7, 7, 8, 7, 8, 9])
    monkeypatch.setattr(cards.secrets, "randbelow", lambda most: next(drawn))
    printed = await issue_blank(3, places.district.id, by=CLI)
    assert sorted(one.number for one in printed) == [number_from(f"{no:07}") for no in (7, 8, 9)]


async def test_a_key_added_later_signs_new_cards_and_old_ones_stay_good(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = await standing.resident(places.community)
    monkeypatch.setenv("ELDERLEARN_KEY_CARD_2", "ab" * 32)
    new = await standing.resident(places.community)
    assert set(card_keys()) == {1, 2}
    assert verify(old.card_code or "", card_keys()).key_id == 1
    assert verify(new.card_code or "", card_keys()).key_id == 2
    again = await current_code(old.resident_id)
    assert again is not None and again.code == old.card_code


async def test_keys_are_found_as_files_too(places: Places) -> None:
    path = settings().keys / "card-7"
    card_keys()
    path.write_text("cd" * 32)
    try:
        assert card_keys()[7] == bytes.fromhex("cd" * 32)
    finally:
        path.unlink()


async def test_a_scanned_blank_card_gets_a_person_without_name_or_home(places: Places, database: Database) -> None:
    one, two = await issue_blank(2, places.district.id, by=CLI)
    async with unit_of_work():
        people = await placeholder_for([two.card_id, one.card_id, 424242])
    assert set(people) == {one.card_id, two.card_id} and len(set(people.values())) == 2
    found = await person(people[one.card_id])
    assert (found.name, found.residence, found.place_id, found.name_masked) == (None, "unknown", None, "**")
    assert found.district_id == places.district.id
    async with unit_of_work():
        assert await placeholder_for([one.card_id]) == {one.card_id: people[one.card_id]}
    assert await database.value("SELECT count(district) FROM trail WHERE action = 'scan_blank_card'") == 2


async def test_a_card_with_a_person_keeps_her(places: Places) -> None:
    made = await standing.resident(places.community)
    printed = await current_code(made.resident_id)
    assert printed is not None
    async with unit_of_work():
        assert await placeholder_for([printed.card_id]) == {printed.card_id: made.resident_id}


async def test_scanned_ten_times_at_once_a_blank_card_has_one_person(places: Places, database: Database) -> None:
    ids = [one.card_id for one in await issue_blank(3, places.district.id, by=CLI)]
    found = await _scan_together(ids)
    assert all(one == found[0] for one in found)
    assert await database.value("SELECT count(*) FROM resident") == 3


async def test_two_processes_scanning_make_one_person_for_each_card(places: Places, database: Database) -> None:
    ids = [one.card_id for one in await issue_blank(3, places.district.id, by=CLI)]
    await in_processes(_scan_often, database.url, ids)
    assert await database.value("SELECT count(*) FROM resident") == 3


async def test_without_the_lock_there_would_be_several(
    places: Places, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: the races above do notice when the guard is gone."""

    async def unlocked(statement: str, *values: object) -> object:
        return await rows(statement.replace("FOR UPDATE", ""), *values)

    monkeypatch.setattr(cards, "rows", unlocked)
    ids = [one.card_id for one in await issue_blank(3, places.district.id, by=CLI)]
    await _scan_together(ids)
    assert await database.value("SELECT count(*) FROM resident") > 3


async def test_a_printed_card_does_not_show_its_code(places: Places) -> None:
    made = await standing.resident(places.community)
    printed = await current_code(made.resident_id)
    assert printed is not None and printed.code not in repr(printed) + repr(made)


async def _scan_together(ids: list[int]) -> list[dict[int, int]]:
    """Ten transactions that are all open, and warm, before the first one asks."""
    open_now = asyncio.Barrier(10)

    async def scan() -> dict[int, int]:
        async with unit_of_work():
            await rows("SELECT id, district, resident FROM card WHERE id = ANY($1::bigint[]) ORDER BY id", ids)
            await open_now.wait()
            return await placeholder_for(ids)

    return await asyncio.gather(*(scan() for _ in range(10)))


async def _scan(ids: list[int]) -> dict[int, int]:
    async with unit_of_work():
        return await placeholder_for(ids)


async def _scan_often(ids: list[int]) -> list[int]:
    found = await asyncio.gather(*(_scan(ids) for _ in range(8)))
    return [resident for one in found for resident in one.values()]


async def _issue_often(resident_id: int) -> list[str]:
    issued = await asyncio.gather(*(issue_card(resident_id, by=CLI) for _ in range(5)))
    return [one.code for one in issued]


async def test_a_scanned_blank_card_is_not_replaced_before_it_is_named(database: Database) -> None:
    places = await standing.place_tree()
    [blank] = await issue_blank(1, places.district.id, by=CLI)
    async with unit_of_work():
        people = await placeholder_for([blank.card_id])
    with pytest.raises(Missing):
        await issue_card(people[blank.card_id], by=CLI)
    assert await database.value("SELECT state FROM card") == "blank"
