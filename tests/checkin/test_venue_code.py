"""The code of the hall: good for its quarter of a minute and its neighbours, for its session, and from us only."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from elderlearn.checkin.venue_code import (
    VenueCode,
    next_code_in,
    printed_code,
    read_venue_code,
    rotating_code,
    venue_url,
)

KEY, OTHER_KEY = bytes(range(32)), bytes(range(1, 33))
KEYS = {1: KEY}
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)  # the first moment of its quarter
A_MOMENT = timedelta(microseconds=1)
SESSION = 4711


def shown(at: datetime = NOON, session_id: int = SESSION) -> str:
    return rotating_code(session_id, at, key_id=1, key=KEY)


def reads(code: str, seconds: float) -> bool:
    return read_venue_code(code, NOON + timedelta(seconds=seconds), KEYS) == VenueCode(SESSION, is_printed=False)


def test_the_vectors_other_nodes_and_releases_agree_on() -> None:
    assert shown() == "AEAQAAAACJT4YTTD2BXOMZ4H"
    assert shown(NOON + timedelta(seconds=15)) == "AEAQAAAACJT7C6KSCYF5TWJ3"
    assert printed_code(SESSION, key_id=1, key=KEY) == "AEBAAAAACJT2E67GDSDREEC5"


@pytest.mark.parametrize("seconds", [-15, -0.001, 0, 14.999, 15, 29.999])
def test_it_is_good_in_its_quarter_of_a_minute_and_one_before_and_after(seconds: float) -> None:
    assert reads(shown(), seconds)


@pytest.mark.parametrize("seconds", [-15.001, 30, 31, 45, 3600, -3600, 3 * 3600, 86400 * 365])
def test_it_is_worthless_before_and_after_that(seconds: float) -> None:
    assert not reads(shown(), seconds)


def test_it_is_the_same_all_through_its_quarter_and_another_one_in_the_next() -> None:
    last = NOON + timedelta(seconds=15) - A_MOMENT
    assert shown() == shown(last) != shown(last + A_MOMENT)
    assert next_code_in(NOON) == 15
    assert 0 < next_code_in(last) < 0.001


def test_it_says_nothing_of_another_session() -> None:
    assert read_venue_code(shown(session_id=4712), NOON, KEYS) == VenueCode(4712, is_printed=False)
    assert shown()[-12:] != shown(session_id=4712)[-12:]


def test_a_forged_one_reads_as_nothing() -> None:
    forged = rotating_code(SESSION, NOON, key_id=1, key=OTHER_KEY)
    unknown_key = rotating_code(SESSION, NOON, key_id=2, key=KEY)
    for code in (forged, unknown_key, "", "A" * 24, shown().lower(), shown() + "A", shown()[:-1], "é" * 24):
        assert read_venue_code(code, NOON, KEYS) is None, code


def test_any_changed_character_spoils_it() -> None:
    for code in (shown(), printed_code(SESSION, key_id=1, key=KEY)):
        for place in range(len(code)):
            for character in "A7":
                changed = code[:place] + character + code[place + 1 :]
                assert changed == code or read_venue_code(changed, NOON, KEYS) is None, changed


def test_a_printed_one_stays_and_is_known_as_such() -> None:
    code = printed_code(SESSION, key_id=1, key=KEY)
    for days in (-400, 0, 400):
        assert read_venue_code(code, NOON + timedelta(days=days), KEYS) == VenueCode(SESSION, is_printed=True)


def test_the_address_needs_only_what_keeps_the_picture_small() -> None:
    address = venue_url(shown(), "https://learn.example.cn/")
    assert re.fullmatch(r"HTTPS://LEARN\.EXAMPLE\.CN/V/[A-Z2-7]{24}", address)
