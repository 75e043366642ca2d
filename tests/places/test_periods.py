from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import pytest

from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.places.change_setting import change_setting
from elderlearn.places.import_places import import_places
from elderlearn.places.periods import active_periods, ensure_periods, period_by_label
from elderlearn.places.queries import district_setting, is_sample_ready, place_by_code
from tests.places.linping import BY, official_rows


@pytest.fixture
async def district(database: Any) -> int:
    await import_places(official_rows(), valid_from=date(2025, 1, 1), by=BY)
    return (await place_by_code("330113000000")).id


async def test_a_year_opens_with_the_default_rule(district: int) -> None:
    await ensure_periods(
        {(district, date(2025, 3, 1)), (district, date(2025, 12, 31)), (district, date(2026, 1, 1))}
    )
    assert [one.label for one in await active_periods(district)] == ["2026", "2025"]
    rule = await period_by_label(district, "2025")
    assert (rule.starts_on, rule.ends_on, rule.reference_on) == (
        date(2025, 1, 1),
        date(2025, 12, 31),
        date(2025, 12, 31),
    )
    assert (rule.elder_age, rule.basis, rule.needs_all, rule.state, rule.rule_version) == (
        60,
        "resident",
        False,
        "active",
        1,
    )
    # domain.md section 2: 16 class hours of 45 minutes on 4 days, at most 4 a day; 12 days; a run of 16 hours
    assert (rule.hours_minutes, rule.hours_days, rule.day_cap_minutes) == (16 * 45, 4, 4 * 45)
    assert (rule.days, rule.completed_minutes) == (12, 16 * 45)
    assert rule.kinds == ("class", "lecture", "activity", "meeting")


async def test_many_at_once_open_it_once(district: int, database: Any) -> None:
    async def one() -> None:
        async with unit_of_work():
            await ensure_periods({(district, date(2025, 5, 5))})

    await asyncio.gather(*(one() for _ in range(15)))
    assert await database.value("SELECT count(*) FROM stat_period") == 1


async def test_no_days_open_nothing(district: int, database: Any) -> None:
    await ensure_periods(set())
    assert await database.value("SELECT count(*) FROM stat_period") == 0


async def test_a_year_nobody_counted_is_missing_and_a_wrong_label_refused(district: int) -> None:
    with pytest.raises(Missing):
        await period_by_label(district, "2019")
    with pytest.raises(Refusal):
        await period_by_label(district, "last year")


async def test_a_sample_being_filled_is_not_ready(district: int) -> None:
    await change_setting(district, is_sample=True, sample_state="filling", by=BY)
    assert not await is_sample_ready()
    await change_setting(district, sample_state="ready", by=BY)
    assert await is_sample_ready()
    setting = await district_setting(district)
    assert (setting.is_sample, setting.title) == (True, "临平区")
