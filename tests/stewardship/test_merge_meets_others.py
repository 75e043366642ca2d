"""Somebody acts on a row of the register while it becomes part of another: it lands on the row that stays."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from elderlearn.checkin.claim import Claim
from elderlearn.checkin.import_attendances import LAYOUT, import_attendances
from elderlearn.checkin.record import Entry, record
from elderlearn.checkin.recount import differences
from elderlearn.checkin.resolve_count import count_it
from elderlearn.checkin.resolve_undo import undo_resolution
from elderlearn.checkin.resum import resum
from elderlearn.checkin.say_here import say_here
from elderlearn.checkin.sheet import record_sheet
from elderlearn.checkin.unclear import Asked, Whose, unclear, unclear_one
from elderlearn.checkin.void import void
from elderlearn.enrolment.hold import Moved
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Stale
from elderlearn.ground.spreadsheets.read_sheet import read_sheet
from elderlearn.ground.sql import rows
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.hold import hold_people
from elderlearn.people.register import Registered
from elderlearn.stewardship import merge as merging
from elderlearn.stewardship.invariants import broken_invariants
from elderlearn.stewardship.merge import merge, put_together
from elderlearn.stewardship.take_fields import take_fields
from tests import people_standing
from tests.checkin.hall import TEN, Hall, a_hall
from tests.conftest import Database
from tests.ground.spreadsheets.workbooks import workbook
from tests.jobs.processes import until_equal
from tests.people_standing import CLI

LATE = (TEN + timedelta(hours=4)).isoformat()
WHOSE = "SELECT resident FROM attendance WHERE voided_at IS NULL"


@pytest.fixture
async def hall(database: Database) -> Hall:
    return await a_hall()


async def her_row(hall: Hall) -> Registered:
    return await people_standing.resident(hall.places.community, name="周玉兰")


async def flagged(hall: Hall, who: Registered) -> UUID:
    scan = hall.item(who, scanned_at=LATE)
    assert (await hall.scan(who, scan_id=str(scan.scan_id), scanned_at=LATE)).verdict == "flagged"
    assert scan.scan_id is not None
    return scan.scan_id


async def meanwhile(
    verb: Awaitable[Any], kept: Registered, gone: Registered, database: Database, patch: pytest.MonkeyPatch
) -> Any:
    """The verb begins when everything has been handed over, and waits until that is done."""
    at_the_end, go_on = asyncio.Event(), asyncio.Event()

    async def slowly(*args: Any) -> Any:
        at_the_end.set()
        await go_on.wait()
        return await take_fields(*args)

    patch.setattr(merging, "take_fields", slowly)
    merged = asyncio.create_task(merge(kept.resident_id, gone.resident_id, reason="one", by=CLI))
    await at_the_end.wait()
    waits = asyncio.ensure_future(verb)
    await until_equal(database, "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted", True)
    go_on.set()
    await merged
    return await waits


async def test_an_unclear_scan_of_a_row_merged_twice_is_hers_who_stayed(hall: Hall, database: Database) -> None:
    first, second, third = [await her_row(hall) for _ in range(3)]
    scan = await flagged(hall, first)
    await merge(second.resident_id, first.resident_id, reason="one", by=CLI)
    await merge(third.resident_id, second.resident_id, reason="one", by=CLI)
    whose = Whose(staff_id=hall.leader.id)
    shown = await unclear_one(whose, scan)
    assert shown is not None and shown.resident_id == third.resident_id
    await count_it(scan, by=hall.by)
    assert await database.value(WHOSE) == third.resident_id
    await record_sheet(hall.session_ids[1], [third.resident_id], by=CLI)
    assert not await differences() and await broken_invariants() == []
    await database.execute(
        "UPDATE attendance SET resident = $1 WHERE resident = $2", first.resident_id, third.resident_id
    )
    assert (await broken_invariants())[0].startswith("2 attendances, seats and cards of rows that became part")


async def test_who_is_here_by_a_row_merged_twice_waits_no_more(hall: Hall, database: Database) -> None:
    first, second, third = [await her_row(hall) for _ in range(3)]
    await flagged(hall, first)
    await merge(second.resident_id, first.resident_id, reason="one", by=CLI)
    await merge(third.resident_id, second.resident_id, reason="one", by=CLI)
    await record_sheet(hall.session_ids[0], [third.resident_id], by=CLI)
    whose = Whose(staff_id=hall.leader.id)
    assert [len((await unclear(whose, Asked(show=one), limit=5))[0]) for one in ("open", "here")] == [0, 1]


async def test_a_scan_counted_during_a_merge_is_hers_who_stays(
    hall: Hall, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, gone = await her_row(hall), await her_row(hall)
    scan = await flagged(hall, gone)
    await meanwhile(count_it(scan, by=hall.by), kept, gone, database, monkeypatch)
    assert await database.value(WHOSE) == kept.resident_id
    assert not await differences()


async def test_nobody_says_that_she_is_here_as_the_row_that_went(
    hall: Hall, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, gone = await her_row(hall), await her_row(hall)
    (session,) = await hall.run(now() - timedelta(minutes=5))
    claim = Claim(uuid4(), session, now(), is_printed=False)
    here = say_here(claim, by=Actor("resident", gone.resident_id, "resident"))
    with pytest.raises(Missing):
        await meanwhile(here, kept, gone, database, monkeypatch)
    assert await database.value("SELECT count(*) FROM attendance") == 0


@pytest.mark.parametrize("is_decision", [True, False])
async def test_what_is_taken_back_during_a_merge_moves_sums_of_people_who_are_held(
    hall: Hall, database: Database, monkeypatch: pytest.MonkeyPatch, is_decision: bool
) -> None:
    kept, gone = await her_row(hall), await her_row(hall)
    scan = await flagged(hall, gone)
    await count_it(scan, by=hall.by)
    hers = await database.value("SELECT id FROM attendance")
    free: list[Any] = []

    async def watched(residents: Any) -> None:
        free.extend(
            await database.fetch(
                "SELECT id FROM resident WHERE id = ANY($1) FOR NO KEY UPDATE SKIP LOCKED", list(residents)
            )
        )
        await resum(residents)

    monkeypatch.setattr("elderlearn.checkin.record.resum", watched)
    verb = undo_resolution(scan, reason="no", by=hall.by) if is_decision else void(hers, reason="no", by=CLI)
    await meanwhile(verb, kept, gone, database, monkeypatch)
    assert free == [], "whose sums are made again is held, or a scan of hers gets lost in between"
    [found] = await rows("SELECT resident, voided_at FROM attendance")
    assert found["resident"] == kept.resident_id and found["voided_at"] is not None
    assert not await differences()


async def test_a_list_brought_in_during_a_merge_is_looked_through_again(
    hall: Hall, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, gone = await her_row(hall), await her_row(hall)
    number = await database.value("SELECT number FROM card WHERE resident = $1", gone.resident_id)
    house = await database.value("SELECT name FROM organisation")
    lines = [["日期", "办学单位", "登记号", "分钟"], ["2025-03-05", house, number, 60]]

    async def brought() -> Any:
        return await import_attendances(read_sheet(workbook(lines), LAYOUT), by=CLI)

    with pytest.raises(Stale):
        await meanwhile(brought(), kept, gone, database, monkeypatch)
    assert (await brought()).counts["added"] == 1
    assert await database.value(WHOSE) == kept.resident_id


async def test_a_merge_begins_again_when_she_came_to_another_session_meanwhile(
    hall: Hall, database: Database
) -> None:
    kept, gone = (await her_row(hall)).resident_id, (await her_row(hall)).resident_id
    is_held, go_on = asyncio.Event(), asyncio.Event()

    async def came() -> None:
        async with unit_of_work():
            await hold_people([gone])
            is_held.set()
            await go_on.wait()
            await record([Entry(hall.session_ids[0], gone, "paper", TEN)], by=CLI)

    async def once() -> None:
        async with unit_of_work():
            await put_together(kept, gone, "one", (), "staff", ahead=20, by=CLI)

    comes = asyncio.create_task(came())
    await is_held.wait()
    merged = asyncio.create_task(once())
    await until_equal(database, "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted", True)
    go_on.set()
    await comes
    with pytest.raises(Moved):
        await merged
    assert (await merge(kept, gone, reason="one", by=CLI)).attendances == 1
    assert not await differences()
