"""Several phones in several processes: one attendance, one truth, and the guard that makes it so."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import uuid4

from elderlearn.checkin.receive import receive
from elderlearn.checkin.recount import differences
from elderlearn.checkin.void import void
from elderlearn.ground.sql import value
from elderlearn.people.cards import issue_blank
from tests.checkin.hall import TEN, Hall, a_hall, attendances
from tests.checkin.racing import scan_guarded, scan_unguarded
from tests.people.processes import PROCESSES, in_processes

PEOPLE = 12


async def test_a_person_scanned_by_many_phones_at_two_overlapping_meetings_counts_once(database: Any) -> None:
    hall, items = await _everybody_at_two_meetings()
    answers = await in_processes(scan_guarded, database.url, items, hall.leader.id)
    verdicts = Counter(verdict for _, verdict, _ in answers)
    assert verdicts["recorded"] == PEOPLE == len(await attendances()) - PEOPLE
    assert verdicts["already_present"] + verdicts["flagged"] == 2 * PROCESSES * PEOPLE - PEOPLE
    assert {reason for _, verdict, reason in answers if verdict == "flagged"} <= {"elsewhere"}
    assert not await differences()


async def test_without_the_lock_on_residents_people_would_be_in_two_places(database: Any) -> None:
    hall, items = await _everybody_at_two_meetings()
    answers = await in_processes(scan_unguarded, database.url, items, hall.leader.id)
    recorded = sum(verdict == "recorded" for _, verdict, _ in answers)
    assert recorded > PEOPLE or await differences(), "the control no longer shows what the lock is for"


async def test_the_same_batch_from_many_nodes_is_recorded_once(database: Any) -> None:
    hall = await a_hall(count=1)
    cards = await issue_blank(40, hall.places.district.id, by=hall.by)
    batch = [_item(hall, card.code, hall.session_ids[0]) for card in cards]
    answers = await in_processes(scan_guarded, database.url, [batch, batch[::-1]], hall.leader.id)
    by_scan = Counter((scan_id, verdict) for scan_id, verdict, _ in answers)
    for item in batch:
        assert by_scan[str(item["scan_id"]), "recorded"] == 1
        assert by_scan[str(item["scan_id"]), "same_scan"] == 2 * PROCESSES - 1
    assert await value("SELECT count(*) FROM scan") == 40
    assert await value("SELECT count(*) FROM resident WHERE name IS NULL") == 40
    assert not await differences()


async def test_one_scan_id_for_different_people_at_once_is_recorded_for_one_of_them(database: Any) -> None:
    hall = await a_hall(count=1)
    cards = await issue_blank(6, hall.places.district.id, by=hall.by)
    shared = str(uuid4())
    batches = [[_item(hall, card.code, hall.session_ids[0]) | {"scan_id": shared}] for card in cards]
    answers = await in_processes(scan_guarded, database.url, batches, hall.leader.id)
    verdicts = Counter((verdict, reason) for _, verdict, reason in answers)
    assert verdicts["recorded", None] == 1
    assert verdicts["same_scan", None] == PROCESSES - 1
    assert verdicts["refused", "scan_id_reused"] == 5 * PROCESSES
    assert len(await attendances()) == 1


async def test_scans_and_voids_at_once_leave_the_sums_right(database: Any) -> None:
    hall = await a_hall(count=1)
    first = await hall.scan(hall.anna)
    assert first.attendance_id is not None
    again = [[_item(hall, hall.anna.card_code, hall.session_ids[0])] for _ in range(4)]
    answers = await in_processes(scan_guarded, database.url, again, hall.leader.id)
    await void(first.attendance_id, reason="left", by=hall.by)
    assert {verdict for _, verdict, _ in answers} == {"already_present"}
    assert await attendances() == []
    assert not await differences()


async def _everybody_at_two_meetings() -> tuple[Hall, list[list[dict[str, object]]]]:
    """Every process sends each person to both meetings, one scan a batch: new scan_ids come by process."""
    hall = await a_hall(count=1)
    [overlapping] = await hall.run(TEN + timedelta(hours=1))
    [day_before] = await hall.run(TEN - timedelta(days=1))
    cards = await issue_blank(PEOPLE, hall.places.district.id, by=hall.by)
    # Once before, one after the other: a first scan of a blank card is also guarded by the card's own lock.
    await receive([hall.item(card.code, day_before) for card in cards], by=hall.by)
    items = [
        [_item(hall, card.code, meeting) | {"scan_id": ""}]
        for card in cards
        for meeting in (hall.session_ids[0], overlapping)
    ]
    return hall, items


def _item(hall: Hall, code: str, session_id: int) -> dict[str, object]:
    at = hall.starts[session_id] + timedelta(minutes=20)
    return {"scan_id": str(uuid4()), "session_id": str(session_id), "code": code, "scanned_at": at.isoformat()}
