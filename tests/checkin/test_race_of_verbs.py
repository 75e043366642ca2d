"""Scans, sheets, voids, moves, closings and people moving house at the same moment: no deadlock, right sums."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from elderlearn.checkin.attribute import attribute
from elderlearn.checkin.change_session import change_session
from elderlearn.checkin.close_run import close_run
from elderlearn.checkin.locks import share_sessions
from elderlearn.checkin.receive import receive
from elderlearn.checkin.record import Entry, record
from elderlearn.checkin.recount import differences
from elderlearn.checkin.sheet import record_sheet
from elderlearn.checkin.void import void
from elderlearn.ground.sql import rows, value
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.cards import issue_blank
from elderlearn.people.hold import hold_people
from tests.checkin.hall import TEN, a_hall

ROUNDS = 4


async def test_everything_at_once_leaves_the_sums_right(database: Any) -> None:
    hall = await a_hall()
    session_ids = await hall.run(TEN + timedelta(days=1), 4, entry="enrol", seats=50)
    run_id = await value("SELECT run FROM session WHERE id = $1", session_ids[0])
    cards = await issue_blank(8, hall.places.district.id, by=hall.by)
    await receive([hall.item(one.code, session_ids[0]) for one in cards], by=hall.by)
    people = [one["resident"] for one in await rows("SELECT resident FROM attendance")]

    async def scan(number: int) -> None:
        meeting = session_ids[1 + number % 3]
        found = await receive([hall.item(one.code, meeting) for one in cards[:: (-1) ** number]], by=hall.by)
        assert "retry" not in {one.verdict for one in found}

    async def sheet(number: int) -> None:
        await record_sheet(session_ids[number % 4], people[:: (-1) ** number], by=hall.by)

    async def take_back(number: int) -> None:
        await void(
            await value("SELECT id FROM attendance ORDER BY id OFFSET $1 LIMIT 1", number), reason="x", by=hall.by
        )

    async def change(number: int) -> None:
        state = ("called_off", "planned")[number % 2]
        await change_session(session_ids[number % 4], state=state, reason="rain", by=hall.by)

    async def move_house(number: int) -> None:
        async with unit_of_work():
            await rows(
                "UPDATE resident SET residence = 'inside', place = $2 WHERE id = $1",
                people[number],
                hall.places.communities[number % 2][0].id,
            )
            await attribute([people[number]])

    async def close(number: int) -> None:
        await close_run(run_id)

    for start in range(ROUNDS):
        verbs = (scan, sheet, take_back, change, move_house, close) if start else (scan, sheet, change, move_house)
        await asyncio.gather(*(verb(start + more) for verb in verbs for more in range(3)))
    assert await value("SELECT closed_at IS NOT NULL FROM course_run WHERE id = $1", run_id)
    found = await differences()
    assert not found, found.shown
    assert await value("SELECT count(*) FROM attendance") >= len(people)


async def test_a_sheet_that_comes_while_the_run_is_closed_still_completes_it(database: Any) -> None:
    hall = await a_hall()
    for week in range(6):
        session_ids = await hall.run(TEN + timedelta(days=week, hours=4), 2, entry="enrol", seats=5)
        run_id = await value("SELECT run FROM session WHERE id = $1", session_ids[0])
        sheets = [record_sheet(one, [hall.anna.resident_id], by=hall.by) for one in session_ids]
        await asyncio.gather(close_run(run_id), *sheets)
        assert await value("SELECT count(*) FROM run_completion WHERE run = $1", run_id) == 1
    assert not await differences()


@pytest.mark.parametrize(("is_guarded", "completions"), [(True, 1), (False, 0)])
async def test_closing_waits_for_attendances_still_being_written(
    database: Any, is_guarded: bool, completions: int
) -> None:
    """The control without the shared lock on the session shows what would be missed."""
    hall = await a_hall()
    [meeting] = await hall.run(TEN + timedelta(days=1), entry="enrol", seats=5)
    run_id = await value("SELECT run FROM session WHERE id = $1", meeting)
    is_written = asyncio.Event()

    async def write_slowly() -> None:
        async with unit_of_work():
            await share_sessions([meeting] if is_guarded else [])
            await hold_people([hall.anna.resident_id])
            await record([Entry(meeting, hall.anna.resident_id, "paper", TEN)], by=hall.by)
            is_written.set()
            await asyncio.sleep(0.4)

    async def close() -> None:
        await is_written.wait()
        assert await close_run(run_id)

    await asyncio.gather(write_slowly(), close())
    assert await value("SELECT count(*) FROM run_completion") == completions
    assert bool(await differences()) is not is_guarded
