"""How many days are missing, beside simply coming once more until the rule is met."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from elderlearn.participation.days_missing import days_missing, minutes_of_a_day
from elderlearn.participation.rules import Rule, Sums, is_regular

LONGEST = 400  # days; every rule of these tests is met by then, or never
RULES = st.builds(
    Rule,
    day_cap_minutes=st.sampled_from([45, 60, 90, 180]),
    hours_minutes=st.none() | st.integers(45, 1500),
    hours_days=st.integers(1, 20),
    days=st.none() | st.integers(1, 40),
    completed_minutes=st.none() | st.just(720),
    needs_all=st.booleans(),
)
SUMS = st.builds(Sums, minutes=st.integers(0, 1600), days=st.integers(0, 45), completed_runs=st.integers(0, 2))


@given(SUMS, RULES)
def test_it_is_as_many_as_one_has_to_come(sums: Sums, rule: Rule) -> None:
    assert days_missing(sums, rule) == by_coming(sums, rule)


def by_coming(sums: Sums, rule: Rule) -> int | None:
    """Day after day."""
    for days in range(LONGEST):
        then = Sums(sums.minutes + days * minutes_of_a_day(rule), sums.days + days, sums.completed_runs)
        if is_regular(then, rule):
            return days
    return None


def test_by_the_default_rule_hours_are_the_shorter_way() -> None:
    # 16 class hours are 720 minutes: 630 are one meeting of 90 minutes short; 12 days would be five more.
    assert days_missing(Sums(630, 7, 0), Rule()) == 1
    assert days_missing(Sums(720, 3, 0), Rule()) == 1  # enough hours, on a day too few
    assert days_missing(Sums(0, 0, 1), Rule()) == 0
