"""The verdict of one scan, as a table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from elderlearn.checkin.rules import (
    AHEAD,
    EARLY,
    LATE,
    Facts,
    Known,
    Meeting,
    Verdict,
    corrected,
    is_clock_off,
    judge,
    overlap,
)

TEN = datetime(2025, 3, 4, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
NOON = TEN + 2 * HOUR
RECEIVED = NOON + 3 * HOUR
MEETING = Meeting(TEN, NOON, is_called_off=False, has_seats=True, is_yours=True)
LATER = Meeting(RECEIVED, RECEIVED + HOUR, is_called_off=False, has_seats=True, is_yours=True)
GOOD = Facts(
    known=None,
    code_problem=None,
    at=TEN,
    received_at=RECEIVED,
    is_clock_off=False,
    meeting=MEETING,
    is_seated=True,
)
FIRST_RECORDED = Known(Verdict("recorded", "walk_in"), is_same=True)
FIRST_FLAGGED = Known(Verdict("flagged", "outside_window"), is_same=True)
FIRST_REFUSED = Known(Verdict("refused", "bad_time"), is_same=True)
FIRST_PRESENT = Known(Verdict("already_present"), is_same=True)

TABLE = [
    ({}, "recorded", None),
    ({"is_seated": False}, "recorded", "walk_in"),
    ({"is_seated": False, "meeting": replace(MEETING, has_seats=False)}, "recorded", None),
    ({"known": FIRST_RECORDED}, "same_scan", None),
    ({"known": FIRST_FLAGGED}, "flagged", "outside_window"),
    ({"known": FIRST_REFUSED}, "refused", "bad_time"),
    ({"known": FIRST_PRESENT}, "already_present", None),
    ({"known": replace(FIRST_RECORDED, is_same=False)}, "refused", "scan_id_reused"),
    ({"code_problem": "unreadable"}, "refused", "unreadable"),
    ({"code_problem": "bad_signature"}, "refused", "bad_signature"),
    ({"at": None}, "refused", "bad_time"),
    ({"at": datetime(1999, 12, 31, tzinfo=UTC)}, "refused", "bad_time"),
    ({"at": RECEIVED + timedelta(days=1, seconds=1)}, "refused", "bad_time"),
    ({"meeting": None}, "refused", "unknown_session"),
    ({"meeting": replace(MEETING, is_yours=False)}, "refused", "not_yours"),
    ({"meeting": replace(MEETING, is_called_off=True)}, "flagged", "called_off"),
    ({"is_card_replaced": True}, "flagged", "card_replaced"),
    ({"is_clock_off": True}, "flagged", "clock_off"),
    ({"is_clock_off": True, "at": NOON + timedelta(days=40)}, "flagged", "clock_off"),
    ({"at": RECEIVED + AHEAD, "meeting": LATER}, "recorded", None),
    ({"at": RECEIVED + AHEAD + SECOND, "meeting": LATER}, "flagged", "clock_off"),
    ({"known": FIRST_RECORDED, "meeting": replace(MEETING, is_yours=False)}, "refused", "not_yours"),
    ({"at": TEN - EARLY}, "recorded", None),
    ({"at": TEN - EARLY - SECOND}, "flagged", "outside_window"),
    ({"at": NOON + LATE}, "recorded", None),
    ({"at": NOON + LATE + SECOND}, "flagged", "outside_window"),
    ({"is_elsewhere": True}, "flagged", "elsewhere"),
    ({"is_present": True}, "already_present", None),
]


@pytest.mark.parametrize(("changes", "verdict", "reason"), TABLE)
def test_each_fact_alone_has_its_verdict(changes: dict[str, object], verdict: str, reason: str | None) -> None:
    assert judge(replace(GOOD, **changes)) == Verdict(verdict, reason)  # type: ignore[arg-type]  # a table


def test_of_several_facts_the_first_in_the_order_of_the_house_decides() -> None:
    everything = Facts(
        known=FIRST_RECORDED, code_problem="unreadable", at=None, received_at=NOON, is_clock_off=True,
        meeting=None, is_card_replaced=True, is_elsewhere=True, is_present=True,
    )  # fmt: skip
    steps: list[tuple[dict[str, object], str | None]] = [
        ({"known": None}, "unreadable"),
        ({"code_problem": None}, "bad_time"),
        ({"at": TEN - 5 * HOUR}, "unknown_session"),
        ({"meeting": replace(MEETING, is_called_off=True, is_yours=False)}, "not_yours"),
        ({"meeting": replace(MEETING, is_called_off=True)}, "called_off"),
        ({"meeting": MEETING}, "card_replaced"),
        ({"is_card_replaced": False}, "clock_off"),
        ({"is_clock_off": False}, "outside_window"),
        ({"at": TEN}, "elsewhere"),
        ({"is_elsewhere": False}, None),
        ({"is_present": False}, "walk_in"),
    ]
    assert judge(everything).verdict == "same_scan"
    facts = everything
    for changes, reason in steps:
        facts = replace(facts, **changes)  # type: ignore[arg-type]  # a table
        assert judge(facts).reason == reason


def test_a_clock_hours_wrong_is_corrected_and_a_slow_request_is_no_wrong_clock() -> None:
    fast = NOON + 3 * HOUR
    assert corrected(TEN + 3 * HOUR, sent_at=fast, received_at=NOON) == TEN
    assert corrected(TEN, sent_at=NOON - timedelta(seconds=59), received_at=NOON) == TEN
    assert corrected(TEN, sent_at=None, received_at=NOON) == TEN
    assert corrected(TEN - 25 * HOUR, sent_at=NOON - 25 * HOUR, received_at=NOON) == TEN


def test_what_no_calendar_holds_stays_as_it_was() -> None:
    last = datetime(9998, 12, 31, tzinfo=UTC)
    assert corrected(last, sent_at=datetime(1970, 1, 1, tzinfo=UTC), received_at=last) == last


@pytest.mark.parametrize(("hours", "is_off"), [(0, False), (24, False), (-24, False), (25, True), (-25, True)])
def test_a_clock_is_off_when_it_is_more_than_a_day_wrong(hours: int, is_off: bool) -> None:
    assert is_clock_off(NOON + hours * HOUR, NOON) is is_off


def test_without_the_time_of_sending_no_clock_is_off() -> None:
    assert not is_clock_off(None, NOON)


def test_meetings_that_touch_do_not_overlap() -> None:
    assert not overlap((TEN, NOON), (NOON, NOON + HOUR))
    assert overlap((TEN, NOON), (NOON - SECOND, NOON + HOUR))
