"""A carer enrols for an elder: the same pool, her name in the trail, a copy of every message."""

from __future__ import annotations

import asyncio

import pytest

from elderlearn.checkin.change_session import change_session
from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.enrol_for import accept_for, enrol_for, withdraw_for
from elderlearn.enrolment.queries import standing
from elderlearn.enrolment.set_line import set_line
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing
from elderlearn.people.care.confirm_care import confirm_at_desk
from elderlearn.people.care.end_care import end_care
from tests.catalogue.runs_standing import DAY, a_course, a_run, open_run, people, weeks
from tests.conftest import Database
from tests.people.care.family import Family, make_family, on_phone
from tests.people_standing import CLI


@pytest.fixture
async def family(database: Database) -> Family:
    family = await make_family()
    for elder in (family.mother, family.father):
        await confirm_at_desk(elder.resident_id, family.daughter.resident_id, by=CLI)
    return family


async def told(database: Database) -> set[tuple[str, int, int | None]]:
    """What was written since the last time: the kind, to whom, about whom."""
    found = await database.fetch("SELECT kind, resident, about FROM notice WHERE state <> 'sent'")
    await database.execute("UPDATE notice SET state = 'sent'")
    return {(one["kind"], one["resident"], one["about"]) for one in found if not one["kind"].startswith("care")}


async def test_every_message_about_her_seat_has_its_copy(family: Family, database: Database) -> None:
    mother, father, daughter = (one.resident_id for one in (family.mother, family.father, family.daughter))
    added = await open_run(await a_course(family.places.community), seats=1)
    await enrol_for(added.run_id, mother, by=family.by)
    await enrol_for(added.run_id, father, by=family.by)
    assert await told(database) == {
        ("seated", mother, None), ("seated", daughter, mother),
        ("waiting", father, None), ("waiting", daughter, father),
    }  # fmt: skip
    seat = await database.value("SELECT id FROM enrolment WHERE resident = $1", mother)
    await withdraw_for(seat, by=family.by)
    assert await told(database) == {
        ("withdrawn", mother, None), ("withdrawn", daughter, mother),
        ("promoted", father, None), ("promoted", daughter, father),
    }  # fmt: skip
    await change_session(added.session_ids[0], state="called_off", reason="Rain", by=CLI)
    assert await told(database) == {
        ("session_called_off", father, None), ("session_called_off", daughter, father)
    }  # fmt: skip
    (other,) = await people(family.places.community, 1)
    await enrol(added.run_id, other, "self", by=CLI)
    assert await told(database) == {("waiting", other, None)}


async def test_nobody_else_enrols_withdraws_or_accepts(family: Family, database: Database) -> None:
    mother = family.mother.resident_id
    run = (await open_run(await a_course(family.places.community))).run_id
    await enrol_for(run, mother, by=family.by)
    seat = await database.value("SELECT id FROM enrolment")
    other = (await open_run(await a_course(family.places.other_community, name="别处"))).run_id
    await end_care(await database.value("SELECT id FROM carer_link WHERE elder = $1", mother), by=CLI)
    for who in (family.daughter, family.stranger, family.father):
        by = on_phone(who)
        for verb in (enrol_for(other, mother, by=by), withdraw_for(seat, by=by), accept_for(seat, by=by)):
            with pytest.raises(Missing):
                await verb
    assert await database.value("SELECT count(*) FROM enrolment WHERE state = 'seated'") == 1


async def test_an_offered_seat_is_accepted_for_her(family: Family, database: Database) -> None:
    run = await a_run(family.places, seats=1, sessions=weeks(2, start=now() + 60 * DAY))
    await set_line(run, "offer", by=CLI)
    father = await enrol_for(run, family.father.resident_id, by=family.by)
    mother = await enrol_for(run, family.mother.resident_id, by=family.by)
    await withdraw_for(father.enrolment_id, by=family.by)
    assert (await standing(mother.enrolment_id)).state == "offered"
    for _ in range(2):
        await accept_for(mother.enrolment_id, by=family.by)
    assert (await standing(mother.enrolment_id)).state == "seated"
    noted = "SELECT actor_id FROM trail WHERE action = 'accept_offer'"
    assert await database.value(noted) == family.daughter.resident_id


async def test_she_and_two_carers_at_once_are_one_enrolment(family: Family, database: Database) -> None:
    mother = family.mother.resident_id
    await confirm_at_desk(mother, family.stranger.resident_id, by=CLI)
    run = (await open_run(await a_course(family.places.community), seats=5)).run_id
    asked = [
        *(
            enrol_for(run, mother, by=on_phone(one))
            for one in (family.daughter, family.stranger)
            for _ in range(5)
        ),
        *(enrol(run, mother, "self", by=on_phone(family.mother)) for _ in range(5)),
    ]
    found = await asyncio.gather(*asked)
    assert (len({one.enrolment_id for one in found}), sum(one.is_new for one in found)) == (1, 1)
    assert await database.value("SELECT seats_taken FROM course_run WHERE id = $1", run) == 1
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'enrol'") == 1
