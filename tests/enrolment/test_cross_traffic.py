"""Many residents in many runs from several processes at once: nobody waits in a ring, every rule holds after."""

from __future__ import annotations

import asyncio
import os
import random
from typing import Any

from elderlearn.enrolment.change_seats import change_seats
from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.queries import standing_of
from elderlearn.enrolment.recount import differences
from elderlearn.enrolment.withdraw import withdraw
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Refusal, Stale
from tests import people_standing as standing
from tests.catalogue.runs_standing import DAY, a_run, people, weeks
from tests.conftest import Database
from tests.people.processes import in_processes
from tests.people_standing import CLI

STEPS = 100  # of each of four walkers in each process


async def traffic(run_ids: list[int], resident_ids: list[int]) -> list[Any]:
    """What went wrong otherwise than by a rule, and how often somebody was sent away to try again."""
    walks = [_walk(run_ids, resident_ids, random.Random(f"{os.getpid()} {number}")) for number in range(4)]
    return [one for walk in await asyncio.gather(*walks) for one in walk]


async def _walk(run_ids: list[int], resident_ids: list[int], chance: random.Random) -> list[str]:
    said = []
    for _ in range(STEPS):
        try:
            await _step(chance.choice(run_ids), chance.choice(resident_ids), chance.random(), chance)
        except Refusal:
            said.append("refused")
        except Stale:
            said.append("stale")
        except Exception as failed:
            said.append(repr(failed))
    return said


async def _step(run_id: int, resident_id: int, lot: float, chance: random.Random) -> None:
    if lot < 0.55:
        await enrol(run_id, resident_id, "self", by=CLI)
    elif lot < 0.9:
        found = await standing_of(run_id, resident_id)
        if found is not None:
            await withdraw(found.id, by=CLI)
    else:
        await change_seats(run_id, chance.randint(1, 5), by=CLI)


async def test_no_ring_of_waiting_and_every_invariant_after(database: Database) -> None:
    places = await standing.place_tree()
    start = now() + 7 * DAY
    runs = [await a_run(places, seats=3, sessions=weeks(2, start=start + DAY * (no % 3))) for no in range(6)]
    who = await people(places.community, 12)
    said = await in_processes(traffic, database.url, runs, who)
    assert set(said) <= {"refused", "stale"}
    assert said.count("refused") > 10
    assert said.count("stale") < 10
    assert await differences() == []
    assert await database.value("SELECT count(*) FROM course_run WHERE seats_taken > seats") == 0
    twice_at_once = await database.value(
        """SELECT count(*) FROM enrolment a JOIN enrolment b ON b.resident = a.resident AND b.run > a.run
        JOIN session s ON s.run = a.run JOIN session t ON t.run = b.run
            AND s.starts_at < t.ends_at AND t.starts_at < s.ends_at
        WHERE a.state = 'seated' AND b.state = 'seated'"""
    )
    assert twice_at_once == 0
