"""Why somebody is a regular, in one sentence made from the rule."""

from __future__ import annotations

import pytest

from elderlearn.locale import speaking
from elderlearn.participation.apart import APART
from elderlearn.participation.rules import Rule, Sums
from elderlearn.web.office import reasons
from elderlearn.web.office.class_hours import class_hours, class_hours_column

HOUR = 45


@pytest.mark.parametrize(
    ("sums", "rule", "sentence"),
    [
        (Sums(18 * HOUR, 9, 0), Rule(),
         "Regular: 18 class hours on 9 days; 16 class hours on 4 days are enough."),
        (Sums(12 * HOUR, 12, 0), Rule(), "Regular: 12 class hours on 12 days; 12 days are enough."),
        (Sums(0, 0, 1), Rule(), "Regular: completed a course of at least 16 class hours, which is enough."),
        (Sums(16 * HOUR, 3, 0), Rule(),
         "Not regular: 16 class hours on 3 days. Needed are 16 class hours on at least 4 days or "
         "12 different days or one completed course of at least 16 class hours."),
        (Sums(719, 4, 0), Rule(days=None, completed_minutes=None),
         "Not regular: 15.9 class hours on 4 days. Needed are 16 class hours on at least 4 days."),
        (Sums(720, 12, 1), Rule(needs_all=True),
         "Regular: 16 class hours on 12 days. Needed are 16 class hours on at least 4 days and "
         "12 different days and one completed course of at least 16 class hours."),
    ],
)  # fmt: skip
def test_the_sentence(sums: Sums, rule: Rule, sentence: str) -> None:
    with speaking("en"):
        assert reasons.why(sums, rule) == sentence


def test_everybody_who_stands_apart_reads_why() -> None:
    assert set(reasons.APART) == set(APART)
    with speaking("en"):
        assert reasons.why_apart("under_age") == "In no rate: not yet old enough."
        assert reasons.why_apart(None) == ""


def test_class_hours_are_cut_off_and_stand_under_each_other_in_columns() -> None:
    with speaking("en"):
        assert [class_hours(one) for one in (0, 719, 720, 60 * 750)] == ["0", "15.9", "16", "1,000"]
        assert [class_hours_column(one) for one in (0, 719, 720)] == ["0.0", "15.9", "16.0"]
