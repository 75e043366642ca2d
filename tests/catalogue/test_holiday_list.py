from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from elderlearn.catalogue.holiday_list import read_holidays
from elderlearn.ground.errors import Refusal


@pytest.mark.parametrize(
    "line",
    [
        "2027-10-01 2027-10-03 国庆节",
        "2027/10/1-2027/10/3 国庆节",
        "2027.10.1～2027.10.3，国庆节",
        "2027年10月1日至2027年10月3日 国庆节",
        "２０２７－１０－０１\t2027-10-03\t国庆节",
        "  2027-10-01, 2027-10-03, 国庆节  ",
    ],
)
def test_every_way_people_write_a_holiday_is_understood(line: str) -> None:
    assert read_holidays(line) == {date(2027, 10, day): "国庆节" for day in (1, 2, 3)}


def test_single_days_and_empty_lines() -> None:
    assert read_holidays("\n2027-01-01 New Year's Day\n\n2027-06-09: Dragon Boat\r\n") == {
        date(2027, 1, 1): "New Year's Day",
        date(2027, 6, 9): "Dragon Boat",
    }


@pytest.mark.parametrize(
    "wrong",
    [
        "2027-02-30 a day that is none",
        "2027-10-01",
        "National Day",
        "2027-10-03 2027-10-01 backwards",
        "2027-10-01 2028-10-01 a slip in the year",
        "10-01 no year",
    ],
)
def test_the_first_line_that_cannot_be_read_is_named(wrong: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_holidays(f"2027-01-01 New Year\n\n{wrong}\n{wrong}")
    assert refused.value.code == "unreadable_holiday"
    assert refused.value.values == {"line": 3}


@given(some.text(max_size=60))
def test_nothing_anybody_pastes_breaks_it(pasted: str) -> None:
    try:
        found = read_holidays(pasted)
    except Refusal as refusal:
        assert refusal.code == "unreadable_holiday"
    else:
        assert all(name.strip() for name in found.values())
