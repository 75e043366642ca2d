"""Moments as people say them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from elderlearn.ground import clock
from elderlearn.locale import speaking
from elderlearn.web.shell import dates

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday, 10:00 in Shanghai


@pytest.fixture(autouse=True)
def monday_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def at(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=clock.SHANGHAI)


@pytest.mark.parametrize(
    ("language", "moment", "said"),
    [
        ("en", at(23, 14, 30), "today, Monday, 14:30"),
        ("en", at(24, 9), "tomorrow, Tuesday, 9:00"),
        ("en", at(3, 9, month=12), "Thursday, 3 December, 9:00"),
        ("en", at(4, 9, month=1, year=2027), "Monday, 4 January 2027, 9:00"),
        ("zh_CN", at(24, 9), "明天 星期二 上午9:00"),
        ("zh_CN", at(22, 19), "昨天 星期日 晚上7:00"),
        ("zh_CN", at(3, 12, 15, month=12), "12月3日 星期四 中午12:15"),
        ("zh_CN", at(4, 9, month=1, year=2027), "2027年1月4日 星期一 上午9:00"),
    ],
)
def test_a_moment_in_words(language: str, moment: datetime, said: str) -> None:
    with speaking(language):
        assert dates.when(moment) == said


def test_a_moment_stored_in_utc_is_said_in_shanghai() -> None:
    with speaking("en"):
        assert dates.when(datetime(2026, 11, 23, 23, 30, tzinfo=UTC)) == "tomorrow, Tuesday, 7:30"


@pytest.mark.parametrize(
    ("language", "start", "end", "said"),
    [
        ("en", at(24, 9), at(24, 10, 30), "9:00–10:30"),
        ("zh_CN", at(24, 9), at(24, 10, 30), "上午9:00–10:30"),
        ("zh_CN", at(24, 11), at(24, 14, 30), "上午11:00–下午2:30"),
    ],
)
def test_the_part_of_the_day_is_said_once(language: str, start: datetime, end: datetime, said: str) -> None:
    with speaking(language):
        assert dates.hours(start, end) == said


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(minutes=1, seconds=5), "1 minute ago"),
        (timedelta(hours=3), "3 hours ago"),
        (timedelta(days=2), "Saturday, 21 November, 10:00"),
    ],
)
def test_how_long_ago(passed: timedelta, said: str) -> None:
    with speaking("en"):
        assert dates.ago(NOW - passed) == said


@pytest.mark.parametrize(("minutes", "said"), [(45, "45 min"), (60, "1 h"), (90, "1 h 30 min"), (0, "0 min")])
def test_a_length_of_time(minutes: int, said: str) -> None:
    with speaking("en"):
        assert dates.length(minutes) == said


def test_a_plain_date_has_no_time_zone_to_lose() -> None:
    with speaking("en"):
        assert dates.day(date(2026, 11, 24)) == "tomorrow, Tuesday"
