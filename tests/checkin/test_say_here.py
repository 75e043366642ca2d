"""She says on her own phone that she is here: a scan like every other, once for each person and claim."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4, uuid5

import pytest

from elderlearn.checkin import say_here as verb
from elderlearn.checkin.claim import LASTS, Claim, claim_by, poster_address, screen_address
from elderlearn.checkin.recount import differences
from elderlearn.checkin.resolve_count import count_it
from elderlearn.checkin.resolve_drop import drop_it
from elderlearn.checkin.rules import Verdict
from elderlearn.checkin.said_here import her_place, how_many_said, who_said
from elderlearn.checkin.say_here import say_here
from elderlearn.checkin.void import void
from elderlearn.enrolment.enrol import enrol
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, value
from elderlearn.people.register import Registered
from tests.catalogue.runs_standing import HOUR
from tests.checkin.hall import CLI, Hall, a_hall, attendances, call_off
from tests.people.processes import PROCESSES, in_processes

RECORDED, PRINTED = Verdict("recorded"), Verdict("flagged", "printed_code")


def herself(who: Registered) -> Actor:
    return Actor("resident", who.resident_id, "resident")


def claim(session_id: int, *, is_printed: bool = False, at: datetime | None = None) -> Claim:
    return Claim(uuid4(), session_id, at or now(), is_printed)


async def a_meeting(**changes: object) -> tuple[Hall, int]:
    """It began a quarter of an hour ago."""
    hall = await a_hall(count=1)
    [session] = await hall.run(now() - HOUR / 4, **changes)
    return hall, session


async def test_a_scan_like_every_other_that_says_where_it_came_from(database: Any) -> None:
    hall, session = await a_meeting()
    assert await say_here(claim(session), by=herself(hall.anna)) == RECORDED
    scan = await row("SELECT method, door, by_staff, card, resident, verdict, attendance FROM scan")
    there = await row("SELECT id, source, by_kind, by_id, door, is_walk_in FROM attendance")
    assert scan is not None and there is not None
    assert tuple(scan.values()) == (
        "venue",
        "resident",
        None,
        None,
        hall.anna.resident_id,
        "recorded",
        there["id"],
    )
    assert tuple(there.values())[1:] == ("venue", "resident", hall.anna.resident_id, "resident", False)
    assert (await her_place(session, hall.anna.resident_id)).is_present
    assert not await differences()


async def test_pressed_again_or_scanned_again_nothing_is_counted_twice(database: Any) -> None:
    hall, session = await a_meeting()
    held = claim(session)
    await say_here(held, by=herself(hall.anna))
    assert await say_here(held, by=herself(hall.anna)) == Verdict("same_scan")
    assert await say_here(claim(session), by=herself(hall.anna)) == Verdict("already_present")
    assert (await hall.scan(hall.anna, session, scanned_at=now().isoformat())).verdict == "already_present"
    assert len(await attendances()) == 1 and await value("SELECT count(*) FROM scan") == 3


async def test_two_persons_of_one_phone_use_one_claim_each_for_herself(database: Any) -> None:
    hall, session = await a_meeting()
    held = claim(session)
    for who in (hall.anna, hall.bao):
        assert await say_here(held, by=herself(who)) == RECORDED
    assert {resident for _, resident in await attendances()} == {hall.anna.resident_id, hall.bao.resident_id}


async def test_whoever_has_no_seat_is_a_walk_in_as_with_a_card(database: Any) -> None:
    hall, session = await a_meeting(entry="enrol", seats=5, opens_at=now() - 9 * HOUR, closes_at=now() + HOUR)
    run: int = await value("SELECT run FROM session WHERE id = $1", session)
    await enrol(run, hall.anna.resident_id, "self", by=CLI)
    assert await say_here(claim(session), by=herself(hall.anna)) == RECORDED
    assert await say_here(claim(session), by=herself(hall.bao)) == Verdict("recorded", "walk_in")
    assert (await her_place(session, hall.bao.resident_id)).is_walk_in


async def test_called_off_or_elsewhere_waits_for_a_human_and_is_kept_once(database: Any) -> None:
    hall, session = await a_meeting()
    [beside] = await hall.run(now() - HOUR / 4)
    await say_here(claim(session), by=herself(hall.anna))
    for _ in range(2):
        assert await say_here(claim(beside), by=herself(hall.anna)) == Verdict("flagged", "elsewhere")
    await call_off(beside)
    assert await say_here(claim(beside), by=herself(hall.bao)) == Verdict("flagged", "called_off")
    assert await attendances() == [(session, hall.anna.resident_id)]
    assert await value("SELECT count(*) FROM scan WHERE verdict = 'flagged'") == 2
    assert (await her_place(beside, hall.bao.resident_id)).waits_because == "called_off"


async def test_after_five_minutes_or_from_a_time_to_come_a_claim_is_worth_nothing(database: Any) -> None:
    hall, session = await a_meeting()
    for at in (now() - LASTS - timedelta(seconds=1), now() + timedelta(minutes=1)):
        with pytest.raises(Refusal, match="claim_over"):
            await say_here(claim(session, at=at), by=herself(hall.anna))
    for nobody in (CLI, hall.by):
        with pytest.raises(Missing):
            await say_here(claim(session), by=nobody)
    with pytest.raises(Missing):
        await say_here(claim(10**9), by=herself(hall.anna))
    assert await attendances() == [] and await value("SELECT count(*) FROM scan") == 0


async def test_by_a_printed_code_nobody_counts_until_a_leader_has_seen_her(database: Any) -> None:
    hall, session = await a_meeting()
    for _ in range(2):
        assert await say_here(claim(session, is_printed=True), by=herself(hall.anna)) == PRINTED
    assert await say_here(claim(session, is_printed=True), by=herself(hall.bao)) == PRINTED
    assert await attendances() == [] and await how_many_said(session) == 2
    by_name = {one.resident_id: one for one in await who_said(session, by=hall.by)}
    assert by_name[hall.anna.resident_id].name == "安**"  # expected by nobody: masked
    await count_it(by_name[hall.anna.resident_id].scan_id, by=hall.by)
    assert await attendances() == [(session, hall.anna.resident_id)]
    assert await value("SELECT source FROM attendance") == "venue"
    assert [one.resident_id for one in await who_said(session, by=hall.by)] == [hall.bao.resident_id]
    assert await say_here(claim(session, is_printed=True), by=herself(hall.anna)) == Verdict("already_present")
    assert not await differences()


async def test_dropped_by_the_leader_she_may_say_so_once_more(database: Any) -> None:
    hall, session = await a_meeting()
    await say_here(claim(session, is_printed=True), by=herself(hall.anna))
    [said] = await who_said(session, by=hall.by)
    await drop_it(said.scan_id, reason="not in the room", by=hall.by)
    assert await how_many_said(session) == 0
    assert await say_here(claim(session, is_printed=True), by=herself(hall.anna)) == PRINTED
    assert await how_many_said(session) == 1


async def test_checked_in_otherwise_she_is_not_looked_for_any_more(database: Any) -> None:
    hall, session = await a_meeting()
    await say_here(claim(session, is_printed=True), by=herself(hall.anna))
    assert await say_here(claim(session), by=herself(hall.anna)) == RECORDED
    assert await how_many_said(session) == 0


async def test_taken_back_by_the_leader_only_a_new_scan_counts_again(database: Any) -> None:
    hall, session = await a_meeting()
    held = claim(session)
    await say_here(held, by=herself(hall.anna))
    await void(await value("SELECT id FROM attendance"), reason="was not there", by=hall.by)
    assert await say_here(held, by=herself(hall.anna)) == Verdict("same_scan")
    assert not (await her_place(session, hall.anna.resident_id)).is_present
    assert await say_here(claim(session), by=herself(hall.anna)) == RECORDED


def test_a_claim_is_made_by_a_code_of_ours_that_is_good_now(data_folder: Any) -> None:
    moment = now()
    fresh = claim_by(screen_address(7, moment).rpartition("/")[2])
    assert fresh is not None and (fresh.session_id, fresh.is_printed) == (7, False)
    assert claim_by(screen_address(7, moment - timedelta(seconds=46)).rpartition("/")[2]) is None
    printed = claim_by(poster_address(7).rpartition("/")[2])
    assert printed is not None and (printed.session_id, printed.is_printed) == (7, True)


async def press_everywhere(sessions: list[int], resident_id: int, held: str, *, guarded: bool) -> list[str]:
    """In one process: the same claim twice for each session, all at once."""
    import asyncio

    async def nobody_held(_ids: object) -> frozenset[int]:
        return frozenset()

    claims = [replace(claim(one), id=uuid5(UUID(held), str(one))) for one in sessions for _ in range(2)]
    hold = verb.hold_people if guarded else nobody_held
    with patch.object(verb, "hold_people", hold):
        said = await asyncio.gather(
            *(say_here(one, by=Actor("resident", resident_id, "resident")) for one in claims),
            return_exceptions=True,
        )
    return [one.verdict if isinstance(one, Verdict) else type(one).__name__ for one in said]


async def press_guarded(sessions: list[int], resident_id: int, held: str) -> list[str]:
    return await press_everywhere(sessions, resident_id, held, guarded=True)


async def press_unguarded(sessions: list[int], resident_id: int, held: str) -> list[str]:
    return await press_everywhere(sessions, resident_id, held, guarded=False)


async def test_pressed_twice_in_two_processes_is_one_attendance(database: Any) -> None:
    hall, session = await a_meeting()
    said = await in_processes(press_guarded, database.url, [session], hall.anna.resident_id, str(uuid4()))
    assert sorted(said) == ["recorded"] + ["same_scan"] * (2 * PROCESSES - 1)
    assert len(await attendances()) == 1 and not await differences()
    assert await value("SELECT count(*) FROM scan") == 1


async def test_at_several_meetings_at_once_in_two_processes_she_is_at_one(database: Any) -> None:
    hall, sessions = await several_meetings()
    said = await in_processes(press_guarded, database.url, sessions, hall.anna.resident_id, str(uuid4()))
    assert len(await attendances()) == 1 and not await differences()
    assert said.count("recorded") == 1 and set(said) == {"recorded", "same_scan", "flagged"}


async def test_without_the_lock_she_would_be_at_several_or_be_told_of_a_failure(database: Any) -> None:
    hall, sessions = await several_meetings()
    said = await in_processes(press_unguarded, database.url, sessions, hall.anna.resident_id, str(uuid4()))
    present = len(await attendances())
    assert present > 1 or set(said) - {"recorded", "same_scan", "flagged"}, "the control no longer shows the race"


async def several_meetings() -> tuple[Hall, list[int]]:
    hall, session = await a_meeting()
    return hall, [session, *[(await hall.run(now() - HOUR / 4))[0] for _ in range(3)]]
