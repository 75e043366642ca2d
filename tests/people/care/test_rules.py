"""Who may act for whom, as a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from elderlearn.people.care.rules import Tie, may_act_for, may_agree, side_of

ELDER, CARER, OTHER = 1, 2, 3
NOW = datetime(2026, 11, 26, 8, tzinfo=UTC)
ACTIVE = Tie(7, ELDER, CARER, "active", NOW)


@pytest.mark.parametrize(
    ("carer", "elder", "tie", "may"),
    [
        (CARER, ELDER, ACTIVE, True),
        (CARER, ELDER, None, False),
        (CARER, ELDER, replace(ACTIVE, state="asked"), False),
        (CARER, ELDER, replace(ACTIVE, state="ended"), False),
        (CARER, ELDER, replace(ACTIVE, elder_state="died"), False),
        (CARER, ELDER, replace(ACTIVE, elder_state="left"), False),
        (CARER, ELDER, replace(ACTIVE, elder_state="merged"), False),
        (CARER, ELDER, replace(ACTIVE, carer_state="left"), False),
        (OTHER, ELDER, ACTIVE, False),
        (CARER, OTHER, ACTIVE, False),
        (ELDER, CARER, ACTIVE, False),
    ],
)
def test_only_an_active_tie_between_these_two_lets_somebody_act(
    carer: int, elder: int, tie: Tie | None, may: bool
) -> None:
    assert may_act_for(carer, elder, tie) is may


def test_only_the_elder_agrees_and_only_while_the_question_is_fresh() -> None:
    asked = replace(ACTIVE, state="asked")
    assert may_agree(ELDER, asked, NOW + timedelta(days=6))
    assert not may_agree(ELDER, asked, NOW + timedelta(days=7))
    assert not may_agree(CARER, asked, NOW) and not may_agree(OTHER, asked, NOW)
    assert not may_agree(ELDER, replace(asked, state="ended"), NOW)
    assert not may_agree(ELDER, replace(asked, carer_state="died"), NOW)


def test_a_tie_has_two_sides() -> None:
    assert [side_of(one, ACTIVE) for one in (ELDER, CARER, OTHER)] == ["elder", "carer", None]
