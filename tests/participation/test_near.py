"""Who is near, beside the pure rule; and how many in which place."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from elderlearn.ground.clock import today
from elderlearn.ground.sql import rows
from elderlearn.participation.counted import Counted, counted_by
from elderlearn.participation.days_missing import days_missing
from elderlearn.participation.near import WITHIN, near_by_place, near_people
from elderlearn.participation.rules import DEFAULT_RULE, Rule, Sums
from elderlearn.places.periods import ensure_periods
from elderlearn.places.queries import ever_within
from elderlearn.stewardship.take_out import take_out
from tests import people_standing as standing
from tests.catalogue.runs_standing import people
from tests.participation.nearly import Nearly, make_nearly
from tests.people_standing import CLI, Places

SUMS = [
    Sums(minutes, days, completed)
    for minutes, days, completed in itertools.product((0, 449, 450, 630, 719, 720), (0, 1, 3, 8, 9, 12), (0, 1))
]
RULES = [
    DEFAULT_RULE,
    replace(DEFAULT_RULE, hours_minutes=None),
    replace(DEFAULT_RULE, days=None, day_cap_minutes=60),
    replace(DEFAULT_RULE, needs_all=True),
    replace(DEFAULT_RULE, needs_all=True, completed_minutes=None),
]


@pytest.mark.parametrize("rule", RULES)
async def test_the_database_finds_whom_the_pure_rule_finds(database: Any, rule: Rule) -> None:
    places = await standing.place_tree()
    counted = await tallied(places, rule)
    found = await near_people([places.community.id], places.district.id, counted, limit=1000)
    missing = {one: days_missing(one, rule) for one in SUMS}
    near = {one: days for one, days in missing.items() if days is not None and 0 < days <= WITHIN}
    assert len(near) > 2
    assert sorted((one.minutes, one.days, one.missing) for one in found) == sorted(
        (one.minutes, one.days, days) for one, days in near.items()
    )


async def tallied(places: Places, rule: Rule) -> Counted:
    """Somebody with each of SUMS, regular or not by the rule."""
    await ensure_periods([(places.district.id, date(2025, 5, 1))])
    await rows(
        """UPDATE stat_period SET hours_minutes = $1, hours_days = $2, days = $3, completed_minutes = $4,
            needs_all = $5, day_cap_minutes = $6""",
        rule.hours_minutes, rule.hours_days, rule.days, rule.completed_minutes, rule.needs_all,
        rule.day_cap_minutes,
    )  # fmt: skip
    counted = await counted_by(places.district.id, "2025")
    for resident, sums in zip(await people(places.community, len(SUMS)), SUMS, strict=True):
        since = date(2025, 5, 1) if days_missing(sums, rule) == 0 else None
        await rows(
            """INSERT INTO tally (resident, period, residence, place, born_on, visits, days, minutes,
                completed_runs, regular_since) VALUES ($1, $2, 'inside', $3, '1950-01-01', $4, $4, $5, $6, $7)""",
            resident, counted.period_id, places.community.id, sums.days, sums.minutes, sums.completed_runs, since,
        )  # fmt: skip
    return counted


@pytest.fixture
async def nearly(database: Any) -> Nearly:
    return await make_nearly()


async def test_they_are_told_by_community_and_by_street(nearly: Nearly) -> None:
    places, counted = nearly.places, await nearly.counted()
    district = places.district
    everywhere = await ever_within(district.id)
    assert await near_by_place(everywhere, district.id, counted) == {
        places.community.code: 4, places.next_community.code: 1, places.other_community.code: 1,
    }  # fmt: skip
    assert await near_by_place(everywhere, district.id, counted, by_street=True) == {
        places.street.code: 5, places.other_street.code: 1,
    }  # fmt: skip


async def test_nobody_is_asked_for_who_died_or_left(nearly: Nearly) -> None:
    await take_out(nearly.ming, "died", today(), by=CLI)
    found = await near_people([nearly.places.community.id], nearly.places.district.id, await nearly.counted())
    assert {one.resident_id for one in found} == {nearly.bare, nearly.fixed, nearly.silent}
