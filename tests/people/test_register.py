"""Putting people on the register."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import pytest

from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Refusal
from elderlearn.people.cards import current_code
from elderlearn.people.consents import NewConsent, consents_of
from elderlearn.people.queries import person
from elderlearn.people.register import insert_resident, register
from elderlearn.people.residents import NewResident
from tests import people_standing as standing
from tests.conftest import Database
from tests.people.processes import in_processes
from tests.people_standing import CLI, Places, id_number

NUMBER = id_number(date(1955, 3, 8), 2)


@pytest.fixture
async def places(database: Database) -> Places:
    return await standing.place_tree()


def new(places: Places, **changed: Any) -> NewResident:
    return NewResident(**{"name": "王秀英", "place_code": places.community.code, **changed})


async def refused(what: NewResident, *, by: Actor = CLI) -> str:
    with pytest.raises(Refusal) as refusal:
        await register(what, by=by)
    return refusal.value.code


async def test_an_id_card_tells_birth_date_and_sex(places: Places) -> None:
    made = await register(new(places, document_number=NUMBER), by=CLI)
    found = await person(made.resident_id)
    assert (found.born_on, found.born_precision, found.sex) == (date(1955, 3, 8), "day", "female")
    assert (found.residence, found.place_id, found.district_id) == (
        "inside",
        places.community.id,
        places.district.id,
    )


async def test_everybody_new_gets_an_active_card_at_once(places: Places) -> None:
    made = await register(new(places), by=CLI)
    card = await current_code(made.resident_id)
    assert made.is_new and card is not None and card.code == made.card_code


async def test_the_same_document_again_gives_the_same_person_and_changes_nothing(
    places: Places, database: Database
) -> None:
    first = await register(new(places, document_number=NUMBER, phone="13800138000"), by=CLI)
    before = await database.fetch("SELECT * FROM resident")
    again = await register(
        new(
            places,
            document_number=f" {NUMBER.lower()} ",
            name="王秀莹",
            phone="13800138001",
            sex="male",
            place_code="outside",
            registered_place_code=places.street.code,
        ),
        by=CLI,
    )
    assert (again.resident_id, again.card_code, again.is_new) == (first.resident_id, first.card_code, False)
    assert again.differs == ["name", "sex", "phone", "place_code", "registered_place_code"]
    assert await database.fetch("SELECT * FROM resident") == before
    assert await database.value("SELECT count(*) FROM card") == 1
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'register_resident'") == 1


async def test_the_same_said_again_differs_in_nothing(places: Places) -> None:
    said = new(places, document_number=NUMBER, born_on=date(1955, 3, 8), sex="female", phone="0571-86221234")
    await register(said, by=CLI)
    assert (await register(said, by=CLI)).differs == []


async def test_on_her_own_phone_a_document_on_file_tells_nothing(places: Places) -> None:
    await register(new(places, document_number=NUMBER), by=CLI)
    again = await register(
        new(places, name="别人", document_number=NUMBER), by=Actor("resident", None, "resident")
    )
    assert (again.is_new, again.card_code, again.differs) == (False, None, [])


async def test_twenty_at_once_with_one_document_are_one_person(places: Places, database: Database) -> None:
    same = new(places, document_number=NUMBER)
    made = await asyncio.gather(*(register(same, by=CLI) for _ in range(20)))
    assert len({one.resident_id for one in made}) == len({one.card_code for one in made}) == 1
    assert sum(one.is_new for one in made) == 1
    assert await database.value("SELECT count(*) FROM resident") == 1
    assert await database.value("SELECT count(*) FROM card") == 1


async def test_two_processes_with_one_document_make_one_person(places: Places, database: Database) -> None:
    made = await in_processes(_register_often, database.url, places.community.code)
    assert len(made) == 16 and len(set(made)) == 1
    assert await database.value("SELECT count(*) FROM resident") == 1


async def test_looking_first_and_inserting_then_would_make_several(
    places: Places, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: the races above do notice when the guard is gone."""
    await database.execute("ALTER TABLE resident DROP CONSTRAINT resident_document_hash_key")
    guarded = insert_resident.__globals__["value"]

    async def look_then_insert(statement: str, *values: Any) -> Any:
        if "INSERT INTO resident" not in statement:
            return await guarded(statement, *values)
        if await guarded("SELECT id FROM resident WHERE document_hash = $1", values[9]):
            return None
        return await guarded(statement.replace("ON CONFLICT (document_hash) DO NOTHING", ""), *values)

    async def no_lock(document: object) -> None:
        await asyncio.sleep(0)

    monkeypatch.setattr("elderlearn.people.register.value", look_then_insert)
    monkeypatch.setattr("elderlearn.people.register.hold_document", no_lock)
    same = new(places, document_number=NUMBER)
    await asyncio.gather(*(register(same, by=CLI) for _ in range(20)))
    assert await database.value("SELECT count(*) FROM resident") > 1


