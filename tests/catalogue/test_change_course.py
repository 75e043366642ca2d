from __future__ import annotations

from datetime import timedelta

import pytest

from elderlearn.catalogue.change_course import change_course, end_course
from elderlearn.catalogue.course_queries import SoughtCourse, course, courses, how_many_courses
from elderlearn.catalogue.queries import STAGES, Wanted, how_many_runs, open_runs
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from tests import people_standing as standing
from tests.catalogue.runs_standing import DAY, a_course, open_run, weeks
from tests.conftest import Database
from tests.people_standing import CLI

AGO = timedelta(days=60)


async def test_title_and_subject_change_once(database: Database) -> None:
    one = await a_course((await standing.place_tree()).street)
    for _ in range(2):
        await change_course(one, title=" Tai  chi ", subject="health", by=CLI)
    assert ((await course(one)).title, (await course(one)).subject) == ("Tai chi", "health")
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'change_course'") == 1
    with pytest.raises(Refusal, match="invalid_name"):
        await change_course(one, title=" ", subject="", by=CLI)
    with pytest.raises(Missing):
        await change_course(2**40, title="x", subject="", by=CLI)


async def test_it_ends_when_its_runs_are_over_and_then_stays_as_it_is(database: Database) -> None:
    places = await standing.place_tree()
    one = await a_course(places.street)
    await open_run(one, sessions=weeks(1, start=now() - AGO))
    busy = await a_course(places.street)
    await open_run(busy)
    with pytest.raises(Refusal, match="runs_are_open"):
        await end_course(busy, by=CLI)
    for _ in range(2):
        await end_course(one, by=CLI)
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'end_course'") == 1
    for again in (change_course(one, title="x", subject="", by=CLI), open_run(one)):
        with pytest.raises(Refusal, match="course_ended"):
            await again


async def test_the_list_finds_by_words_state_and_place(database: Database) -> None:
    places = await standing.place_tree()
    tai = await a_course(places.community, title="Tai chi")
    ink = await a_course(places.other_community, title="Ink", release=False)
    here = SoughtCourse(places.district.id)
    assert [one.id for one in await courses(here)] == [ink, tai]
    assert await how_many_courses(here) == 2
    assert [one.id for one in await courses(SoughtCourse(places.street.id))] == [tai]
    assert [one.id for one in await courses(SoughtCourse(places.district.id, "draft"))] == [ink]
    assert [one.id for one in await courses(SoughtCourse(places.district.id, words="chi"))] == [tai]


async def test_each_stage_of_a_run_is_found(database: Database) -> None:
    places = await standing.place_tree()
    released = await a_course(places.street)
    opening = (await open_run(released)).run_id
    running = (
        await open_run(released, sessions=weeks(3, start=now() - 8 * DAY), closes_at=now() - DAY / 2)
    ).run_id
    over = (await open_run(released, sessions=weeks(1, start=now() - AGO), closes_at=now() - DAY / 2)).run_id
    draft = (await open_run(await a_course(places.street, release=False))).run_id
    expected = {"draft": {draft}, "open": {opening}, "running": {running}, "over": {over}}
    for stage in STAGES:
        wanted = Wanted(stage=stage, with_drafts=True)
        assert {one.id for one in await open_runs(wanted)} == expected[stage], stage
        assert await how_many_runs(wanted) == 1
