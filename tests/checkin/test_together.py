"""Single scans of one account at the same moment: written together, answered each for itself."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from elderlearn.checkin import receive as receiving
from elderlearn.checkin import together as lines
from elderlearn.checkin.batch import Sent
from elderlearn.checkin.gather import gather
from elderlearn.checkin.items import read_item
from elderlearn.checkin.receive import receive
from elderlearn.checkin.recount import differences
from elderlearn.checkin.together import LANES, Request, together
from elderlearn.ground.actor import SYSTEM
from elderlearn.ground.clock import now
from elderlearn.ground.sql import value
from elderlearn.people.cards import issue_blank
from tests.checkin.hall import Hall, a_hall, attendances

MANY = 30


async def test_scans_that_come_at_once_share_few_transactions_and_each_gets_its_own_answer(database: Any) -> None:
    hall, items = await _everybody()
    answers = await asyncio.gather(
        *(receive([one], by=hall.by, device=f"phone {one.shown_id[:4]}") for one in items)
    )
    assert [one.scan_id for [one] in answers] == [one.shown_id for one in items]
    assert {one.verdict for [one] in answers} == {"recorded"}
    assert await value("SELECT count(DISTINCT recorded_at) FROM attendance") <= LANES + 1
    assert await value("SELECT count(DISTINCT device) FROM scan") == len({one.shown_id[:4] for one in items})
    assert not await differences()


async def test_what_breaks_the_writing_together_spoils_only_its_own_request(
    database: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall, items = await _everybody()
    broken = items[MANY // 2]

    async def sometimes(scans: Any, *some: Any, **more: Any) -> Any:
        if broken in scans:
            raise ZeroDivisionError
        return await gather(scans, *some, **more)

    monkeypatch.setattr(receiving, "gather", sometimes)
    answers = await asyncio.gather(*(receive([one], by=hall.by) for one in items), return_exceptions=True)
    assert [type(one) for one in answers].count(ZeroDivisionError) == 1
    assert isinstance(answers[MANY // 2], ZeroDivisionError)
    assert len(await attendances()) == MANY - 1


async def test_who_hangs_up_while_waiting_blocks_nobody(database: Any) -> None:
    hall, items = await _everybody()
    running = [asyncio.create_task(receive([one], by=hall.by)) for one in items]
    for _ in range(3):
        await asyncio.sleep(0)
    for one in running[:-1:3]:
        one.cancel()
    answers = await asyncio.gather(*running, return_exceptions=True)
    told = [one for one in answers if not isinstance(one, BaseException)]
    assert {one.verdict for [one] in told} <= {"recorded", "retry"}
    again = await asyncio.wait_for(asyncio.gather(*(receive([one], by=hall.by) for one in items)), 60)
    assert {one.verdict for [one] in again} <= {"recorded", "same_scan"}
    assert len(await attendances()) == MANY


async def test_the_writer_of_several_called_away_leaves_nobody_waiting() -> None:
    """Also when writing them together failed and she was writing one after the other."""
    first, second, others = asyncio.Event(), asyncio.Event(), [asyncio.Event() for _ in range(3)]
    is_alone = asyncio.Event()

    async def write(requests: Any) -> Any:
        if len(requests) > 1:
            raise ZeroDivisionError
        if gates[requests[0]] in others:
            is_alone.set()
        await gates[requests[0]].wait()
        return [[]]

    gates = {Request([read_item({"scan_id": "x"})], Sent(now())): gate for gate in (first, second, *others)}
    running = [asyncio.create_task(together(one, write, by=SYSTEM, most=500)) for one in gates]
    await asyncio.sleep(0)
    first.set()
    await is_alone.wait()
    running[2].cancel()
    second.set()
    answers = await asyncio.wait_for(asyncio.gather(*running, return_exceptions=True), 60)
    assert answers[:2] == [[], []] and isinstance(answers[2], asyncio.CancelledError)
    assert [one[0].verdict for one in answers[3:] if isinstance(one, list)] == ["retry", "retry"]
    assert not lines._lines


async def _everybody() -> tuple[Hall, list[Any]]:
    hall = await a_hall(count=1)
    cards = await issue_blank(MANY, hall.places.district.id, by=hall.by)
    return hall, [hall.item(card.code) for card in cards]
