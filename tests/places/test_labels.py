from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elderlearn.ground.errors import Refusal
from elderlearn.places.labels import calendar_label, span_of


def test_a_year_is_the_calendar_year() -> None:
    span = span_of("2025")
    assert (span.starts_on, span.ends_on) == (date(2025, 1, 1), date(2025, 12, 31))
    assert span.reference_on == date(2025, 12, 31)


def test_a_school_year_begins_in_its_month_and_asks_for_age_at_the_end_of_its_first_year() -> None:
    span = span_of("2025-09")
    assert (span.starts_on, span.ends_on, span.reference_on) == (
        date(2025, 9, 1),
        date(2026, 8, 31),
        date(2025, 12, 31),
    )


def test_january_is_the_calendar_year_itself() -> None:
    assert span_of("2025-01") == span_of("2025")


@pytest.mark.parametrize(
    "text", ["", "25", "2025-13", "2025-00", "2025-9", "2025-09-01", "１９９９", "2025\n", "3025"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as told:
        span_of(text)
    assert told.value.code == "invalid_period"


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_every_day_lies_in_its_calendar_year(on: date) -> None:
    span = span_of(calendar_label(on))
    assert span.starts_on <= on <= span.ends_on
    assert span.ends_on - span.starts_on in (timedelta(364), timedelta(365))
