"""What a phone takes along."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest

from elderlearn.checkin.pack import pack
from elderlearn.enrolment.enrol import enrol
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import value
from elderlearn.people.cards import issue_card
from elderlearn.people.codes import card_key
from tests import people_standing as standing
from tests.checkin.hall import TEN, a_hall, attendances, call_off
from tests.people_standing import CLI


async def test_a_phone_knows_people_by_the_hash_of_their_card_and_a_masked_name(database: Any) -> None:
    hall = await a_hall()
    await hall.scan(hall.anna)
    [session] = await pack(hall.session_ids[:1], by=hall.by)
    [packed] = session.people
    number = await value("SELECT number FROM card WHERE resident = $1", hall.anna.resident_id)
    assert asdict(packed) == {
        "card_key": card_key(hall.anna.card_code), "name_masked": "安**", "spelled": "an n",
        "number_ends": number[-4:], "is_seated": False, "attended": True,
    }  # fmt: skip
    assert (session.starts_at, session.is_called_off, session.has_seats) == (TEN, False, False)
    shown = repr(session)
    assert hall.anna.card_code not in shown and number not in shown and "安娜" not in shown


async def test_a_seat_and_a_session_called_off_are_known(database: Any) -> None:
    hall = await a_hall()
    start = now() - timedelta(minutes=15)
    opens = start - timedelta(days=9)
    [first] = await hall.run(start, entry="enrol", seats=9, opens_at=opens)
    run = await value("SELECT run FROM session WHERE id = $1", first)
    await enrol(run, hall.bao.resident_id, "self", by=CLI)
    await call_off(first)
    [session] = await pack([first], by=hall.by)
    assert session.has_seats and session.is_called_off
    assert [(one.is_seated, one.attended) for one in session.people] == [(True, False)]


async def test_a_stranger_gets_no_pack(database: Any) -> None:
    hall = await a_hall()
    stranger = await standing.leader(hall.places.other_community)
    with pytest.raises(Missing):
        await pack(hall.session_ids[:1], by=stranger.by("leader"))


async def test_a_name_of_the_pack_is_ticked_like_a_scan(database: Any) -> None:
    hall = await a_hall()
    key = card_key(hall.anna.card_code)
    verdict = await hall.scan(key, method="tick")
    assert (verdict.verdict, verdict.name) == ("recorded", "安**")
    assert (await hall.scan(hall.anna)).verdict == "already_present"
    assert await attendances() == [(hall.session_ids[0], hall.anna.resident_id)]
    assert await database.fetch("SELECT source FROM attendance") == [("tick",)]
    unknown = await hall.scan("0" * 16, method="tick")
    assert (unknown.verdict, unknown.reason) == ("refused", "bad_signature")
    scanned = await hall.scan(key)
    assert (scanned.verdict, scanned.reason) == ("refused", "unreadable"), "a key is no code of a card"


async def test_a_name_ticked_with_a_key_of_a_lost_card_waits_for_a_human(database: Any) -> None:
    hall = await a_hall()
    key = card_key(hall.anna.card_code)
    await issue_card(hall.anna.resident_id, by=CLI)
    verdict = await hall.scan(key, method="tick")
    assert (verdict.verdict, verdict.reason, verdict.name) == ("flagged", "card_replaced", "安**")
