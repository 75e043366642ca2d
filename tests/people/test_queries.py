"""Asking for people."""

from __future__ import annotations

from datetime import date

import pytest

from elderlearn.ground.errors import Missing, Refusal
from elderlearn.people.cards import issue_blank, issue_card
from elderlearn.people.queries import active_cards, card, people_of, person, person_by_document, persons
from tests import people_standing as standing
from tests.conftest import Database
from tests.people_standing import CLI, Places, id_number


@pytest.fixture
async def places(database: Database) -> Places:
    return await standing.place_tree()


async def test_a_person_is_known_by_id_with_a_masked_name(places: Places) -> None:
    made = await standing.resident(places.community, phone="13800138000")
    found = await person(made.resident_id)
    assert (found.name, found.name_masked, found.language) == ("王秀英", "王**", "zh_CN")
    assert found.address_cipher and b"13800138000" not in found.address_cipher
    assert "1955" not in repr(found)
    with pytest.raises(Missing):
        await person(424242)


async def test_many_are_asked_for_at_once(places: Places) -> None:
    one = await standing.resident(places.community)
    two = await standing.neighbour(places)
    assert set(await persons([one.resident_id, two.resident_id, 424242])) == {one.resident_id, two.resident_id}
    assert await persons([]) == {}


async def test_an_exact_document_finds_its_person(places: Places) -> None:
    made = await standing.resident(places.community, document=id_number())
    found = await person_by_document("id_card", f"{id_number()} ")
    assert found is not None and found.id == made.resident_id
    assert await person_by_document("id_card", id_number(date(1950, 1, 1))) is None
    with pytest.raises(Refusal):
        await person_by_document("id_card", "1")


async def test_a_street_lists_its_own_people_and_not_the_neighbours(places: Places) -> None:
    mine = [
        (await standing.resident(place)).resident_id
        for place in (places.street, places.community, places.next_community)
    ]
    theirs = (await standing.neighbour(places)).resident_id
    assert [one.id for one in await people_of(places.street.id)] == mine
    assert [one.id for one in await people_of(places.community.id)] == [mine[1]]
    assert [one.id for one in await people_of(places.district.id)] == [*mine, theirs]


async def test_the_beginning_of_a_name_narrows_and_wildcards_are_only_characters(places: Places) -> None:
    for name in ("王秀英", "王建国", "李桂兰"):
        await standing.resident(places.community, name=name)
    assert [one.name for one in await people_of(places.street.id, "王")] == ["王秀英", "王建国"]
    for words in ("%", "_", "王%", "'; DROP TABLE resident; --"):
        assert await people_of(places.street.id, words) == []
    first = (await people_of(places.street.id, limit=1))[0]
    assert [one.name for one in await people_of(places.street.id, after_id=first.id)] == ["王建国", "李桂兰"]


async def test_rosters_show_the_card_that_opens(places: Places) -> None:
    made = await standing.resident(places.community)
    new = await issue_card(made.resident_id, by=CLI)
    assert (await active_cards([made.resident_id]))[made.resident_id].card_key == new.card_key
    blank = (await issue_blank(1, places.district.id, by=CLI))[0]
    assert (await card(blank.card_id)).state == "blank"
    with pytest.raises(Missing):
        await card(424242)
