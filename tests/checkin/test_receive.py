"""Scans by the batch, with PostgreSQL."""

from __future__ import annotations

from datetime import timedelta

import pytest

from elderlearn.checkin.items import RawScan, read_item
from elderlearn.checkin.receive import MOST, receive
from elderlearn.checkin.void import void
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import row, rows, value
from elderlearn.people.cards import issue_blank, issue_card
from elderlearn.people.codes import code_for
from tests import people_standing as standing
from tests.checkin.hall import TEN, a_hall, attendances, call_off


async def test_a_scan_is_recorded_with_who_when_and_door(database: object) -> None:
    hall = await a_hall()
    verdict = await hall.scan(hall.anna)
    assert (verdict.verdict, verdict.reason, verdict.name) == ("recorded", None, "安**")
    kept = await row("SELECT * FROM attendance WHERE id = $1", verdict.attendance_id)
    assert kept is not None
    assert (kept["minutes"], kept["on_date"], kept["source"], kept["kind"]) == (120, TEN.date(), "scan", "class")
    assert (kept["by_kind"], kept["by_id"], kept["door"]) == ("staff", hall.leader.id, "leader")
    scan = await row("SELECT * FROM scan")
    assert scan is not None
    assert (scan["verdict"], scan["attendance"], scan["id"]) == ("recorded", kept["id"], kept["scan"])
    assert hall.anna.card_code.encode() not in bytes(scan["code_hash"])


async def test_the_same_scan_again_is_same_scan_and_changes_nothing(database: object) -> None:
    hall = await a_hall()
    scan = hall.item(hall.anna)
    first = await receive([scan], by=hall.by)
    again = await receive([scan], by=hall.by)
    assert (first[0].verdict, again[0].verdict, again[0].name) == ("recorded", "same_scan", "安**")
    assert again[0].attendance_id == first[0].attendance_id
    assert await value("SELECT count(*) FROM attendance") == 1
    assert await value("SELECT visits FROM tally") == 1


async def test_a_scan_id_with_another_card_is_refused_and_the_first_stays(database: object) -> None:
    hall = await a_hall()
    scan = hall.item(hall.anna)
    await receive([scan], by=hall.by)
    again = await hall.scan(hall.bao, scan_id=scan.shown_id)
    assert (again.verdict, again.reason, again.name) == ("refused", "scan_id_reused", None)
    assert len(await attendances()) == 1


async def test_a_new_scan_of_somebody_present_is_already_present(database: object) -> None:
    hall = await a_hall()
    first = await hall.scan(hall.anna)
    again = await hall.scan(hall.anna)
    assert (again.verdict, again.attendance_id) == ("already_present", first.attendance_id)


async def test_a_flagged_scan_counts_nothing_and_gives_its_first_verdict_again(database: object) -> None:
    hall = await a_hall()
    scan = hall.item(hall.anna, scanned_at=(TEN - timedelta(minutes=61)).isoformat())
    for _ in range(2):
        [verdict] = await receive([scan], by=hall.by)
        assert (verdict.verdict, verdict.reason) == ("flagged", "outside_window")
    assert await attendances() == []
    assert await value("SELECT count(*) FROM tally") == 0


async def test_each_kind_of_wrong_scan_gets_its_own_verdict(database: object) -> None:
    hall = await a_hall()
    old = hall.anna.card_code
    await issue_card(hall.anna.resident_id, by=hall.by)
    stranger = await standing.leader(hall.places.other_community)
    other = next(letter for letter in "AB" if letter != old[5])
    wrong = {
        ("refused", "unreadable"): hall.item("https://example.com/hello"),
        ("refused", "bad_signature"): hall.item(old[:5] + other + old[6:]),
        ("refused", "bad_time"): hall.item(hall.bao, scanned_at="yesterday"),
        ("refused", "unknown_session"): hall.item(hall.bao, 99999999),
        ("flagged", "card_replaced"): hall.item(old),
    }
    verdicts = await receive(list(wrong.values()), by=hall.by)
    assert [(one.verdict, one.reason) for one in verdicts] == list(wrong)
    [not_theirs] = await receive([hall.item(hall.bao)], by=stranger.by("leader"))
    assert (not_theirs.verdict, not_theirs.reason, not_theirs.name) == ("refused", "not_yours", None)
    await call_off(hall.session_ids[1])
    assert (await hall.scan(hall.bao, hall.session_ids[1])).reason == "called_off"
    assert await attendances() == []
    kept = await rows("SELECT reason FROM scan")
    assert len(kept) == 7, "every one of them is kept"


