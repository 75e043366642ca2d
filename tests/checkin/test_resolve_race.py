"""Several people decide about the same scans in several processes: one of them does, all others are told what."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from uuid import UUID

from elderlearn.checkin.receive import receive
from elderlearn.checkin.recount import differences
from elderlearn.checkin.resolve_count import count_it
from elderlearn.checkin.resolve_drop import drop_it
from elderlearn.checkin.resolve_person import it_was_person
from elderlearn.checkin.resolve_undo import undo_resolution
from elderlearn.ground.actor import Actor
from elderlearn.ground.sql import rows, value
from tests.checkin.hall import TEN, Hall, a_hall, attendances
from tests.conftest import Database
from tests.people.processes import PROCESSES, in_processes

MEETINGS = 8
TAPS = 3 * PROCESSES  # on each scan


async def decide_all(scans: list[str], other: int, staff_id: int) -> list[tuple[str, str, bool]]:
    """Every scan is counted, given to somebody else and dropped, all at once."""
    by = Actor("staff", staff_id, "leader")
    taps = [
        tap
        for one in map(UUID, scans)
        for tap in (count_it(one, by=by), it_was_person(one, other, by=by), drop_it(one, reason="x", by=by))
    ]
    done = await asyncio.gather(*taps)
    return [(str(one.resolution.scan_id), one.resolution.what, one.is_new) for one in done]


async def undo_all(scans: list[str], staff_id: int) -> list[bool]:
    """Every decision is taken back twice at once."""
    by = Actor("staff", staff_id, "leader")
    return await asyncio.gather(*(undo_resolution(UUID(one), reason="x", by=by) for one in [*scans, *scans]))


async def test_of_many_who_decide_at_once_one_does_and_all_are_told_the_same(database: Database) -> None:
    hall, scans = await _flagged()
    answers = await in_processes(decide_all, database.url, scans, hall.bao.resident_id, hall.leader.id)
    told: defaultdict[str, set[str]] = defaultdict(set)
    for scan, what, _ in answers:
        told[scan].add(what)
    assert Counter(scan for scan, _, is_new in answers if is_new) == dict.fromkeys(scans, 1)
    assert len(answers) == MEETINGS * TAPS and all(len(whats) == 1 for whats in told.values())
    kept = await rows("SELECT scan::text, what, attendance FROM scan_resolution")
    assert {one["scan"]: {one["what"]} for one in kept} == told
    assert len(await attendances()) == sum(one["what"] != "dropped" for one in kept)
    assert not await differences()
    undone = await in_processes(undo_all, database.url, scans, hall.leader.id)
    assert sum(undone) == MEETINGS
    assert await attendances() == [] and not await differences()


async def test_without_the_index_two_decisions_would_hold(database: Database) -> None:
    hall, scans = await _flagged()
    await database.execute("DROP INDEX scan_resolution_once")
    answers = await in_processes(decide_all, database.url, scans, hall.bao.resident_id, hall.leader.id)
    assert sum(is_new for _, _, is_new in answers) > MEETINGS, "the control no longer shows what the index is for"
    assert await value("SELECT count(*) FROM scan_resolution") > MEETINGS


async def _flagged() -> tuple[Hall, list[str]]:
    """Anna at eight meetings, each time long after it."""
    hall = await a_hall(count=MEETINGS)
    items = [hall.item(hall.anna, one, scanned_at=TEN.isoformat()) for one in hall.session_ids[1:]]
    items.append(hall.item(hall.anna, scanned_at=TEN.replace(hour=20).isoformat()))
    verdicts = await receive(items, by=hall.by)
    assert {one.verdict for one in verdicts} == {"flagged"}
    return hall, [one.shown_id for one in items]
