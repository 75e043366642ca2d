"""Who belongs to a run and what came of it; who visits a society."""

from __future__ import annotations

from datetime import timedelta

import pytest

from elderlearn.catalogue.members import join, leave
from elderlearn.catalogue.schedule import Times
from elderlearn.checkin.run_people import RunTotals, run_people, run_totals
from elderlearn.checkin.sheet import record_sheet
from elderlearn.checkin.society_visitors import has_visited, visitors_of
from elderlearn.enrolment.enrol import enrol
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import value
from tests import people_standing as standing
from tests.catalogue.runs_standing import DAY, HOUR, a_course, open_run
from tests.conftest import Database
from tests.people_standing import CLI, Places


@pytest.fixture
async def places(database: Database) -> Places:
    return await standing.place_tree()


async def test_seats_the_line_in_its_order_and_guests_with_masked_names(places: Places) -> None:
    leader = await standing.leader(places.street)
    first = now() - 3 * HOUR
    sessions = tuple(Times(at, at + HOUR) for at in (first, first + 7 * DAY))
    course = await a_course(places.community)
    run = await open_run(course, seats=1, sessions=sessions, leaders=(leader.id,))
    made = [await standing.resident(places.community, name=name) for name in ("赵一", "钱二", "孙三", "李四")]
    for one in (made[0], made[2], made[1]):
        await enrol(run.run_id, one.resident_id, "self", by=CLI)
    await record_sheet(run.session_ids[0], [made[0].resident_id, made[3].resident_id], by=CLI)
    people = await run_people(run.run_id, by=leader.by("leader"))
    assert [(one.name, one.state, one.position, one.came) for one in people] == [
        ("赵一", "seated", None, 1),
        ("孙三", "waiting", 1, 0),
        ("钱二", "waiting", 2, 0),
        ("李**", "guest", None, 1),
    ]
    assert await run_totals(run.run_id, by=leader.by("leader")) == RunTotals(held=1, visits=2, learners=2)


async def test_what_is_not_hers_is_not_there(places: Places) -> None:
    run = await open_run(await a_course(places.community))
    for question in (run_people, run_totals):
        for run_id in (run.run_id, 987654):
            with pytest.raises(Missing):
                await question(run_id, by=(await standing.leader(places.street)).by("leader"))


async def test_visitors_of_a_society_are_those_who_are_no_members(places: Places) -> None:
    begun = now() - 3 * HOUR
    course = await a_course(places.community, kind="society")
    society = await value("SELECT organisation FROM course WHERE id = $1", course)
    sessions = tuple(Times(at, at + HOUR) for at in (begun - timedelta(days=400), begun))
    run = await open_run(course, entry="members", seats=None, sessions=sessions)
    old, faithful, member = [
        (await standing.resident(places.community, name=name)).resident_id for name in ("旧人", "常客", "社员")
    ]
    await join(society, member, by=CLI)
    await record_sheet(run.session_ids[0], [old], by=CLI)
    await record_sheet(run.session_ids[1], [faithful, member], by=CLI)
    assert [(one.resident_id, one.name_masked, one.visits) for one in await visitors_of(society)] == [
        (faithful, "常**", 1)
    ]
    assert await has_visited(society, old) and not await has_visited(society, 987654)
    await leave(society, member, by=CLI)
    assert {one.resident_id for one in await visitors_of(society)} == {faithful, member}
