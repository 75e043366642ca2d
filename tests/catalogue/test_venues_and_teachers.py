from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from elderlearn.catalogue.session_queries import sessions_of
from elderlearn.catalogue.teachers import add_teacher, change_teacher, end_teacher
from elderlearn.catalogue.venue_queries import TEACHER_ORDERS, VENUE_ORDERS, teacher, teachers, venue, venues
from elderlearn.catalogue.venues import add_venue, change_venue, end_venue
from elderlearn.ground.clock import now, today
from elderlearn.ground.errors import Missing, Refusal
from tests import people_standing as standing
from tests.catalogue.runs_standing import DAY, a_course, open_run, weeks
from tests.conftest import Database
from tests.people_standing import CLI, Places


async def a_venue(places: Places, **changes: Any) -> int:
    good = {"name": "Room 201", "address": "", "capacity": 40, "place_code": places.community.code}
    return await add_venue(**(good | changes), by=CLI)


async def a_teacher(places: Places, **changes: Any) -> int:
    good = {"district_id": places.district.id, "name": "Zhou Lan", "engagement": "volunteer"}
    return await add_teacher(**(good | changes), by=CLI)


async def test_all_sessions_of_a_run_are_held_there_by_her(database: Database) -> None:
    places = await standing.place_tree()
    room, zhou = await a_venue(places), await a_teacher(places)
    added = await open_run(await a_course(places.street), venue_id=room, teacher_id=zhou)
    held = {(one.venue, one.teacher) for one in await sessions_of(added.run_id)}
    assert held == {("Room 201", "Zhou Lan")}
    assert (await venue(room)).sessions_left == (await teacher(zhou)).sessions_left == 2


async def test_neither_ends_while_a_session_counts_on_it(database: Database) -> None:
    places = await standing.place_tree()
    room, zhou = await a_venue(places), await a_teacher(places)
    course = await a_course(places.street)
    await open_run(course, venue_id=room, teacher_id=zhou)
    for ending in (end_venue(room, today(), by=CLI), end_teacher(zhou, today(), by=CLI)):
        with pytest.raises(Refusal) as refused:
            await ending
        assert (refused.value.code, refused.value.values) == ("sessions_are_planned", {"sessions": 2})


async def test_an_ended_one_keeps_what_was_held_and_takes_nothing_new(database: Database) -> None:
    places = await standing.place_tree()
    room, zhou = await a_venue(places), await a_teacher(places)
    course = await a_course(places.street)
    past = await open_run(course, sessions=weeks(1, start=now() - 60 * DAY), venue_id=room, teacher_id=zhou)
    for _ in range(2):
        await end_venue(room, date(2026, 6, 30), by=CLI)
        await end_teacher(zhou, date(2026, 6, 30), by=CLI)
    assert (await sessions_of(past.run_id))[0].venue == "Room 201"
    with pytest.raises(Refusal, match="unknown_venue"):
        await open_run(course, venue_id=room)
    with pytest.raises(Refusal, match="unknown_teacher"):
        await open_run(course, teacher_id=zhou)
    assert await venues(places.district.id) == []
    assert await teachers(places.district.id) == []
    assert [one.id for one in await venues(places.district.id, with_ended=True)] == [room]
    assert [one.id for one in await teachers(places.district.id, with_ended=True)] == [zhou]
    assert await database.value("SELECT count(*) FROM trail WHERE action IN ('end_venue', 'end_teacher')") == 2


async def test_changes_are_noted_once(database: Database) -> None:
    places = await standing.place_tree()
    room, zhou = await a_venue(places), await a_teacher(places)
    for _ in range(2):
        await change_venue(room, name="Hall", address="1 Canal Road", capacity=None, by=CLI)
        await change_teacher(zhou, name="Zhou Lan", engagement="full_time", by=CLI)
    assert ((await venue(room)).name, (await venue(room)).capacity) == ("Hall", None)
    assert (await teacher(zhou)).engagement == "full_time"
    assert await database.value("SELECT count(*) FROM trail WHERE action LIKE 'change_%'") == 2


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " "}, "invalid_name"),
        ({"capacity": 0}, "invalid_capacity"),
        ({"place_code": "1"}, "unknown_place"),
    ],
)
async def test_a_wrong_venue_is_refused(database: Database, change: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        await a_venue(await standing.place_tree(), **change)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": "x" * 61}, "invalid_name"),
        ({"name": "<b>😀"}, "invalid_name"),
        ({"engagement": "now and then"}, "invalid_engagement"),
    ],
)
async def test_a_wrong_teacher_is_refused(database: Database, change: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        await a_teacher(await standing.place_tree(), **change)


async def test_what_is_not_there_is_missing(database: Database) -> None:
    gone = 2**40
    for asked in (
        end_venue(gone, today(), by=CLI),
        change_venue(gone, name="x", address="", capacity=None, by=CLI),
        end_teacher(gone, today(), by=CLI),
        change_teacher(gone, name="x", engagement="volunteer", by=CLI),
    ):
        with pytest.raises(Missing):
            await asked


async def test_another_district_knows_neither(database: Database) -> None:
    here, other = await standing.place_tree(), await standing.place_tree("330199", "邻区")
    room, zhou = await a_venue(here), await a_teacher(here)
    course = await a_course(other.street)
    with pytest.raises(Refusal, match="unknown_venue"):
        await open_run(course, venue_id=room)
    with pytest.raises(Refusal, match="unknown_teacher"):
        await open_run(course, teacher_id=zhou)
    assert await venues(other.district.id) == []
    assert await teachers(other.district.id) == []


async def test_both_stand_in_the_order_asked_for_page_after_page(database: Database) -> None:
    places = await standing.place_tree()
    hall = await a_venue(places, name="云厅", capacity=None)  # yun ting
    room = await a_venue(places, name="安室", capacity=20)  # an shi
    yard = await a_venue(places, name="大院", capacity=90, place_code=places.other_community.code)  # da yuan
    zhou = await a_teacher(places, name="周兰", engagement="full_time")
    bai = await a_teacher(places, name="白云")
    await open_run(await a_course(places.street), venue_id=hall, teacher_id=zhou)
    rooms = {
        "place": [room, hall, yard],
        "name": [room, yard, hall],
        "capacity": [yard, room, hall],
        "sessions": [hall, room, yard],
    }
    people = {"name": [bai, zhou], "engagement": [zhou, bai], "sessions": [zhou, bai]}
    district = places.district.id
    for order, ids in rooms.items():
        pages = [await venues(district, order=order, limit=2, offset=offset) for offset in (0, 2)]
        assert [one.id for page in pages for one in page] == ids, order
    for order, ids in people.items():
        found = [await teachers(district, order=order, limit=1, offset=offset) for offset in (0, 1)]
        assert [one.id for page in found for one in page] == ids, order
    assert set(rooms) == set(VENUE_ORDERS) and set(people) == set(TEACHER_ORDERS)
