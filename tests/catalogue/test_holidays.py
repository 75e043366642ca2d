from __future__ import annotations

from datetime import date

import pytest

from elderlearn.catalogue.holidays import add_holidays, drop_holiday, holidays_between
from elderlearn.ground.errors import Missing, Refusal
from tests import people_standing as standing
from tests.conftest import Database
from tests.people_standing import CLI

FIRST, SECOND = date(2027, 10, 1), date(2027, 10, 2)


async def test_pasting_the_same_list_again_changes_nothing(database: Database) -> None:
    district = (await standing.place_tree()).district.id
    days = {FIRST: "National Day", SECOND: "National Day"}
    assert await add_holidays(district, days, by=CLI) == 2
    assert await add_holidays(district, days, by=CLI) == 0
    assert await add_holidays(district, days | {SECOND: "Golden Week"}, by=CLI) == 1
    assert await holidays_between(district, FIRST, SECOND) == {FIRST: "National Day", SECOND: "Golden Week"}
    assert await holidays_between(district, SECOND, SECOND) == {SECOND: "Golden Week"}
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'add_holidays'") == 2


async def test_each_district_has_its_own(database: Database) -> None:
    here, other = await standing.place_tree(), await standing.place_tree("330199", "邻区")
    await add_holidays(here.district.id, {FIRST: "National Day"}, by=CLI)
    assert await holidays_between(other.district.id, FIRST, FIRST) == {}
    with pytest.raises(Missing):
        await drop_holiday(other.district.id, FIRST, by=CLI)
    await drop_holiday(here.district.id, FIRST, by=CLI)
    assert await holidays_between(here.district.id, FIRST, FIRST) == {}
    with pytest.raises(Missing):
        await drop_holiday(here.district.id, FIRST, by=CLI)


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ({}, "invalid_holidays"),
        ({date(1999, 1, 1): "x"}, "invalid_holidays"),
        ({FIRST: " "}, "invalid_name"),
        ({FIRST: "x" * 61}, "invalid_name"),
    ],
)
async def test_wrong_lists_are_refused_whole(database: Database, days: dict[date, str], code: str) -> None:
    district = (await standing.place_tree()).district.id
    with pytest.raises(Refusal, match=code):
        await add_holidays(district, {**days, SECOND: "fine"} if days else {}, by=CLI)
    assert await database.value("SELECT count(*) FROM holiday") == 0
