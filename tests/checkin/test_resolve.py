"""Unclear scans decided by somebody: what counts then, what would change, what can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest

from elderlearn.checkin.change_session import change_session
from elderlearn.checkin.items import RawScan
from elderlearn.checkin.receive import receive
from elderlearn.checkin.recount import differences
from elderlearn.checkin.resolutions import resolution_of, undone_of
from elderlearn.checkin.resolve_count import count_it, counted
from elderlearn.checkin.resolve_drop import drop_it
from elderlearn.checkin.resolve_person import it_was_person, other_person
from elderlearn.checkin.resolve_session import it_was_session, sessions_then
from elderlearn.checkin.resolve_undo import undo_resolution
from elderlearn.checkin.sheet import record_sheet
from elderlearn.checkin.unclear import Asked, Whose, how_many_open, unclear
from elderlearn.checkin.unclear_scan import unclear_scan
from elderlearn.checkin.void import void
from elderlearn.checkin.would_change import would_change
from elderlearn.ground.actor import Lent
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, rows, value
from elderlearn.people.cards import issue_card
from elderlearn.stewardship.invariants import broken_invariants
from tests import people_standing as standing
from tests.checkin.hall import TEN, Hall, a_hall, attendances
from tests.conftest import Database

LATE = (TEN + timedelta(hours=4)).isoformat()


async def flagged(hall: Hall, session_id: int | None = None, **changes: object) -> RawScan:
    """Anna, two hours after the meeting was over."""
    scan = hall.item(hall.anna, session_id, **({"scanned_at": LATE} | changes))
    [verdict] = await receive([scan], by=hall.by)
    assert verdict.verdict == "flagged", verdict
    return scan


def id_of(scan: RawScan) -> UUID:
    assert scan.scan_id is not None
    return scan.scan_id


async def test_counted_she_is_present_with_who_when_door_and_trail(database: object) -> None:
    hall = await a_hall()
    scan = await flagged(hall)
    done = await count_it(id_of(scan), by=hall.by)
    assert done.is_new and done.resolution.has_recorded
    assert await attendances() == [(hall.session_ids[0], hall.anna.resident_id)]
    written = await row("SELECT id, scan, source, by_id, door FROM attendance")
    assert written is not None and tuple(written.values()) == (
        done.resolution.attendance_id, id_of(scan), "scan", hall.leader.id, "leader",
    )  # fmt: skip
    noted = await row("SELECT actor_id, door, district FROM trail WHERE action = 'scan.resolve'")
    assert noted is not None and tuple(noted.values()) == (hall.leader.id, "leader", hall.places.district.id)
    assert not await differences()


async def test_a_resent_scan_that_was_counted_gets_its_first_verdict_and_the_row_stays(database: object) -> None:
    hall = await a_hall()
    scan = await flagged(hall)
    before = await row("SELECT * FROM scan")
    await count_it(id_of(scan), by=hall.by)
    [resent] = await receive([scan], by=hall.by)
    assert (resent.verdict, resent.reason, resent.attendance_id) == ("flagged", "outside_window", None)
    again = await hall.scan(hall.anna)
    assert again.verdict == "already_present", "a new scan of hers finds her there"
    assert await row("SELECT * FROM scan WHERE id = $1", id_of(scan)) == before
    assert len(await attendances()) == 1


@pytest.mark.parametrize("statement", ["UPDATE scan SET verdict = 'recorded'", "DELETE FROM scan"])
async def test_nobody_changes_a_scan_not_even_the_owner(database: Database, statement: str) -> None:
    with pytest.raises(asyncpg.RaiseError, match="append-only"):
        await database.execute(statement)


async def test_a_second_tap_changes_nothing_and_another_decision_is_told_the_first(database: object) -> None:
    hall = await a_hall()
    scan = await flagged(hall)
    await count_it(id_of(scan), by=hall.by)
    for again in (
        await count_it(id_of(scan), by=hall.by),
        await drop_it(id_of(scan), reason="not here", by=hall.by),
    ):
        assert not again.is_new
        assert (again.resolution.what, again.resolution.by_name) == ("counted", hall.leader.name)
    assert len(await attendances()) == 1
    assert await value("SELECT count(*) FROM scan_resolution") == 1


async def test_she_was_at_the_other_session_of_that_time(database: object) -> None:
    hall = await a_hall()
    [other] = await hall.run(TEN + timedelta(hours=3))
    [far] = await hall.run(TEN + timedelta(hours=9))
    scan = await flagged(hall)
    facts = await unclear_scan(id_of(scan), by=hall.by, action="resolve_scan")
    assert [one.session_id for one in await sessions_then(facts, by=hall.by)] == [other]
    with pytest.raises(Missing):
        await it_was_session(id_of(scan), far, by=hall.by)
    done = await it_was_session(id_of(scan), other, by=hall.by)
    assert (done.resolution.what, done.resolution.session_id) == ("other_session", other)
    assert await attendances() == [(other, hall.anna.resident_id)]
    assert not await differences()


async def test_it_was_somebody_else_with_her_card(database: object) -> None:
    hall = await a_hall()
    await issue_card(hall.anna.resident_id, by=hall.by)
    scan = await flagged(hall, scanned_at=TEN.isoformat())
    with pytest.raises(Refusal, match="unknown_resident"):
        await it_was_person(id_of(scan), 999_999, by=hall.by)
    await it_was_person(id_of(scan), hall.bao.resident_id, by=hall.by)
    assert await attendances() == [(hall.session_ids[0], hall.bao.resident_id)]
    assert await value("SELECT source FROM attendance") == "tick"


async def test_dropped_with_a_reason_it_counts_nothing_and_is_off_the_list(database: object) -> None:
    hall = await a_hall()
    scan = await flagged(hall)
    with pytest.raises(Refusal, match="reason_needed"):
        await drop_it(id_of(scan), reason=" ", by=hall.by)
    await drop_it(id_of(scan), reason="tried the phone", by=hall.by)
    assert await attendances() == []
    assert await how_many_open(Whose(hall.leader.id)) == 0
    [decided], _ = await unclear(Whose(hall.leader.id), Asked("done"), limit=9)
    assert (decided.what, decided.decided_by) == ("dropped", hall.leader.name)


async def test_a_decision_is_taken_back_with_a_reason_and_made_anew(database: object) -> None:
    hall = await a_hall()
    scan = await flagged(hall)
    await count_it(id_of(scan), by=hall.by)
    assert await undo_resolution(id_of(scan), reason="not she", by=hall.by)
    assert not await undo_resolution(id_of(scan), reason="twice", by=hall.by)
    assert await attendances() == [] and not await differences()
    assert await resolution_of(id_of(scan)) is None
    assert [one.undone_reason for one in await undone_of(id_of(scan))] == ["not she"]
    assert await how_many_open(Whose(hall.leader.id)) == 1
    assert (await count_it(id_of(scan), by=hall.by)).is_new
    assert len(await attendances()) == 1
    assert not await differences()


async def test_taking_back_leaves_alone_what_was_there_before_or_came_from_elsewhere(database: object) -> None:
    hall = await a_hall()
    scan, later = await flagged(hall), await flagged(hall, hall.session_ids[1])
    await record_sheet(hall.session_ids[0], [hall.anna.resident_id], by=hall.by)
    assert not (await count_it(id_of(scan), by=hall.by)).resolution.has_recorded
    await undo_resolution(id_of(scan), reason="x", by=hall.by)
    assert len(await attendances()) == 1, "the sheet had her"
    done = await count_it(id_of(later), by=hall.by)
    assert done.resolution.attendance_id is not None
    await void(done.resolution.attendance_id, reason="x", by=hall.by)
    await record_sheet(hall.session_ids[1], [hall.anna.resident_id], by=hall.by)
    await undo_resolution(id_of(later), reason="x", by=hall.by)
    assert len(await attendances()) == 2, "written down anew by hand"


async def test_one_person_on_two_phones_is_on_the_list_until_one_of_them_counts(database: object) -> None:
    hall = await a_hall()
    first, _second = await flagged(hall), await flagged(hall)
    assert await how_many_open(Whose(hall.leader.id)) == 2
    done = await count_it(id_of(first), by=hall.by)
    assert await how_many_open(Whose(hall.leader.id)) == 0
    assert (await unclear(Whose(hall.leader.id), Asked("here"), limit=9))[1] == 1
    assert done.resolution.attendance_id is not None
    await void(done.resolution.attendance_id, reason="x", by=hall.by)
    assert await how_many_open(Whose(hall.leader.id)) == 1, "the one nobody decided about is open again"


async def test_a_session_called_off_counts_nobody_until_it_takes_place_after_all(database: object) -> None:
    hall = await a_hall()
    meeting = hall.session_ids[0]
    await change_session(meeting, state="called_off", reason="rain", by=hall.by)
    scan = await flagged(hall, scanned_at=TEN.isoformat())
    with pytest.raises(Refusal, match="called_off"):
        await count_it(id_of(scan), by=hall.by)
    await change_session(meeting, state="planned", reason="sun", by=hall.by)
    await count_it(id_of(scan), by=hall.by)
    assert await attendances() == [(meeting, hall.anna.resident_id)]


async def test_a_session_moved_while_the_phone_was_away_counts_at_its_new_time(database: object) -> None:
    hall = await a_hall()
    meeting, moved = hall.session_ids[0], TEN - timedelta(days=2)
    await change_session(meeting, starts_at=moved, ends_at=moved + timedelta(hours=2), reason="r", by=hall.by)
    scan = await flagged(hall, scanned_at=TEN.isoformat())
    await count_it(id_of(scan), by=hall.by)
    assert await value("SELECT attended_at FROM attendance") == moved
    assert not await differences()


async def test_a_session_that_has_not_begun_counts_nobody(database: object) -> None:
    hall = await a_hall()
    [coming] = await hall.run(now() + timedelta(hours=5))
    scan = await flagged(hall, coming, scanned_at=now().isoformat())
    with pytest.raises(Refusal, match="not_begun"):
        await count_it(id_of(scan), by=hall.by)


async def test_a_clock_a_day_wrong_is_shown_with_both_times_and_the_session_of_the_right_one(
    database: object,
) -> None:
    hall = await a_hall()
    wrong = timedelta(hours=26)
    began = now() - timedelta(minutes=40)
    [today] = await hall.run(began)
    said = began + timedelta(minutes=10) - wrong
    scan = hall.item(hall.anna, hall.session_ids[1], scanned_at=said.isoformat())
    [verdict] = await receive([scan], by=hall.by, sent_at=now() - wrong)
    assert verdict.reason == "clock_off"
    [shown], _ = await unclear(Whose(hall.leader.id), Asked(), limit=9)
    assert shown.phone_said_at == said
    assert shown.scanned_at is not None and abs(shown.scanned_at - said - wrong) < timedelta(minutes=1)
    facts = await unclear_scan(id_of(scan), by=hall.by, action="resolve_scan")
    assert [one.session_id for one in await sessions_then(facts, by=hall.by)] == [today]
    await it_was_session(id_of(scan), today, by=hall.by)
    assert await attendances() == [(today, hall.anna.resident_id)]


async def test_a_phone_that_believes_it_is_1970_loses_nothing(database: object) -> None:
    hall = await a_hall()
    early = TEN.replace(year=1970)
    [verdict] = await receive(
        [hall.item(hall.anna, scanned_at=early.isoformat())], by=hall.by, sent_at=early + timedelta(hours=1)
    )
    assert (verdict.verdict, verdict.reason) == ("flagged", "clock_off")


async def test_what_would_change_is_told_and_nothing_is_written(database: Database) -> None:
    hall = await a_hall()
    [other] = await hall.run(TEN + timedelta(minutes=30))
    await hall.scan(hall.anna)
    await database.execute("UPDATE stat_period SET days = 1, hours_minutes = NULL, completed_minutes = NULL")
    scan = await flagged(hall, other)
    for _ in range(2):
        told = await would_change(id_of(scan), counted, by=hall.by)
        assert told is not None and told.adds_visit
        assert (told.before.visits, told.after.visits) == (1, 2)
        assert len(told.elsewhere) == 1
    assert await attendances() == [(hall.session_ids[0], hall.anna.resident_id)]
    assert await value("SELECT count(*) FROM scan_resolution") == 0
    bao = await would_change(id_of(scan), other_person(hall.bao.resident_id), by=hall.by)
    assert bao is not None and bao.becomes_regular and bao.elsewhere == ()
    with pytest.raises(Refusal):
        await would_change(id_of(scan), other_person(999_999), by=hall.by)
    await count_it(id_of(scan), by=hall.by)
    assert await would_change(id_of(scan), counted, by=hall.by) is None
    assert len(await attendances()) == 2, "a human has said that she was at both"


async def test_refused_scans_are_kept_with_what_was_typed_and_may_be_entered_by_name(database: object) -> None:
    hall = await a_hall()
    unread = hall.item("https://weixin.qq.com/r/hello", name="李大妈", scanned_at=TEN.isoformat())
    nowhere = hall.item(hall.anna, 99_999_999, scanned_at=TEN.isoformat())
    await receive([unread, nowhere], by=hall.by)
    found, how_many = await unclear(Whose(hall.leader.id), Asked("unread"), limit=9)
    assert how_many == 2
    assert {(one.reason, one.typed_name, one.title is None) for one in found} == {
        ("unreadable", "李大妈", False), ("unknown_session", None, True),
    }  # fmt: skip
    assert {one.name for one in found} == {""}, "no name where the session is not hers"
    with pytest.raises(Refusal, match="nobody_known"):
        await count_it(id_of(unread), by=hall.by)
    await it_was_person(id_of(unread), hall.bao.resident_id, by=hall.by)
    with pytest.raises(Missing):
        await it_was_person(id_of(nowhere), hall.bao.resident_id, by=hall.by)
    await it_was_person(id_of(nowhere), hall.anna.resident_id, by=hall.by, session_id=hall.session_ids[0])
    assert len(await attendances()) == 2
    assert (await unclear(Whose(hall.leader.id), Asked("unread"), limit=9))[1] == 0
    assert not await differences()


async def test_what_is_clear_is_nothing_to_decide_about(database: object) -> None:
    hall = await a_hall()
    scan = hall.item(hall.anna)
    await receive([scan], by=hall.by)
    for verb in (count_it(id_of(scan), by=hall.by), drop_it(id_of(scan), reason="x", by=hall.by)):
        with pytest.raises(Missing):
            await verb
    assert await rows("SELECT FROM scan_resolution") == []


async def test_who_scans_at_a_session_of_others_sees_it_without_a_name_and_they_enter_the_name(
    database: object,
) -> None:
    hall = await a_hall()
    stranger = await standing.leader(hall.places.other_community)
    scan = hall.item(hall.anna)
    [verdict] = await receive([scan], by=stranger.by("leader"))
    assert verdict.reason == "not_yours"
    [seen], _ = await unclear(Whose(stranger.id), Asked("unread"), limit=9)
    assert (seen.title, seen.name, seen.session_id) == (None, "", None)
    [seen], _ = await unclear(Whose(hall.leader.id), Asked("unread"), limit=9)
    assert (seen.session_id, seen.name, seen.by_name) == (hall.session_ids[0], "", stranger.name)
    for place, how_many in (
        (hall.places.street, 1),
        (hall.places.other_street, 1),
        (hall.places.next_community, 0),
    ):
        assert (await unclear(Whose(place_id=place.id), Asked("unread"), limit=9))[1] == how_many
    third = await standing.leader(hall.places.community)
    helper = replace(hall.by, lent=Lent(1, hall.session_ids[0]))
    for by in (third.by("leader"), (await standing.desk(hall.places.street)).by(), helper):
        with pytest.raises(Missing):
            await drop_it(id_of(scan), reason="x", by=by)
    with pytest.raises(Missing):
        await it_was_person(id_of(scan), hall.anna.resident_id, by=stranger.by("leader"))
    await it_was_person(id_of(scan), hall.anna.resident_id, by=hall.by)
    assert await attendances() == [(hall.session_ids[0], hall.anna.resident_id)]
    assert not await broken_invariants()


async def test_a_decision_whose_attendance_is_gone_would_be_noticed(database: Database) -> None:
    hall = await a_hall()
    scan = await flagged(hall)
    await count_it(id_of(scan), by=hall.by)
    await database.execute("UPDATE scan_resolution SET attendance = NULL")
    assert "decided to count" in " ".join(await broken_invariants())
