"""What the report says of the year before, and never in red before a year ends."""

from __future__ import annotations

from datetime import date

import pytest

from elderlearn.locale import speaking
from elderlearn.participation.growth import Growth, Month
from elderlearn.web.office.growth import compared_in_words, growth_shown


def grown(regulars: int, before: int | None) -> Growth:
    until = date(2026, 3, 10)
    months = tuple(
        Month(date(2026, n, 1), regulars if n <= 3 else None, None if before is None else before + n)
        for n in range(1, 13)
    )
    return Growth(months, until, regulars, "2025", date(2025, 3, 10), before)


@pytest.mark.parametrize(
    ("regulars", "before", "is_running", "said"),
    [
        (1412, 1000, True, "412 more than on this day last year."),
        (10, 12, True, "2 fewer than on this day last year."),
        (5, 5, True, "As many as on this day last year."),
        (1412, 1000, False, "412 more than the year before."),
        (0, 7, False, "7 fewer than the year before."),
        (5, None, True, ""),
    ],
)
def test_it_is_compared_with_the_year_before(
    regulars: int, before: int | None, is_running: bool, said: str
) -> None:
    with speaking("en"):
        assert compared_in_words(grown(regulars, before), is_running=is_running) == said


def test_the_drawing_says_so_far_what_the_table_says() -> None:
    with speaking("en"):
        shown = growth_shown(grown(40, 30), "2026", elders=200, per_mille=350)
    assert "2026: 40" in shown.drawing and "2025: 42" in shown.drawing and "target: 70 persons" in shown.drawing
    assert "miss" not in shown.drawing
    assert [one.regulars for one in shown.months] == [40, 40, 40] + [None] * 9


def test_without_elders_no_target_is_drawn() -> None:
    with speaking("en"):
        assert "target" not in growth_shown(grown(40, None), "2026", elders=None, per_mille=350).drawing
