"""People leave the register while others enrol and withdraw: no deadlock, no seat too many, every line served."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import pytest

from elderlearn.catalogue.members import join
from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.queries import seats_of, standing
from elderlearn.enrolment.recount import differences
from elderlearn.enrolment.withdraw import withdraw
from elderlearn.ground.clock import now, today
from elderlearn.ground.errors import Stale
from elderlearn.stewardship.take_out import take_out
from tests import people_standing as people_of
from tests.catalogue.runs_standing import DAY, HOUR, a_course, an_organisation, open_run, people, weeks
from tests.conftest import Database
from tests.people_standing import CLI

members_file = importlib.import_module("elderlearn.catalogue.members")


async def patiently(verb: Callable[[], Awaitable[object]]) -> None:
    """Whoever is told that the line never held still tries again, as a person at the desk would."""
    for _ in range(5):
        try:
            await verb()
        except Stale:
            continue
        return
    raise AssertionError("the line never held still")


async def test_several_leave_at_once_while_others_come_and_go(database: Database) -> None:
    places = await people_of.place_tree()
    course = await a_course(places.community)
    runs = [
        (await open_run(course, seats=4, sessions=weeks(2, start=now() + 7 * DAY + 4 * no * HOUR))).run_id
        for no in range(3)
    ]
    everybody = await people(places.community, 18)
    asked = {}
    for no, id in enumerate(everybody[:12]):
        for run in runs if no % 2 else reversed(runs):
            asked[id, run] = (await enrol(run, id, "self", by=CLI)).enrolment_id
    leaving, going, coming = everybody[:4], everybody[4:7], everybody[12:]
    await asyncio.gather(
        *(patiently(partial(take_out, id, "died", today(), by=CLI)) for id in leaving),
        *(patiently(partial(withdraw, asked[id, run], by=CLI)) for id in going for run in runs),
        *(patiently(partial(enrol, run, id, "self", by=CLI)) for id in coming for run in reversed(runs)),
    )
    for run in runs:
        now_there = await seats_of(run)
        # 12 + 6 asked, 4 left, 3 withdrew: 11 remain for 4 seats
        assert (now_there.seats_taken, now_there.waiting) == (4, 7)
        ended = [await standing(asked[id, run]) for id in (*leaving, *going)]
        assert {one.state for one in ended} == {"withdrawn"}
    assert await differences() == []
    assert await database.value("SELECT count(*) FROM notice WHERE kind = 'withdrawn'") == 9


async def test_whoever_joins_a_society_in_that_moment_is_no_member_afterwards(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = await people_of.place_tree()
    choir = await an_organisation(places.street, kind="society")
    (ping,) = await people(places.community, 1)
    has_joined, note = asyncio.Event(), members_file.note

    async def note_late(*values: Any) -> None:
        has_joined.set()
        await asyncio.sleep(0.3)
        await note(*values)

    async def leave() -> None:
        await has_joined.wait()
        await take_out(ping, "died", today(), by=CLI)

    monkeypatch.setattr(members_file, "note", note_late)
    await asyncio.gather(join(choir, ping, by=CLI), leave())
    assert await database.value("SELECT count(*) FROM organisation_member WHERE left_on IS NULL") == 0