async def test_a_genuine_signature_without_a_card_is_refused(database: object) -> None:
    from elderlearn.people.card_keys import signing_key

    hall = await a_hall()
    key_id, key = signing_key()
    verdict = await hall.scan(code_for(key_id, b"0123456789", key))
    assert (verdict.verdict, verdict.reason) == ("refused", "bad_signature")


async def test_the_printed_number_counts_only_when_somebody_typed_it(database: object) -> None:
    hall = await a_hall()
    number = await value("SELECT number FROM card WHERE resident = $1", hall.anna.resident_id)
    scanned = await hall.scan(number)
    typed = await hall.scan(number, method="typed")
    assert (scanned.verdict, scanned.reason) == ("refused", "unreadable")
    assert typed.verdict == "recorded"
    assert await value("SELECT source FROM attendance") == "typed"


async def test_one_address_of_any_host_is_read_like_the_bare_code(database: object) -> None:
    hall = await a_hall()
    verdict = await hall.scan(f"HTTPS://OTHER.EXAMPLE/C/{hall.anna.card_code}")
    assert verdict.verdict == "recorded"


async def test_a_bad_item_spoils_none_of_five_hundred(database: object) -> None:
    hall = await a_hall(count=1)
    cards = await issue_blank(MOST - 5, hall.places.district.id, by=hall.by)
    good = [hall.item(one.code) for one in cards]
    bad = [
        read_item(None),
        hall.item("\0\ud800", scan_id="x" * 300),
        hall.item(hall.anna, scanned_at="0001-01-01T00:00:00+14:00"),
        hall.item(hall.anna, session_id=2**70),
        hall.item(hall.anna, device_seq=-(2**80), name="王" * 90, method=["camera"]),
    ]
    verdicts = await receive(good[:200] + bad + good[200:], by=hall.by, device="phone\0" * 30)
    assert [one.verdict for one in verdicts[:200] + verdicts[205:]] == ["recorded"] * (MOST - 5)
    assert [one.reason for one in verdicts[200:204]] == ["unreadable", "unreadable", "bad_time", "unknown_session"]
    assert verdicts[204].verdict == "recorded"
    assert len(await attendances()) == MOST - 4


@pytest.mark.parametrize("many", [0, MOST + 1])
async def test_a_batch_holds_1_to_500(database: object, many: int) -> None:
    hall = await a_hall(count=1)
    with pytest.raises(Refusal, match="invalid_batch"):
        await receive([hall.item(hall.anna)] * many, by=hall.by)


async def test_who_was_scanned_first_is_recorded_whatever_the_order_sent(database: object) -> None:
    hall = await a_hall()
    [overlapping] = await hall.run(TEN + timedelta(hours=1))
    later = hall.item(hall.anna, overlapping)
    earlier = hall.item(hall.anna)
    twice = hall.item(hall.anna, scanned_at=(TEN + timedelta(minutes=16)).isoformat())
    verdicts = await receive([later, twice, earlier], by=hall.by)
    assert [(one.verdict, one.reason) for one in verdicts] == [
        ("flagged", "elsewhere"),
        ("already_present", None),
        ("recorded", None),
    ]
    assert verdicts[1].attendance_id == verdicts[2].attendance_id is not None
    assert await attendances() == [(hall.session_ids[0], hall.anna.resident_id)]


async def test_one_scan_twice_in_a_batch_is_recorded_once(database: object) -> None:
    hall = await a_hall()
    scan = hall.item(hall.anna)
    reused = hall.item(hall.bao, scan_id=scan.shown_id)
    verdicts = await receive([scan, scan, reused], by=hall.by)
    assert [(one.verdict, one.reason) for one in verdicts] == [
        ("recorded", None), ("same_scan", None), ("refused", "scan_id_reused"),
    ]  # fmt: skip
    assert verdicts[1].attendance_id == verdicts[0].attendance_id


async def test_meetings_one_after_the_other_do_not_overlap(database: object) -> None:
    hall = await a_hall()
    [next_one] = await hall.run(TEN + timedelta(hours=2))
    assert (await hall.scan(hall.anna)).verdict == "recorded"
    assert (await hall.scan(hall.anna, next_one)).verdict == "recorded"


