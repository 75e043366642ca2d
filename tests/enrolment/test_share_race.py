"""Many ask for few seats at once, some kept for shares, some offered; from several processes, each in both."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import Any

from elderlearn.enrolment import share_seat
from elderlearn.enrolment.accept_offer import accept_offer
from elderlearn.enrolment.decline_offer import decline_offer
from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.recount import differences
from elderlearn.enrolment.set_line import set_line
from elderlearn.enrolment.set_shares import set_shares
from elderlearn.enrolment.shares import WantedShare
from elderlearn.enrolment.withdraw import withdraw
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Refusal, Stale
from elderlearn.jobs.serve_lines import serve_lines
from elderlearn.stewardship.invariants import CHECKS
from tests import people_standing as standing
from tests.catalogue.runs_standing import DAY, a_run, people, weeks
from tests.conftest import Database
from tests.people.processes import PROCESSES, in_processes
from tests.people_standing import CLI

SEATS, KEPT, ASKING = 30, 8, 110
LOCK = "FOR NO KEY UPDATE"


async def rush(run_id: int, resident_ids: list[int]) -> list[Any]:
    """One process: everybody asks at once, every third leaves again, and each answers what is offered to her."""
    return list(await asyncio.gather(*(_one(run_id, id) for id in resident_ids)))


async def rush_without_the_lock(run_id: int, resident_ids: list[int]) -> list[Any]:
    assert LOCK in share_seat.HOLD
    share_seat.HOLD = share_seat.HOLD.replace(LOCK, "")
    return list(await asyncio.gather(*(_one(run_id, id) for id in resident_ids)))


async def _one(run_id: int, id: int) -> str:
    try:
        found = await enrol(run_id, id, "window" if id % 2 else "self", by=CLI)
        if id % 3 == 0:
            await withdraw(found.enrolment_id, by=CLI)
        with suppress(Refusal):
            await (decline_offer if id % 5 == 0 else accept_offer)(found.enrolment_id, by=CLI)
    except Stale:
        return "stale"
    except Exception as failed:
        return type(failed).__name__
    return found.state


async def a_run_with_shares(database: Database) -> tuple[int, list[int]]:
    """The desk and the village keep seats each; half of those who ask are at home elsewhere."""
    places = await standing.place_tree()
    run_id = await a_run(places, seats=SEATS, sessions=weeks(2, start=now() + 60 * DAY))
    await set_line(run_id, "offer", by=CLI)
    later = now() + timedelta(hours=1)
    await set_shares(run_id, [WantedShare(one, KEPT, later) for one in ("desk", "own_village")], by=CLI)
    return run_id, [
        *await people(places.community, ASKING // 2),
        *await people(places.next_community, ASKING // 2),
    ]


async def test_shares_and_offers_hold_in_the_rush(database: Database) -> None:
    run_id, asking = await a_run_with_shares(database)
    answers = await in_processes(rush, database.url, run_id, asking)
    assert len(answers) == ASKING * PROCESSES >= 200
    assert set(answers) <= {"seated", "waiting", "offered", "withdrawn", "declined", "stale"}
    await serve_lines()
    (run,) = await database.fetch("SELECT seats, seats_taken, reserved, waiting FROM course_run")
    assert run["seats_taken"] + run["reserved"] <= run["seats"] == SEATS
    assert run["waiting"] > 0 and run["seats_taken"] + run["reserved"] == SEATS  # nobody waits beside a seat
    wrong = """SELECT count(*) FROM enrolment e JOIN seat_share s ON s.id = e.share
        JOIN resident w ON w.id = e.resident JOIN course_run r ON r.id = e.run
        JOIN organisation o ON o.id = r.organisation
        WHERE (s.audience = 'desk' AND e.channel <> 'window')
            OR (s.audience = 'own_village' AND w.place <> o.place)"""
    assert await database.value(wrong) == 0
    assert await differences() == []
    for words, query in CHECKS.items():
        assert await database.value(query) == 0, words


async def test_control_without_the_lock_and_the_checks_too_many_sit_down(database: Database) -> None:
    run_id, asking = await a_run_with_shares(database)
    await database.execute("ALTER TABLE course_run DROP CONSTRAINT course_run_seats_taken")
    await database.execute("ALTER TABLE seat_share DROP CONSTRAINT seat_share_taken")
    await in_processes(rush_without_the_lock, database.url, run_id, asking)
    assert await database.value("SELECT seats_taken + reserved > seats OR reserved < 0 FROM course_run")
