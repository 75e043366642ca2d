"""A sheet is no way to find strangers, and nobody is in two rooms at once."""

from __future__ import annotations

from datetime import timedelta

from elderlearn.checkin.sheet import record_sheet
from elderlearn.ground.clock import now
from tests import people_standing as standing
from tests.catalogue.runs_standing import a_course, open_run, weeks
from tests.conftest import Database
from tests.people_standing import CLI

YESTERDAY = now() - timedelta(days=1)


async def a_session(places: standing.Places, title: str, start_after: timedelta = timedelta()) -> int:
    course = await a_course(places.community, title=title, name=title)
    made = await open_run(
        course, kind="lecture", entry="drop_in", sessions=weeks(1, start=YESTERDAY + start_after)
    )
    return made.session_ids[0]


async def test_people_of_another_district_are_unknown_until_they_came_with_their_card(database: Database) -> None:
    places, beside = await standing.place_tree(), await standing.place_tree("330110", "余杭区")
    session, stranger = await a_session(places, "书法"), await standing.resident(beside.community)
    sheet = await record_sheet(session, [stranger.resident_id], by=CLI)
    assert [one.reason for one in sheet.refused] == ["unknown_resident"]
    elsewhere = await a_session(beside, "剪纸")
    assert (await record_sheet(elsewhere, [stranger.resident_id], by=CLI)).recorded


async def test_who_is_present_elsewhere_at_that_hour_is_left_out(database: Database) -> None:
    places = await standing.place_tree()
    ping = (await standing.resident(places.community)).resident_id
    first = await a_session(places, "书法")
    overlapping, later = (
        await a_session(places, "合唱", timedelta(hours=1)),
        await a_session(places, "剪纸", timedelta(hours=2)),
    )
    assert (await record_sheet(first, [ping], by=CLI)).recorded
    assert [one.reason for one in (await record_sheet(overlapping, [ping], by=CLI)).refused] == ["elsewhere"]
    assert (await record_sheet(later, [ping], by=CLI)).recorded
    assert (await record_sheet(first, [ping], by=CLI)).already_present == (ping,)
    assert await database.value("SELECT count(*) FROM attendance") == 2
