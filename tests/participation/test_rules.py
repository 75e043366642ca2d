"""Ages, regulars, rates and targets, as tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elderlearn.enrolment.age import age_on
from elderlearn.participation.rules import (
    DEFAULT_RULE,
    Sums,
    born_by,
    hide_small,
    is_regular,
    persons_missing,
    persons_needed,
    rate,
)

NEVER = replace(DEFAULT_RULE, hours_minutes=None, days=None, completed_minutes=None)


@pytest.mark.parametrize(
    ("minutes", "days", "completed", "is_one"),
    [
        (720, 4, 0, True),
        (719, 4, 0, False),
        (720, 3, 0, False),
        (0, 12, 0, True),
        (719, 11, 0, False),
        (0, 1, 1, True),
        (0, 0, 0, False),
    ],
)
def test_any_of_16_class_hours_on_4_days_or_12_days_or_a_completed_course(
    minutes: int, days: int, completed: int, is_one: bool
) -> None:
    assert is_regular(Sums(minutes, days, completed), DEFAULT_RULE) is is_one


def test_with_needs_all_every_threshold_that_is_on_must_be_met() -> None:
    rule = replace(DEFAULT_RULE, needs_all=True)
    assert is_regular(Sums(720, 12, 1), rule)
    assert not is_regular(Sums(720, 12, 0), rule)
    assert is_regular(Sums(720, 12, 0), replace(rule, completed_minutes=None))


@pytest.mark.parametrize("needs_all", [True, False])
def test_a_rule_without_thresholds_makes_nobody_a_regular(needs_all: bool) -> None:
    assert not is_regular(Sums(10**6, 365, 9), replace(NEVER, needs_all=needs_all))


@pytest.mark.parametrize(
    ("born_on", "on", "age"),
    [
        (date(1965, 12, 31), date(2025, 12, 31), 60),
        (date(1966, 1, 1), date(2025, 12, 31), 59),
        (date(1964, 2, 29), date(2024, 2, 28), 59),
        (date(1964, 2, 29), date(2025, 2, 28), 60),
        (date(1964, 2, 29), date(2025, 3, 1), 61),
    ],
)
def test_age_is_counted_in_full_years(born_on: date, on: date, age: int) -> None:
    assert age_on(born_on, on) == age


@given(
    st.dates(date(1900, 1, 1), date(1999, 12, 31)),
    st.dates(date(2020, 1, 1), date(2040, 12, 31)),
    st.integers(1, 99),
)
def test_who_was_born_by_that_day_is_exactly_who_is_old_enough(born_on: date, on: date, age: int) -> None:
    assert (born_on <= born_by(on, age)) == (age_on(born_on, on) >= age)


@pytest.mark.parametrize(
    ("regulars", "elders", "shown"),
    [(349, 1000, 34.9), (3495, 10000, 35.0), (3494, 10000, 34.9), (1, 3, 33.3), (0, 7, 0.0), (9, 8, 112.5)],
)
def test_a_rate_has_one_decimal_and_halves_go_up(regulars: int, elders: int, shown: float) -> None:
    assert rate(regulars, elders) == shown


@pytest.mark.parametrize("elders", [None, 0])
def test_without_a_denominator_there_is_no_rate_and_nothing_missing(elders: int | None) -> None:
    assert rate(5, elders) is None
    assert persons_missing(5, elders, 350) is None


def test_the_target_is_compared_on_persons_not_on_the_rounded_rate() -> None:
    assert rate(3495, 10000) == 35.0
    assert persons_missing(3495, 10000, 350) == 5
    assert persons_missing(3500, 10000, 350) == 0
    assert persons_missing(3501, 10000, 350) == 0


@given(st.integers(1, 10**7), st.integers(1, 1000))
def test_so_many_reach_the_target_and_one_fewer_do_not(elders: int, per_mille: int) -> None:
    needed = persons_needed(elders, per_mille)
    assert needed * 1000 >= elders * per_mille > (needed - 1) * 1000


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ([10, 3, 20], [None, None, 20]),
        ([10, 3, 2], [10, None, None]),
        ([0, 3, 9], [0, None, None]),
        ([0, 3, 0], [None, None, 0]),
        ([10, 0, 5], [10, 0, 5]),
        ([4], [None]),
        ([], []),
    ],
)
def test_small_cells_are_hidden_and_never_one_alone(cells: list[int], shown: list[int | None]) -> None:
    assert hide_small(cells) == shown


@given(st.lists(st.integers(0, 12), min_size=2, max_size=8))
def test_nobody_can_work_out_a_hidden_cell_from_the_sum(cells: list[int]) -> None:
    shown = hide_small(cells)
    assert shown.count(None) != 1
    assert all(one is None or one == 0 or one >= 5 for one in shown)
