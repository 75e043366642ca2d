from __future__ import annotations

import pytest

from elderlearn.checkin.recount import differences
from elderlearn.cli.seed import CLI, demo_sign_ins, is_sample_wanted, seed_sample
from elderlearn.ground.clock import today
from elderlearn.ground.crypto import decrypt
from elderlearn.ground.errors import Refusal
from elderlearn.participation.by_unit import rates_by_unit
from elderlearn.participation.elders_on_file import open_alarms
from elderlearn.participation.queries import rates_by_place
from elderlearn.people.documents import read_document
from elderlearn.places.queries import place_by_code
from elderlearn.sample.seed import LINPING, seed
from elderlearn.stewardship.invariants import broken_invariants
from tests.checkin.hall import a_hall
from tests.conftest import Database

ELDERS, VISITS = 400, 3000
FILLED = "resident, organisation, elder_population, staff, stat_period, attendance, attended_day"


async def test_the_sample_is_whole_right_and_marked_as_sample(database: Database) -> None:
    written = await seed_sample(elders=ELDERS, attendances=VISITS, seed=7)
    assert await database.value("SELECT count(*) FROM attendance") == written
    assert abs(written - VISITS) < VISITS * 0.1
    assert not await differences()
    await _figures_add_up()
    assert await database.value("SELECT is_sample AND sample_state = 'ready' FROM district_setting")
    assert await database.value("SELECT count(*) FROM course_run WHERE seats_taken > seats") == 0
    assert await _id_numbers_are_nobodys(database)
    assert {audience for audience, _, _ in await demo_sign_ins()} >= {"resident", "leader", "officer", "district"}
    assert not await is_sample_wanted()
    holidays = await database.fetch("SELECT name FROM holiday WHERE extract(year FROM on_date) = 2026")
    assert len(holidays) == 33 and all(one["name"].endswith("（示例）") for one in holidays)


async def test_the_same_seed_makes_the_same_sample(servers: object, database: Database) -> None:
    await seed_sample(elders=ELDERS, attendances=VISITS, seed=7)
    first = await _digest(database)
    await database.execute(f"TRUNCATE {FILLED} CASCADE")
    await database.execute("ALTER SEQUENCE resident_id_seq RESTART")
    await seed_sample(elders=ELDERS, attendances=VISITS, seed=7)
    assert await _digest(database) == first


async def test_a_demo_also_has_rounds_kept_seats_an_offer_and_a_carer(database: Database) -> None:
    await seed_sample(elders=ELDERS, attendances=VISITS, seed=7, with_examples=True)
    for table in ("enrolment_round", "seat_share", "carer_link"):
        assert await database.value(f"SELECT count(*) FROM {table}") > 0, table
    offered = "SELECT resident FROM enrolment WHERE state = 'offered'"
    assert await database.value(offered) == await database.value("SELECT elder FROM carer_link")
    assert await database.value("SELECT count(*) FROM enrolment WHERE state = 'waiting' AND line_no > 0") > 0
    assert {audience for audience, _, _ in await demo_sign_ins()} >= {"resident", "carer", "desk"}
    assert not await differences() and not await broken_invariants()


async def test_a_sample_never_mixes_with_people(database: Database) -> None:
    await seed_sample(elders=ELDERS, attendances=0, seed=7)
    try:
        await seed(elders=ELDERS, attendances=10, seed=8, by=CLI)
    except Refusal as refusal:
        assert refusal.code == "not_empty"
    else:
        raise AssertionError("a second sample went in")


async def _figures_add_up() -> None:
    district = (await place_by_code(LINPING)).id
    report = await rates_by_place(district, str(today().year), "town_street", district)
    assert report.total.elders == ELDERS
    assert sum(line.regulars for line in report.lines) == report.total.regulars > 0
    zone, rest = (await rates_by_unit(district, str(today().year))).rates.lines
    assert zone.elders and zone.name.endswith("（非官方）") and rest.is_unassigned
    assert zone.learners + rest.learners == report.total.learners > zone.learners > 0
    assert not await open_alarms(district)


async def _id_numbers_are_nobodys(database: Database) -> bool:
    found = await database.fetch("SELECT document_cipher FROM resident WHERE document_cipher IS NOT NULL")
    numbers = [decrypt(one["document_cipher"]) for one in found]
    return len(numbers) > 100 and all(
        number.startswith("99") and read_document("id_card", number).number == number for number in numbers
    )


async def _digest(database: Database) -> str:
    found: str = await database.value(
        """SELECT md5(string_agg(r.name || r.born_on || a.on_date || c.title, ',' ORDER BY r.id, a.attended_at))
        FROM attendance a JOIN resident r ON r.id = a.resident JOIN course_run n ON n.id = a.run
        JOIN course c ON c.id = n.course"""
    )
    return found


@pytest.mark.parametrize("have_come", [False, True])
async def test_a_district_with_people_is_left_exactly_as_it_is(database: Database, have_come: bool) -> None:
    hall = await a_hall(count=1)
    if have_come:
        await hall.scan(hall.anna)
    before = await _everything(database)
    for fill in (seed_sample(elders=9, seed=8), seed(elders=9, attendances=9, seed=8, by=CLI)):
        with pytest.raises(Refusal, match="not_empty"):
            await fill
    assert await _everything(database) == before


async def _everything(database: Database) -> list[object]:
    tables = ("place", "district_setting", "resident", "staff", "course_run", "target", "trail")
    return [await database.fetch(f"SELECT * FROM {table} ORDER BY id") for table in tables]
