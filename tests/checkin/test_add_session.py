from __future__ import annotations

import asyncio
import importlib
from datetime import timedelta
from typing import Any

import pytest

from elderlearn.catalogue.change_course import end_course
from elderlearn.catalogue.queries import run_card
from elderlearn.catalogue.schedule import Times
from elderlearn.catalogue.session_queries import sessions_of
from elderlearn.checkin.add_session import add_session
from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.recount import differences
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from tests import people_standing as standing
from tests.catalogue.runs_standing import HOUR, a_course, a_run, open_run, people, weeks
from tests.conftest import Database
from tests.people_standing import CLI

add_session_file = importlib.import_module("elderlearn.checkin.add_session")
SOON = now() + timedelta(days=30)
EVENING = Times(SOON, SOON + 2 * HOUR)


async def test_the_run_is_longer_by_one(database: Database) -> None:
    run = await a_run(await standing.place_tree())
    added = await add_session(run, EVENING, by=CLI)
    card = await run_card(run)
    assert (card.sessions_count, card.planned_minutes, card.ends_at) == (3, 360, EVENING.ends_at)
    assert added in {one.id for one in await sessions_of(run)}
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'add_session'") == 1


async def test_a_second_session_makes_those_with_a_seat_count_as_enrolled(database: Database) -> None:
    places = await standing.place_tree()
    run = await a_run(places, sessions=weeks(1))
    (ping,) = await people(places.community, 1)
    await enrol(run, ping, "self", by=CLI)
    assert await database.value("SELECT count(*) FROM enrolled_period") == 0
    await add_session(run, EVENING, by=CLI)
    assert await database.value("SELECT count(*) FROM enrolled_period") > 0
    assert list(await differences()) == []


async def test_sent_twice_at_once_it_is_there_once(database: Database) -> None:
    run = await a_run(await standing.place_tree())
    answers = await asyncio.gather(*(add_session(run, EVENING, by=CLI) for _ in range(6)), return_exceptions=True)
    refused = [one for one in answers if isinstance(one, Refusal)]
    assert len(refused) == 5
    assert {one.code for one in refused} == {"session_is_there"}
    assert (await run_card(run)).sessions_count == 3


async def test_a_closed_run_an_ended_course_and_wrong_times_are_refused(database: Database) -> None:
    places = await standing.place_tree()
    run = await a_run(places)
    with pytest.raises(Refusal, match="invalid_sessions"):
        await add_session(run, Times(SOON, SOON), by=CLI)
    with pytest.raises(Missing):
        await add_session(2**40, EVENING, by=CLI)
    with pytest.raises(Refusal, match="unknown_venue"):
        await add_session(run, EVENING, venue_id=2**40, by=CLI)
    ended = await open_run(await a_course(places.street))
    await database.execute("UPDATE course SET state = 'ended' WHERE id <> $1", (await run_card(run)).course_id)
    with pytest.raises(Refusal, match="course_ended"):
        await add_session(ended.run_id, EVENING, by=CLI)
    await database.execute("UPDATE course_run SET closed_at = now() WHERE id = $1", run)
    with pytest.raises(Refusal, match="run_closed"):
        await add_session(run, EVENING, by=CLI)
    assert (await run_card(run)).sessions_count == 2


async def test_a_course_does_not_end_while_a_session_is_added(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = await standing.place_tree()
    run = await a_run(places, sessions=weeks(1, start=now() - timedelta(days=9)))
    course_id = (await run_card(run)).course_id
    has_looked, insert = asyncio.Event(), add_session_file._insert

    async def insert_late(*values: Any) -> Any:
        has_looked.set()
        await asyncio.sleep(0.3)
        return await insert(*values)

    async def end() -> None:
        await has_looked.wait()
        await end_course(course_id, by=CLI)

    monkeypatch.setattr(add_session_file, "_insert", insert_late)
    added, ended = await asyncio.gather(add_session(run, EVENING, by=CLI), end(), return_exceptions=True)
    assert isinstance(added, int)
    assert isinstance(ended, Refusal) and ended.code == "runs_are_open"
