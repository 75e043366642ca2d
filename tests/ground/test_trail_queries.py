"""What was changed on a thing, and in a district."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from elderlearn.ground.actor import SYSTEM, Actor
from elderlearn.ground.clock import today
from elderlearn.ground.trail import note
from elderlearn.ground.trail_queries import changes_in, changes_of, changes_of_all
from tests import people_standing as standing
from tests.conftest import Database


@pytest.fixture
async def places(database: Database) -> standing.Places:
    return await standing.place_tree()


async def test_the_last_changes_of_a_thing_come_first_with_the_name_of_who_did_them(
    places: standing.Places,
) -> None:
    officer = await standing.officer(places.street)
    await note("add_run", by=officer.by(), subject="course_run", subject_id=3, district=places.district.id)
    await note("change_seats", by=SYSTEM, subject="course_run", subject_id=3, seats=[20, 25])
    await note("add_run", by=SYSTEM, subject="course_run", subject_id=4)
    found = await changes_of("course_run", 3)
    assert [(one.action, one.who, one.door) for one in found] == [
        ("change_seats", None, "job"),
        ("add_run", officer.name, "office"),
    ]
    assert found[0].detail == {"seats": [20, 25]}
    assert len(await changes_of("course_run", 3, limit=1)) == 1
    assert {one.subject_id for one in await changes_of_all([("course_run", 3), ("course_run", 4)])} == {3, 4}


async def test_a_district_sees_its_own_and_what_its_people_did_only(places: standing.Places) -> None:
    other = await standing.place_tree("330199", "别的区")
    mine, theirs = await standing.officer(places.street), await standing.officer(other.street)
    await note("set_password", by=mine.by(), subject="staff", subject_id=1)
    await note("set_password", by=theirs.by(), subject="staff", subject_id=2)
    await note(
        "withdraw",
        by=Actor("resident", 9, "resident"),
        subject="enrolment",
        subject_id=5,
        district=other.district.id,
    )
    found = await changes_in(places.district.id, actions=["set_password", "withdraw"])
    assert [(one.action, one.who) for one in found] == [("set_password", mine.name)]


async def test_it_is_filtered_by_who_what_and_day_and_read_on_page_by_page(places: standing.Places) -> None:
    one, two = await standing.officer(places.street), await standing.officer(places.other_street)
    for by, action in ((one, "add_run"), (two, "add_run"), (one, "change_seats")):
        await note(action, by=by.by(), subject="course_run", subject_id=3, district=places.district.id)
    there = places.district.id
    assert [c.action for c in await changes_in(there, who=one.name)] == ["change_seats", "add_run"]
    assert [c.who for c in await changes_in(there, actions=["add_run"])] == [two.name, one.name]
    assert await changes_in(there, who=one.name, on=today() - timedelta(days=1)) == []
    assert len(await changes_in(there, who=one.name, on=today())) == 2
    first = await changes_in(there, actions=["add_run"], limit=1)
    assert [c.who for c in await changes_in(there, actions=["add_run"], before_id=first[0].id)] == [one.name]
    assert await changes_in(there, who="\0nobody", on=date(2020, 1, 1)) == []