async def test_without_a_seat_she_is_a_walk_in_but_never_at_a_drop_in(database: object) -> None:
    hall = await a_hall()
    [seats] = await hall.run(TEN + timedelta(days=1), entry="enrol", seats=2)
    run_id = await value("SELECT run FROM session WHERE id = $1", seats)
    await rows(
        """INSERT INTO enrolment (run, resident, state, channel, asked_at, changed_at)
        VALUES ($1, $2, 'seated', 'self', now(), now())""",
        run_id,
        hall.anna.resident_id,
    )
    assert (await hall.scan(hall.anna, seats)).reason is None
    assert (await hall.scan(hall.bao, seats)).reason == "walk_in"
    assert (await hall.scan(hall.bao)).reason is None


async def test_a_blank_card_gets_a_person_without_a_name_and_only_one(database: object) -> None:
    hall = await a_hall()
    [card] = await issue_blank(1, hall.places.district.id, by=hall.by)
    first, second = await receive([hall.item(card.code), hall.item(card.code, hall.session_ids[1])], by=hall.by)
    assert (first.verdict, second.verdict, first.name) == ("recorded", "recorded", None)
    assert await value("SELECT count(DISTINCT resident) FROM attendance") == 1


async def test_a_blank_card_scanned_by_a_stranger_makes_nobody(database: object) -> None:
    hall = await a_hall()
    stranger = await standing.leader(hall.places.other_community)
    before = await value("SELECT count(*) FROM resident")
    [card] = await issue_blank(1, hall.places.district.id, by=hall.by)
    [verdict] = await receive([hall.item(card.code)], by=stranger.by("leader"))
    assert verdict.reason == "not_yours"
    assert await value("SELECT count(*) FROM resident") == before


async def test_after_a_void_a_new_scan_records_anew_on_the_same_row(database: object) -> None:
    hall = await a_hall()
    scan = hall.item(hall.anna)
    [first] = await receive([scan], by=hall.by)
    assert first.attendance_id is not None
    await void(first.attendance_id, reason="wrong person", by=hall.by)
    assert await attendances() == []
    [resent] = await receive([scan], by=hall.by)
    assert resent.verdict == "same_scan"
    assert await attendances() == [], "the old scan does not bring it back"
    again = await hall.scan(hall.anna)
    assert (again.verdict, again.attendance_id) == ("recorded", first.attendance_id)
    actions = await rows("SELECT action, district FROM trail WHERE subject = 'attendance' ORDER BY id")
    assert [one["action"] for one in actions] == ["attendance.void", "attendance.record_again"]
    assert {one["district"] for one in actions} == {hall.places.district.id}


async def test_an_officer_scans_in_her_street_and_not_in_the_other(database: object) -> None:
    hall = await a_hall()
    officer = await standing.officer(hall.places.street)
    stranger = await standing.officer(hall.places.other_street)
    assert [one.verdict for one in await receive([hall.item(hall.anna)], by=officer.by())] == ["recorded"]
    assert [one.reason for one in await receive([hall.item(hall.bao)], by=stranger.by())] == ["not_yours"]


async def test_a_wrong_phone_clock_is_corrected_and_a_very_wrong_one_is_flagged(database: object) -> None:
    from elderlearn.ground.clock import now

    hall = await a_hall()
    slow = timedelta(hours=5)
    scan = hall.item(hall.anna, scanned_at=(TEN - slow).isoformat())
    [verdict] = await receive([scan], by=hall.by, sent_at=now() - slow)
    assert verdict.verdict == "recorded"
    assert await value("SELECT abs(extract(epoch FROM scanned_at - $1)) < 5 FROM scan", TEN)
    [far_off] = await receive([hall.item(hall.bao)], by=hall.by, sent_at=now() - timedelta(days=2))
    assert (far_off.verdict, far_off.reason) == ("flagged", "clock_off")


async def test_codes_are_nowhere_in_the_database(database: object) -> None:
    hall = await a_hall()
    await hall.scan(hall.anna, name=hall.anna.card_code[:3])
    for table in ("scan", "attendance", "trail"):
        text = await value(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")
        assert hall.anna.card_code not in text


def test_a_raw_scan_shows_no_code_and_no_name() -> None:
    shown = repr(RawScan("a", None, 1, "SECRET", None, name="王秀英"))
    assert "SECRET" not in shown
    assert "王秀英" not in shown


async def test_a_phone_whose_clock_is_weeks_ahead_loses_nothing_a_human_looks(database: object) -> None:
    hall = await a_hall()
    ahead = now() + timedelta(days=40)
    [verdict] = await receive([hall.item(hall.anna, scanned_at=ahead.isoformat())], by=hall.by, sent_at=ahead)
    assert (verdict.verdict, verdict.reason) == ("flagged", "clock_off")
