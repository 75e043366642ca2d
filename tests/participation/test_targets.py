"""Targets and rule versions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import value
from elderlearn.participation.rule_versions import ensure_rule
from elderlearn.participation.targets import set_target, target_of
from tests import people_standing as standing
from tests.people_standing import CLI


async def test_a_new_target_ends_the_one_before(database: Any) -> None:
    district = (await standing.place_tree()).district.id
    first = await set_target(district, 350, starts_on=date(2021, 1, 1), by=CLI)
    assert await set_target(district, 350, starts_on=date(2021, 1, 1), by=CLI) == first
    await set_target(district, 400, starts_on=date(2026, 1, 1), ends_on=date(2027, 12, 31), by=CLI)
    days = [date(2020, 12, 31), date(2021, 1, 1), date(2025, 12, 31), date(2026, 1, 1), date(2028, 1, 1)]
    assert [await target_of(district, day) for day in days] == [None, 350, 350, 400, None]
    assert await value("SELECT count(*) FROM trail WHERE action = 'target.set'") == 2


@pytest.mark.parametrize("per_mille", [0, -1, 1001])
async def test_a_target_is_more_than_nothing_and_at_most_everybody(database: Any, per_mille: int) -> None:
    district = (await standing.place_tree()).district.id
    with pytest.raises(Refusal, match="invalid_target"):
        await set_target(district, per_mille, starts_on=date(2021, 1, 1), by=CLI)


async def test_a_district_gets_the_default_rule_once(database: Any) -> None:
    district = (await standing.place_tree()).district.id
    assert await ensure_rule(district, by=CLI)
    assert not await ensure_rule(district, by=CLI)
    assert await value("SELECT parameters->>'hours_minutes' FROM regular_rule") == "720"


async def test_the_default_rule_is_the_one_the_table_counts_by(database: Any) -> None:
    from elderlearn.participation.counted import rule_of
    from elderlearn.participation.rules import DEFAULT_RULE
    from elderlearn.places.periods import active_periods, ensure_periods

    district = (await standing.place_tree()).district.id
    await ensure_periods({(district, date(2025, 1, 1))})
    [period] = await active_periods(district)
    assert rule_of(period) == DEFAULT_RULE