async def test_another_type_with_the_same_number_is_another_document(places: Places) -> None:
    one = await register(new(places, document_type="passport", document_number="E12345678"), by=CLI)
    two = await register(new(places, document_type="hk_macao_taiwan_permit", document_number="E12345678"), by=CLI)
    assert one.resident_id != two.resident_id


async def test_without_a_document_every_call_makes_a_person(places: Places) -> None:
    one, two = [await register(new(places, phone="13800138000"), by=CLI) for _ in range(2)]
    assert one.resident_id != two.resident_id


async def test_a_phone_may_be_shared_by_four(places: Places, database: Database) -> None:
    for name in ("王秀英", "王建国", "李桂兰", "王小明"):
        assert (await register(new(places, name=name, phone="138 0013 8000"), by=CLI)).is_new
    assert await database.value("SELECT count(DISTINCT phone_hash) FROM resident") == 1


async def test_only_a_birth_year_is_kept_as_its_last_day(places: Places) -> None:
    found = await person((await register(new(places, born_year=1948), by=CLI)).resident_id)
    assert (found.born_on, found.born_precision) == (date(1948, 12, 31), "year")


async def test_under_age_is_allowed(places: Places) -> None:
    assert (await register(new(places, born_on=date(1999, 1, 1)), by=CLI)).is_new


async def test_a_street_is_enough_while_the_community_is_unknown(places: Places) -> None:
    found = await person((await register(new(places, place_code=places.street.code), by=CLI)).resident_id)
    assert found.place_id == places.street.id


async def test_somebody_from_outside_belongs_to_the_desk_that_writes_her_down(places: Places) -> None:
    beside = await standing.place_tree("330110", "余杭区")
    desk = await standing.desk(beside.street)
    made = await register(new(places, place_code="outside", registered_place_code="outside"), by=desk.by())
    found = await person(made.resident_id)
    assert (found.residence, found.place_id, found.district_id) == ("outside", None, beside.district.id)
    assert found.registered_residence == "outside"


async def test_a_place_of_another_district_is_refused_to_staff_and_taken_from_an_import(places: Places) -> None:
    beside = await standing.place_tree("330110", "余杭区")
    desk = await standing.desk(places.street)
    assert await refused(new(places, place_code=beside.community.code), by=desk.by()) == "unknown_place"
    made = await register(new(places, place_code=beside.community.code), by=CLI)
    assert (await person(made.resident_id)).district_id == beside.district.id


async def test_the_given_birth_date_must_be_the_documents(places: Places) -> None:
    assert await refused(new(places, document_number=NUMBER, born_on=date(1955, 3, 9))) == "born_on_mismatch"
    assert await refused(new(places, document_number=NUMBER, born_year=1956)) == "born_on_mismatch"


async def test_a_code_that_is_no_community_or_street_is_refused(places: Places) -> None:
    for code in ("330113999999", "330113000000", "", "outside ", "\0", "临平", "9" * 5000):
        assert await refused(new(places, place_code=code)) == "unknown_place"


async def test_the_registered_place_is_checked_too(places: Places) -> None:
    assert await refused(new(places, registered_place_code="330113000000")) == "unknown_place"


async def test_nothing_is_half_written_after_a_refusal(places: Places, database: Database) -> None:
    await refused(new(places, document_number=NUMBER, place_code="330113999999"))
    with pytest.raises(Refusal):
        await register(new(places, document_number=NUMBER), by=CLI, consents=(NewConsent("x", "1", "phone"),))
    for table in ("resident", "card", "consent", "trail"):
        assert await database.value(f"SELECT count(*) FROM {table}") == 0


async def test_consents_are_written_with_the_person(places: Places) -> None:
    consents = (NewConsent("notice", "2026-11", "read_at_desk"), NewConsent("sensitive", "2026-11", "paper"))
    made = await register(new(places), by=CLI, consents=consents)
    assert await consents_of(made.resident_id) == list(consents)


async def test_the_desk_verifies_and_a_phone_does_not(places: Places) -> None:
    desk = await standing.desk(places.street)
    at_desk = await register(new(places), by=desk.by())
    alone = await register(new(places), by=Actor("resident", None, "open"))
    assert (await person(at_desk.resident_id)).verified == "desk"
    assert (await person(alone.resident_id)).verified == "self"


async def test_the_trail_names_who_and_through_which_door(places: Places, database: Database) -> None:
    desk = await standing.desk(places.street)
    made = await register(new(places), by=desk.by("api"))
    trail = (await database.fetch("SELECT * FROM trail WHERE action = 'register_resident'"))[0]
    assert (trail["actor_kind"], trail["actor_id"], trail["door"]) == ("staff", desk.id, "api")
    assert trail["subject_id"] == made.resident_id


async def _register_often(code: str) -> list[int]:
    same = NewResident(name="王秀英", place_code=code, document_number=NUMBER)
    return [one.resident_id for one in await asyncio.gather(*(register(same, by=CLI) for _ in range(8)))]
