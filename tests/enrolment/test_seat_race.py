"""Many ask for few seats at once, from several processes; each resident asks in every process."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from elderlearn.enrolment import enrol as enrol_module
from elderlearn.enrolment import facts, seat
from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.queries import seats_of
from elderlearn.enrolment.recount import differences
from elderlearn.ground.errors import Refusal
from tests import people_standing as standing
from tests.catalogue.runs_standing import a_run, people
from tests.conftest import Database
from tests.people.processes import PROCESSES, in_processes
from tests.people_standing import CLI

SEATS = 30
ASKING = 120
GUARD = "AND seats_taken < seats AND waiting = 0"


async def ask_for_all(run_id: int, resident_ids: list[int]) -> list[Any]:
    """One process: everybody asks at once."""
    asked = await asyncio.gather(*(_ask(run_id, one) for one in resident_ids))
    return list(asked)


async def ask_without_the_guard(run_id: int, resident_ids: list[int]) -> list[Any]:
    assert GUARD in seat.TAKE_SEAT
    seat.TAKE_SEAT = seat.TAKE_SEAT.replace(GUARD, "")
    facts.LOOKS_FULL = "false"  # or they would go to the line by themselves
    return await ask_for_all(run_id, resident_ids)


async def _ask(run_id: int, resident_id: int) -> tuple[int, str, int | None, bool]:
    try:
        found = await enrol(run_id, resident_id, "self", by=CLI)
    except Exception as failed:
        return resident_id, type(failed).__name__, None, False
    return resident_id, found.state, found.position, found.is_new


async def test_never_one_seat_too_many_and_nobody_twice(database: Database) -> None:
    places = await standing.place_tree()
    run_id, asking = await a_run(places, seats=SEATS), await people(places.community, ASKING)
    answers = await in_processes(ask_for_all, database.url, run_id, asking)
    assert len(answers) == ASKING * PROCESSES >= 200
    new = [one for one in answers if one[3]]
    assert len(new) == len({one[0] for one in new}) == ASKING
    assert sum(one[1] == "seated" for one in new) == SEATS
    assert sorted(one[2] for one in new if one[1] == "waiting") == list(range(1, ASKING - SEATS + 1))
    seats = await seats_of(run_id)
    assert (seats.seats_taken, seats.waiting) == (SEATS, ASKING - SEATS)
    assert await database.value("SELECT count(*) FROM enrolment WHERE state = 'seated'") == SEATS
    assert await differences() == []


async def test_without_the_guard_the_database_itself_refuses(database: Database) -> None:
    places = await standing.place_tree()
    run_id, asking = await a_run(places, seats=5), await people(places.community, 30)
    answers = await in_processes(ask_without_the_guard, database.url, run_id, asking)
    assert {one[1] for one in answers} == {"seated", "CheckViolationError"}
    assert await database.value("SELECT count(*) FROM enrolment WHERE state = 'seated'") == 5


async def test_control_without_guard_and_check_too_many_sit_down(database: Database) -> None:
    await database.execute("ALTER TABLE course_run DROP CONSTRAINT course_run_seats_taken")
    places = await standing.place_tree()
    run_id, asking = await a_run(places, seats=5), await people(places.community, 30)
    await in_processes(ask_without_the_guard, database.url, run_id, asking)
    assert (await seats_of(run_id)).seats_taken > 5


async def ask_for_two_at_the_same_time(database: Database, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many seats one person gets in two runs that meet at once, asking for both at once; every request
    dawdles between looking and taking, so that only the lock can help."""

    async def dawdling(*values: Any) -> seat.Given:
        await asyncio.sleep(0.2)
        return await seat.seat_or_line(*values)

    monkeypatch.setattr(enrol_module, "seat_or_line", dawdling)
    places = await standing.place_tree()
    runs = [await a_run(places) for _ in range(2)]
    await database.execute("UPDATE session SET starts_at = '2030-01-01', ends_at = '2030-01-02'")
    (ping,) = await people(places.community, 1)
    answers = await asyncio.gather(*(enrol(run, ping, "self", by=CLI) for run in runs), return_exceptions=True)
    assert all(isinstance(one, Refusal) for one in answers if isinstance(one, BaseException))
    return int(await database.value("SELECT count(*) FROM enrolment WHERE state = 'seated'"))


async def test_one_person_asking_twice_at_once_never_sits_in_two_rooms(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await ask_for_two_at_the_same_time(database, monkeypatch) == 1


async def test_control_without_the_lock_on_the_person_she_does(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts, "APPLICANT", facts.APPLICANT.replace("FOR NO KEY UPDATE", ""))
    assert await ask_for_two_at_the_same_time(database, monkeypatch) == 2
