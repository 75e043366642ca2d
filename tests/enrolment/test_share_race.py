"""Many ask for few seats at once, some kept for shares, some offered; from several processes, each in both."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from elderlearn.enrolment import line, share_seat
from elderlearn.enrolment.accept_offer import accept_offer
from elderlearn.enrolment.decline_offer import decline_offer
from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.enrol_together import enrol_together
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
COUPLE = {1: 1, 2: -1, 7: 1, 8: -1}  # by the last digit of an id: who the other one is
# Two who still are a couple stand alike: both in the line, or both with a seat or an offer.
TORN = """SELECT count(*) FROM (SELECT FROM enrolment WHERE together IS NOT NULL GROUP BY run, together
    HAVING count(*) <> 2 OR count(DISTINCT state = 'waiting') <> 1) AS torn"""


async def rush(run_id: int, resident_ids: list[int]) -> list[Any]:
    """One process: everybody asks at once, some as two, every third leaves again, and each answers her offer."""
    return list(await asyncio.gather(*(_one(run_id, id) for id in resident_ids)))


async def rush_without_the_lock(run_id: int, resident_ids: list[int]) -> list[Any]:
    """Every request dawdles between looking and taking, so that only the lock can help."""
    assert LOCK in share_seat.HOLD
    share_seat.HOLD = share_seat.HOLD.replace(LOCK, "")
    look = share_seat._seats_for

    async def dawdling(*values: Any) -> Any:
        seats = await look(*values)
        await asyncio.sleep(0.1)
        return seats

    share_seat._seats_for = dawdling
    return list(await asyncio.gather(*(_one(run_id, id) for id in resident_ids)))


async def _one(run_id: int, id: int) -> str:
    channel = "window" if id % 2 else "self"
    try:
        if id % 10 in COUPLE:  # both ask, each naming the other
            found, _ = await enrol_together(run_id, id, id + COUPLE[id % 10], channel, by=CLI)
        else:
            found = await enrol(run_id, id, channel, by=CLI)
        if id % 3 == 0:
            await withdraw(found.enrolment_id, by=CLI)
        with suppress(Refusal):
            await (decline_offer if id % 5 == 0 else accept_offer)(found.enrolment_id, by=CLI)
    except Stale:
        return "stale"
    except Refusal as refusal:
        return refusal.code
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
    assert set(answers) <= {"seated", "waiting", "offered", "withdrawn", "declined", "stale", "one_is_in"}
    assert await database.value("SELECT count(DISTINCT together) FROM enrolment") > 5
    assert await database.value(TORN) == 0
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
    assert await database.value(TORN) == 0
    assert await differences() == []
    for words, query in CHECKS.items():
        assert await database.value(query) == 0, words


async def test_control_without_the_lock_and_the_checks_too_many_sit_down(database: Database) -> None:
    run_id, asking = await a_run_with_shares(database)
    await database.execute("ALTER TABLE course_run DROP CONSTRAINT course_run_seats_taken")
    await database.execute("ALTER TABLE seat_share DROP CONSTRAINT seat_share_taken")
    staying = [id for id in asking if id % 3 and id % 5]  # who leaves again would hide it
    await in_processes(rush_without_the_lock, database.url, run_id, staying)
    assert await database.value("SELECT seats_taken + reserved > seats OR reserved < 0 FROM course_run")


async def test_control_served_one_by_one_couples_are_torn_apart(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = await standing.place_tree()
    for is_guarded in (True, False):
        run_id, (one, two, three, four) = await a_run(places, seats=2), await people(places.community, 4)
        first, _ = await enrol_together(run_id, one, two, "self", by=CLI)
        await enrol_together(run_id, three, four, "self", by=CLI)
        if not is_guarded:
            monkeypatch.setattr(line, "_groups", lambda waiting: [[one] for one in waiting])
        await withdraw(first.enrolment_id, by=CLI)  # one seat is free, two wait for two
        assert await database.value(TORN) == int(not is_guarded)
