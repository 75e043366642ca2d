"""What was held in a place: lines add up, whoever came, and persons are never added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from elderlearn.checkin.claim import Claim
from elderlearn.checkin.receive import receive
from elderlearn.checkin.say_here import say_here
from elderlearn.checkin.tick import tick
from elderlearn.checkin.void import void
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import rows, value
from elderlearn.participation.organiser import Held, Organisers, held_in
from elderlearn.participation.organiser_runs import organiser, runs_held
from elderlearn.participation.queries import rates_by_place
from elderlearn.people.register import Registered
from elderlearn.places.queries import PlaceRow
from tests import people_standing as standing
from tests.catalogue.runs_standing import HOUR, a_course, an_organisation, open_run, weeks
from tests.checkin.hall import CLI, TEN, Hall, a_hall, call_off

YEAR = "2025"


@dataclass(frozen=True)
class Town:
    """`sessions` of each organisation, and who may come."""

    hall: Hall
    sessions: tuple[tuple[int, ...], ...]
    people: tuple[Registered, ...]


async def held(place: PlaceRow, year: str = YEAR) -> Organisers:
    return await held_in(place.district_id, year, place.id)


async def a_second_hall(hall: Hall, place: PlaceRow, count: int = 2) -> tuple[int, ...]:
    """Talks of one hour in another place, on other days."""
    course = await a_course(place, title="健康讲座", name=f"{place.name}学堂")
    run = await open_run(
        course, kind="lecture", entry="drop_in", leaders=(hall.leader.id,), seats=None, opens_at=None,
        closes_at=None, sessions=weeks(count, start=TEN + timedelta(days=1), length=timedelta(hours=1)),
    )  # fmt: skip
    hall.starts |= {one: TEN + timedelta(days=1 + 7 * no) for no, one in enumerate(run.session_ids)}
    return run.session_ids


async def test_a_street_that_teaches_its_neighbours_sees_its_work(database: Any) -> None:
    hall = await a_hall()
    await hall.scan(hall.bao)
    here, there = hall.places.street, hall.places.other_street
    assert (await held(here)).total == Held(2, 240, 1, 120, 1)
    assert (await held(there)).total == Held()
    by_home = await rates_by_place(hall.places.district.id, YEAR, "community", here.id)
    assert by_home.total.visits == 0


async def test_guests_and_the_young_are_visits_too(database: Any) -> None:
    hall = await a_hall()
    young = await standing.resident(hall.places.community, name="小青", born_on=date(1990, 1, 1))
    for one in (hall.anna, young):
        await hall.scan(one)
    assert (await held(hall.places.community)).total.persons == 2


async def test_a_session_is_held_when_it_has_begun_and_was_not_called_off(database: Any) -> None:
    hall = await a_hall(3)
    await call_off(hall.session_ids[0])
    coming = await open_run(hall.course_id, sessions=weeks(2))
    assert coming.session_ids
    assert (await held(hall.places.street)).total.sessions == 2
    this_year = str((await value("SELECT on_date FROM session WHERE id = $1", coming.session_ids[0])).year)
    assert (await held(hall.places.street, this_year)).total.sessions == 0
    assert (await held(hall.places.street, "2019")).total == Held()


async def test_one_person_of_two_organisations_is_one_person_of_the_street(database: Any) -> None:
    hall = await a_hall()
    talks = await a_second_hall(hall, hall.places.next_community)
    await hall.scan(hall.anna)
    await hall.scan(hall.anna, talks[0])
    found = await held(hall.places.street)
    assert [line.held.persons for line in found.lines] == [1, 1]
    assert (found.total.persons, found.total.visits) == (1, 2)


async def test_organisations_of_the_district_itself_stand_beside_its_streets(database: Any) -> None:
    hall = await a_hall()
    talks = await a_second_hall(hall, hall.places.district)
    await hall.scan(hall.anna, talks[0])
    found = await held(hall.places.district)
    assert [(line.kind, line.held.sessions) for line in found.lines] == [
        ("elder_academy", 2), ("town_street", 2), ("town_street", 0),
    ]  # fmt: skip
    assert found.total == Held(4, 360, 1, 90, 1)
    assert found.lines[0].by_hand is None  # nobody reads all attendances of a district for a page


async def test_an_ended_organisation_stays_in_the_years_it_held_something(database: Any) -> None:
    hall = await a_hall()
    await an_organisation(hall.places.community, name="新学堂")
    await rows("UPDATE organisation SET ended_on = '2026-01-01' WHERE name = '星桥老年学堂'")
    assert [line.name for line in (await held(hall.places.street)).lines] == ["新学堂", "星桥老年学堂"]
    assert [line.name for line in (await held(hall.places.street, "2019")).lines] == ["新学堂"]


async def test_what_was_ticked_or_typed_from_paper_is_by_hand_until_it_is_taken_back(database: Any) -> None:
    hall = await a_hall()
    await hall.scan(hall.anna)
    await tick(hall.session_ids[0], hall.bao.resident_id, by=CLI)
    [line] = (await held(hall.places.street)).lines
    assert (line.by_hand, line.held.visits) == (1, 2)
    await void(await value("SELECT id FROM attendance WHERE source = 'tick'"), reason="was not there", by=CLI)
    [line] = (await held(hall.places.street)).lines
    assert (line.by_hand, line.held.visits) == (0, 1)


async def test_what_people_said_on_their_own_phones_has_its_own_share(database: Any) -> None:
    hall = await a_hall(1)
    [session] = await hall.run(now() - HOUR / 4)
    for who in (hall.anna, hall.bao):
        claim = Claim(uuid4(), session, now(), is_printed=False)
        await say_here(claim, by=Actor("resident", who.resident_id, "resident"))
    year = str((await value("SELECT on_date FROM session WHERE id = $1", session)).year)
    [line] = (await held(hall.places.street, year)).lines
    assert (line.by_hand, line.by_phone, line.held.visits) == (0, 2, 2)
    found = await runs_held(line.id, hall.places.district.id, year)
    assert (found.by_hand, found.by_phone, found.runs[0].by_phone) == (0, 2, 2)


async def test_the_runs_of_an_organisation_add_up_to_its_line(database: Any) -> None:
    hall = await a_hall()
    [extra] = await hall.run(TEN + timedelta(days=2))
    for session in (hall.session_ids[0], extra):
        await hall.scan(hall.anna, session)
    await tick(extra, hall.bao.resident_id, by=CLI)
    [line] = (await held(hall.places.street)).lines
    found = await runs_held(line.id, hall.places.district.id, YEAR)
    assert (found.total, found.by_hand, found.by_phone) == (line.held, line.by_hand, line.by_phone)
    assert [(run.held.sessions, run.held.persons, run.by_hand) for run in found.runs] == [(2, 1, 0), (1, 2, 1)]
    assert (await organiser(line.id)).place_id == hall.places.community.id
    with pytest.raises(Missing):
        await organiser(line.id + 1000)


@pytest.fixture
async def town(database: Any) -> Town:
    """An organisation in each of five places, the district itself among them."""
    hall = await a_hall(3)
    at = hall.places
    elsewhere = (at.next_community, at.other_community, at.other_street, at.district)
    talks = [await a_second_hall(hall, place, 3) for place in elsewhere]
    people = (hall.anna, hall.bao, await standing.resident(at.street, name="街上"))
    return Town(hall, (hall.session_ids, *talks), people)


@settings(
    max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    visits=st.sets(st.tuples(st.integers(0, 4), st.integers(0, 2), st.integers(0, 2)), max_size=12),
    off=st.sets(st.tuples(st.integers(0, 4), st.integers(0, 2)), max_size=3),
)
async def test_streets_add_up_to_the_district_and_organisations_to_the_street(
    town: Town, visits: set[tuple[int, int, int]], off: set[tuple[int, int]]
) -> None:
    """Over days that fill up from example to example."""
    hall = town.hall
    items = [hall.item(town.people[who], town.sessions[where][no]) for where, no, who in sorted(visits)]
    if items:
        await receive(items, by=hall.by)
    await rows("UPDATE session SET state = 'planned'")
    for where, no in off:
        await call_off(town.sessions[where][no])
    await check_sums(hall)


async def check_sums(hall: Hall) -> None:
    for place in (hall.places.district, *hall.places.streets):
        found = await held(place)
        for one in ("sessions", "taught_minutes", "visits", "attended_minutes"):
            assert sum(getattr(line.held, one) for line in found.lines) == getattr(found.total, one)
        counted = await value(
            """SELECT count(*) FROM attendance a JOIN organisation o ON o.id = a.organisation
            JOIN place p ON p.id = o.place
            WHERE $1 IN (p.id, p.parent, p.district) AND a.voided_at IS NULL""",
            place.id,
        )
        assert found.total.visits == counted
        assert found.total.persons <= sum(line.held.persons for line in found.lines)
