"""A blank card gets its person."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people import register
from elderlearn.people.blank_cards import Tied, tie_blank
from elderlearn.people.cards import current_code, issue_blank, placeholder_for
from elderlearn.people.queries import card, person
from elderlearn.people.residents import NewResident
from elderlearn.people.sign_in.cards import sign_in_by_card
from tests import people_standing as standing
from tests.conftest import Database
from tests.jobs.processes import until_equal
from tests.people_standing import CLI, Places, id_number


@pytest.fixture
async def places(database: Database) -> Places:
    return await standing.place_tree()


async def tie(card_id: int, new: NewResident) -> Tied:
    async with unit_of_work():
        return await tie_blank(card_id, new, by=CLI)


def mei(places: Places, document: str | None = None) -> NewResident:
    return NewResident(
        name="陈梅", place_code=places.community.code, born_on=date(1953, 5, 1), document_number=document
    )


async def test_before_it_was_scanned_the_card_gets_a_new_person(places: Places) -> None:
    blank = (await issue_blank(1, places.district.id, by=CLI))[0]
    tied = await tie(blank.card_id, mei(places))
    assert not tied.was_scanned
    assert (await card(blank.card_id)).state == "active"
    assert (await person(tied.resident_id)).name == "陈梅"
    assert await current_code(tied.resident_id) == blank


async def test_after_it_was_scanned_its_person_gets_the_name(places: Places) -> None:
    blank = (await issue_blank(1, places.district.id, by=CLI))[0]
    async with unit_of_work():
        waiting = (await placeholder_for([blank.card_id]))[blank.card_id]
    tied = await tie(blank.card_id, mei(places, id_number(date(1953, 5, 1))))
    assert tied == Tied(waiting, blank.card_id, was_scanned=True)
    found = await person(waiting)
    assert (found.name, found.place_id, found.residence) == ("陈梅", places.community.id, "inside")


async def test_from_then_on_it_signs_her_in(places: Places) -> None:
    blank = (await issue_blank(1, places.district.id, by=CLI))[0]
    with pytest.raises(Refusal, match="no_birth_date"):
        await sign_in_by_card(blank.code, date(1953, 5, 1))
    await tie(blank.card_id, mei(places))
    assert await sign_in_by_card(blank.code, date(1953, 5, 1))


@pytest.mark.parametrize("was_scanned", [False, True])
async def test_somebody_on_file_already_is_not_tied_a_second_time(
    places: Places, database: Database, was_scanned: bool
) -> None:
    await standing.resident(places.community, document=id_number(date(1953, 5, 1)), born_on=None)
    blank = (await issue_blank(1, places.district.id, by=CLI))[0]
    if was_scanned:
        async with unit_of_work():
            await placeholder_for([blank.card_id])
    before = await database.fetch("SELECT * FROM resident ORDER BY id")
    with pytest.raises(Refusal, match="document_on_file"):
        await tie(blank.card_id, mei(places, id_number(date(1953, 5, 1))))
    assert await database.fetch("SELECT * FROM resident ORDER BY id") == before
    assert (await card(blank.card_id)).state == "blank"


async def test_an_import_that_writes_the_same_document_down_just_now_is_waited_for(
    places: Places, monkeypatch: pytest.MonkeyPatch, database: Database
) -> None:
    async def nothing(_: object) -> None:
        """An import holds no documents: it has too many."""

    monkeypatch.setattr(register, "hold_document", nothing)
    blank = (await issue_blank(1, places.district.id, by=CLI))[0]
    async with unit_of_work():
        await placeholder_for([blank.card_id])
    written, waiting = asyncio.Event(), "SELECT count(*) FROM pg_locks WHERE NOT granted"

    async def imports() -> None:
        async with unit_of_work():
            await register.put_resident(mei(places, id_number(date(1953, 5, 1))), by=CLI)
            written.set()
            await until_equal(database, waiting, 1)

    async def names() -> None:
        await written.wait()
        with pytest.raises(Refusal, match="document_on_file"):
            await tie(blank.card_id, mei(places, id_number(date(1953, 5, 1))))

    await asyncio.gather(imports(), names())
    assert await database.value("SELECT count(*) FROM resident WHERE document_hash IS NOT NULL") == 1


async def test_only_a_blank_card_is_tied(places: Places) -> None:
    made = await standing.resident(places.community)
    mine = await current_code(made.resident_id)
    assert mine is not None
    with pytest.raises(Refusal, match="card_not_blank"):
        await tie(mine.card_id, mei(places))
    with pytest.raises(Missing):
        await tie(424242, mei(places))
