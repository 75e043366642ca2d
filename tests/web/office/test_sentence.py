"""The first line of a report, on persons and not on rounded rates."""

from __future__ import annotations

import re

import pytest

from elderlearn.locale import speaking
from elderlearn.participation.lines import RatesLine
from elderlearn.participation.rules import Rule
from elderlearn.web.office.addresses import Shown
from elderlearn.web.office.footnotes import rule_in_words
from elderlearn.web.office.lines import in_order, line_of
from elderlearn.web.office.sentence import sentence_of


def total(regulars: int, elders: int | None, name: str = "x", code: str = "1") -> RatesLine:
    return RatesLine(code, name, elders, 2024 if elders else None, "s", 9, 8, regulars, 7, None)


def said(regulars: int, elders: int | None, per_mille: int | None = 350, *, is_running: bool = False) -> str:
    with speaking("en"):
        return re.sub("<[^>]+>", "", sentence_of(total(regulars, elders), per_mille, is_running=is_running))


@pytest.mark.parametrize(
    ("regulars", "elders", "per_mille", "is_running", "sentence"),
    [
        (35, 100, 350, False,
         "35.0% of the elders take part regularly. The target of 35.0% is reached (+0.0 points)."),
        (34996, 100000, 350, False,
         "35.0% of the elders take part regularly. The target of 35.0% was missed by 4 persons (−0.0 points)."),
        (10, 100, 350, True,
         "10.0% of the elders take part regularly so far. Still 25 to go to the target of 35.0%."),
        (10, 100, None, False, "10.0% of the elders take part regularly."),
        (1234, None, 350, False,
         "1,234 people take part regularly. How many elders live here is not filled in, so there is no rate."),
        (5, 0, 350, False,
         "5 people take part regularly. 0 elders are written down here, so there is no rate."),
    ],
)  # fmt: skip
def test_the_sentence(
    regulars: int, elders: int | None, per_mille: int | None, is_running: bool, sentence: str
) -> None:
    assert said(regulars, elders, per_mille, is_running=is_running) == sentence


def test_a_running_year_is_neither_red_nor_missed() -> None:
    with speaking("en"):
        drawn = sentence_of(total(1, 100), 350, is_running=True)
    assert "miss" not in drawn


def test_the_rule_is_said_with_what_is_switched_on_only() -> None:
    with speaking("en"):
        assert "reaches in the year: 12 different days." in rule_in_words(
            Rule(hours_minutes=None, completed_minutes=None)
        )
        assert "days and 12 different days and one" in rule_in_words(Rule(needs_all=True))
        assert "nothing set" in rule_in_words(Rule(hours_minutes=None, days=None, completed_minutes=None))


def test_unknown_figures_stand_last_and_equal_ones_in_the_order_of_codes() -> None:
    lines = [line_of(total(n, elders, code=code), Shown("1", "2025"), 350)
             for n, elders, code in ((1, None, "a"), (1, 10, "c"), (1, 10, "b"), (5, 10, "d"))]  # fmt: skip
    assert [one.code for one in in_order(lines, "rate")] == ["d", "b", "c", "a"]
    assert [one.code for one in in_order(lines, "place")] == ["a", "b", "c", "d"]
