"""Details mended, moved house, a document brought later: the sums follow in the same moment."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from elderlearn.checkin.recount import differences
from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.recount import differences as enrolment_differences
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.people.numbers import masked_numbers, see_numbers
from elderlearn.people.queries import person
from elderlearn.stewardship.add_document import add_document
from elderlearn.stewardship.change_details import Details, change_details
from elderlearn.stewardship.move_home import move_home
from tests.catalogue.runs_standing import a_run
from tests.checkin.hall import Hall, a_hall
from tests.conftest import Database
from tests.people_standing import CLI, id_number

ANNA = Details(name="安娜", born_on=date(1955, 3, 8), sex="female")


@pytest.fixture
async def hall(database: Database) -> Hall:
    return await a_hall()


async def counted_at(database: Database) -> set[tuple[object, ...]]:
    """Where her visits and her seat count, and for which birth date."""
    found = await database.fetch(
        "SELECT residence, place, born_on FROM tally UNION SELECT residence, place, born_on FROM enrolled_period"
    )
    return {tuple(one) for one in found}


async def test_moving_house_moves_what_is_counted(hall: Hall, database: Database) -> None:
    anna, born = hall.anna.resident_id, date(1955, 3, 8)
    await hall.scan(hall.anna)
    await enrol(await a_run(hall.places), anna, "self", by=CLI)
    assert await counted_at(database) == {("inside", hall.places.community.id, born)}
    assert await move_home(anna, hall.places.other_community.code, by=CLI)
    assert await counted_at(database) == {("inside", hall.places.other_community.id, born)}
    assert await move_home(anna, "outside", by=CLI)
    assert await counted_at(database) == {("outside", None, born)}
    assert not await move_home(anna, "outside", by=CLI)
    assert not await differences()
    assert await enrolment_differences() == []
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'move_home'") == 2


async def test_the_registered_home_stays_unless_it_is_named(hall: Hall) -> None:
    anna = hall.anna.resident_id
    await move_home(
        anna, hall.places.other_community.code, registered_place_code=hall.places.community.code, by=CLI
    )
    await move_home(anna, hall.places.next_community.code, by=CLI)
    now = await person(anna)
    assert (now.place_id, now.registered_place_id) == (hall.places.next_community.id, hall.places.community.id)
    for wrong in ("", "999999999999", hall.places.district.code):
        with pytest.raises(Refusal, match="unknown_place"):
            await move_home(anna, wrong, by=CLI)
    with pytest.raises(Missing):
        await move_home(0, "outside", by=CLI)


async def test_details_say_which_of_them_changed_and_the_trail_holds_no_number(
    hall: Hall, database: Database
) -> None:
    anna = hall.anna.resident_id
    assert await change_details(anna, ANNA, by=CLI) == []
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'change_resident'") == 0
    new = Details(name="王安娜", born_on=date(1950, 1, 2), sex="male", phone="138 0000 1234")
    assert await change_details(anna, new, by=CLI) == ["name", "born_on", "sex", "phone"]
    assert (await see_numbers(anna, reason="ring her", by=CLI)).phone == "13800001234"
    assert await change_details(anna, Details(name="王安娜", born_on=date(1950, 1, 2), sex="male"), by=CLI) == []
    gone = Details(name="王安娜", born_year=1950, sex="male", has_no_phone=True)
    assert await change_details(anna, gone, by=CLI) == ["born_on", "phone"]
    now = await person(anna)
    assert (now.born_on, now.born_precision, now.address_cipher) == (date(1950, 12, 31), "year", None)
    details = await database.fetch("SELECT detail::text FROM trail WHERE action = 'change_resident'")
    assert not any("1380000" in one["detail"] or "1950" in one["detail"] for one in details)


async def test_a_mended_birth_date_is_counted_at_once(hall: Hall, database: Database) -> None:
    await hall.scan(hall.anna)
    await change_details(hall.anna.resident_id, Details(name="安娜", born_on=date(1980, 1, 2)), by=CLI)
    assert await counted_at(database) == {("inside", hall.places.community.id, date(1980, 1, 2))}
    assert not await differences()


async def test_a_birth_date_is_the_one_of_the_id_card(hall: Hall) -> None:
    anna = hall.anna.resident_id
    await add_document(anna, "id_card", id_number(), by=CLI)
    with pytest.raises(Refusal, match="born_on_mismatch"):
        await change_details(anna, Details(name="安娜", born_on=date(1980, 1, 2)), by=CLI)
    assert await change_details(anna, Details(name="安娜", sex="female"), by=CLI) == []
    for wrong in (Details(name=""), Details(name="安娜", phone="12"), Details(name="安娜", born_year=1700)):
        with pytest.raises(Refusal):
            await change_details(anna, wrong, by=CLI)
    with pytest.raises(Missing):
        await change_details(0, ANNA, by=CLI)


async def test_a_document_brought_later_tells_birth_date_and_sex(hall: Hall, database: Database) -> None:
    anna = hall.anna.resident_id
    await hall.scan(hall.anna)
    for _ in range(2):
        await add_document(anna, "id_card", id_number(date(1949, 9, 9)), by=CLI)
    now = await person(anna)
    assert (now.born_on, now.born_precision, now.sex, now.verified) == (date(1949, 9, 9), "day", "female", "desk")
    assert (await masked_numbers(anna)).document_type == "id_card"
    assert await counted_at(database) == {("inside", hall.places.community.id, date(1949, 9, 9))}
    assert not await differences()
    with pytest.raises(Refusal, match="has_document"):
        await add_document(anna, "passport", "E12345678", by=CLI)


async def test_one_document_belongs_to_one_person_also_in_the_same_moment(hall: Hall, database: Database) -> None:
    both = [hall.anna.resident_id, hall.bao.resident_id]
    results = await asyncio.gather(
        *(add_document(one, "passport", "E12345678", by=CLI) for one in both), return_exceptions=True
    )
    refused = [one for one in results if isinstance(one, Refusal)]
    assert [one.code for one in refused] == ["document_on_file"]
    assert await database.value("SELECT count(*) FROM resident WHERE document_hash IS NOT NULL") == 1
    with pytest.raises(Refusal, match="invalid_document"):
        await add_document(both[0], "id_card", "1", by=CLI)
    with pytest.raises(Missing):
        await add_document(0, "passport", "E99999999", by=CLI)
