from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elderlearn.catalogue.schedule import Times, check_sessions, credited_minutes, weekly_sessions
from elderlearn.ground.clock import SHANGHAI, local
from elderlearn.ground.errors import Refusal

NINE = datetime(2026, 9, 7, 9, tzinfo=SHANGHAI)
NEW_CENTURY = datetime(2100, 12, 31, 16, tzinfo=UTC)  # in Shanghai it is 2101


def test_a_term_of_mondays_and_thursdays_skips_the_holidays() -> None:
    found = weekly_sessions(
        weekdays={0, 3},
        from_on=date(2026, 9, 28),
        to_on=date(2026, 10, 12),
        starts=time(9),
        minutes=90,
        skipped={date(2026, 10, 1), date(2026, 10, 5)},
    )
    assert [one.on_date for one in found] == [date(2026, 9, 28), date(2026, 10, 8), date(2026, 10, 12)]
    assert {local(one.starts_at).time() for one in found} == {time(9)}
    assert {one.minutes for one in found} == {90}
    assert found[0].starts_at == datetime(2026, 9, 28, 1, tzinfo=UTC)


@given(
    st.sets(st.integers(0, 6), min_size=1),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(7, 300),
)
def test_each_session_is_on_a_chosen_weekday_once_within_the_term(
    weekdays: set[int], first: date, length: int
) -> None:
    last = first + timedelta(days=length)
    found = weekly_sessions(weekdays=weekdays, from_on=first, to_on=last, starts=time(23, 30), minutes=60)
    days = [one.on_date for one in found]
    assert days == sorted(set(days))
    assert set(days) == {
        day for n in range(length + 1) if (day := first + timedelta(days=n)).weekday() in weekdays
    }


def test_a_session_counts_for_the_day_it_starts_on_in_shanghai() -> None:
    late = Times(datetime(2026, 9, 6, 16, 30, tzinfo=UTC), datetime(2026, 9, 6, 18, tzinfo=UTC))
    assert late.on_date == date(2026, 9, 7)


@pytest.mark.parametrize(
    ("times", "reason"),
    [
        (Times(NINE, NINE), "ends_before_start"),
        (Times(NINE, NINE - timedelta(hours=1)), "ends_before_start"),
        (Times(NINE, NINE + timedelta(days=2)), "too_long"),
        (Times(NINE.replace(tzinfo=None), NINE.replace(tzinfo=None) + timedelta(hours=1)), "no_offset"),
        (Times(NINE.replace(year=1900), NINE.replace(year=1900, hour=10)), "year"),
        (Times(NEW_CENTURY, NEW_CENTURY + timedelta(hours=1)), "year"),
    ],
)
def test_an_impossible_session_is_refused_with_its_number(times: Times, reason: str) -> None:
    good = Times(NINE, NINE + timedelta(hours=1))
    with pytest.raises(Refusal) as refused:
        check_sessions([good, times])
    assert (refused.value.code, refused.value.values) == ("invalid_sessions", {"reason": reason, "number": 1})


def test_no_session_and_more_than_four_hundred_are_refused() -> None:
    good = Times(NINE, NINE + timedelta(hours=1))
    check_sessions([good] * 400)
    for wrong in ([], [good] * 401):
        with pytest.raises(Refusal, match="invalid_sessions"):
            check_sessions(wrong)


def test_a_term_of_no_days_is_refused_and_a_slip_in_the_year_takes_no_time() -> None:
    for last in (date(2026, 8, 1), date(9999, 1, 1)):
        with pytest.raises(Refusal, match="invalid_sessions"):
            weekly_sessions(weekdays={0, 1}, from_on=date(2026, 9, 1), to_on=last, starts=time(9), minutes=60)


@pytest.mark.parametrize(
    ("entry", "chosen", "length", "worth"),
    [
        ("enrol", None, 90, 90),
        ("members", None, 45, 45),
        ("drop_in", None, 240, 90),
        ("drop_in", 45, 240, 45),
        ("enrol", 60, 120, 60),
        ("enrol", None, 1440, 600),
        ("drop_in", 9999, 30, 600),
    ],
)
def test_a_visit_is_worth_its_minutes(entry: str, chosen: int | None, length: int, worth: int) -> None:
    assert credited_minutes(entry=entry, chosen=chosen, length=length) == worth
