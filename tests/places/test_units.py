"""Reporting units and their communities, day by day."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import asyncpg
import pytest

from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import rows
from elderlearn.places import assign_places as assigning
from elderlearn.places.assign_places import assign_places
from elderlearn.places.end_unit import end_place, end_unit
from elderlearn.places.name_unit import add_unit, change_unit
from elderlearn.places.units import members_of, unit_by_id, unit_on, units_of
from tests import people_standing as standing
from tests.people_standing import CLI, Places

NEW_YEAR, JULY, LAST = date(2025, 1, 1), date(2025, 7, 1), date(2025, 12, 31)


@pytest.fixture
async def places(database: Any) -> Places:
    return await standing.place_tree()


async def a_unit(places: Places, code: str = "KFQ", name: str = "开发区") -> int:
    return await add_unit(places.district.id, code=code, name=name, kind="development_zone", by=CLI)


async def where(places: Places, on: date) -> dict[str, int]:
    """Unit ids by the names of communities."""
    names = {one.id: one.name for pair in places.communities for one in pair}
    return {names[place]: unit for place, unit in (await unit_on(places.district.id, on)).items()}


async def test_communities_are_in_a_unit_from_their_first_to_their_last_day(places: Places) -> None:
    zone = await a_unit(places)
    ids = [places.community.id, places.other_community.id]
    assert await assign_places(zone, ids, starts_on=NEW_YEAR, ends_on=LAST, by=CLI) == 2
    assert await assign_places(zone, ids, starts_on=NEW_YEAR, ends_on=LAST, by=CLI) == 0, "twice changes nothing"
    both = {"1-1社区": zone, "2-1社区": zone}
    assert await where(places, NEW_YEAR) == await where(places, LAST) == both
    assert await where(places, date(2024, 12, 31)) == await where(places, date(2026, 1, 1)) == {}
    assert [one.street for one in await members_of(zone)] == ["第1街道", "第2街道"]


async def test_a_community_changes_its_unit_in_the_middle_of_a_year_only_when_one_says_so(places: Places) -> None:
    zone, town = await a_unit(places), await a_unit(places, "XC", "新城")
    await assign_places(zone, [places.community.id], starts_on=NEW_YEAR, by=CLI)
    with pytest.raises(Refusal) as told:
        await assign_places(town, [places.next_community.id, places.community.id], starts_on=JULY, by=CLI)
    assert (told.value.code, told.value.values["place"], told.value.values["unit"]) == (
        "in_other_unit", "1-1社区", "开发区",
    )  # fmt: skip
    assert await where(places, JULY) == {"1-1社区": zone}, "all or nothing"
    await assign_places(town, [places.community.id], starts_on=JULY, moves=True, by=CLI)
    assert await where(places, date(2025, 6, 30)) == {"1-1社区": zone}
    assert await where(places, JULY) == {"1-1社区": town}
    noted = await rows("SELECT action, subject_id FROM trail WHERE action LIKE 'unit.%' ORDER BY id")
    assert [tuple(one) for one in noted] == [
        ("unit.add", zone), ("unit.add", town), ("unit.assign", zone),
        ("unit.end_place", zone), ("unit.assign", town),
    ]  # fmt: skip


async def test_what_began_as_late_or_would_go_on_afterwards_is_not_moved(places: Places) -> None:
    zone, town = await a_unit(places), await a_unit(places, "XC", "新城")
    await assign_places(zone, [places.community.id], starts_on=JULY, by=CLI)
    for starts_on, ends_on in ((NEW_YEAR, None), (JULY, None), (date(2025, 8, 1), LAST)):
        with pytest.raises(Refusal) as told:
            await assign_places(
                town, [places.community.id], starts_on=starts_on, ends_on=ends_on, moves=True, by=CLI
            )
        assert told.value.code == "in_unit", starts_on
    before = {"starts_on": NEW_YEAR, "ends_on": date(2025, 6, 30)}
    assert await assign_places(town, [places.community.id], by=CLI, **before) == 1, "beside it there is room"


async def test_a_community_leaves_comes_back_or_never_was_there(places: Places) -> None:
    zone = await a_unit(places)
    await assign_places(zone, [places.community.id], starts_on=NEW_YEAR, by=CLI)
    [held] = await members_of(zone)
    with pytest.raises(Refusal, match="invalid_days"):
        await end_place(held.id, ends_on=date(2024, 12, 31), by=CLI)
    await end_place(held.id, ends_on=date(2025, 6, 30), by=CLI)
    assert await where(places, JULY) == {}
    await assign_places(zone, [places.community.id], starts_on=date(2025, 9, 1), by=CLI)
    with pytest.raises(Refusal, match="in_unit"):
        await end_place(held.id, ends_on=date(2025, 9, 1), by=CLI)
    _, again = await members_of(zone)
    await end_place(again.id, ends_on=None, by=CLI)
    assert [one.id for one in await members_of(zone)] == [held.id]
    with pytest.raises(Missing):
        await end_place(again.id, ends_on=LAST, by=CLI)
    await end_place(held.id, ends_on=LAST, by=CLI)


async def test_a_unit_ends_with_all_that_is_in_it_and_takes_nobody_after(places: Places) -> None:
    zone = await a_unit(places)
    await assign_places(zone, [places.community.id], starts_on=NEW_YEAR, by=CLI)
    await assign_places(zone, [places.next_community.id], starts_on=NEW_YEAR, ends_on=date(2025, 3, 31), by=CLI)
    await assign_places(zone, [places.other_community.id], starts_on=LAST, by=CLI)
    await end_unit(zone, ends_on=date(2025, 6, 30), by=CLI)
    lasting = [(one.name, one.ends_on) for one in await members_of(zone)]
    assert lasting == [("1-1社区", date(2025, 6, 30)), ("1-2社区", date(2025, 3, 31))]
    with pytest.raises(Refusal, match="unit_ended"):
        await assign_places(zone, [places.other_community.id], starts_on=date(2025, 6, 1), by=CLI)
    assert (await unit_by_id(zone)).ends_on == date(2025, 6, 30)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"code": "kfq"}, ""), ({"code": "KFQ"}, "code_taken"), ({"code": "none"}, "invalid_code"),
        ({"code": ""}, "invalid_code"), ({"code": "a b"}, "invalid_code"), ({"code": "x" * 21}, "invalid_code"),
        ({"name": " "}, "invalid_name"), ({"name": "a\x00"}, "invalid_name"), ({"kind": "street"}, "invalid_kind"),
    ],
)  # fmt: skip
async def test_how_a_unit_may_be_called(places: Places, change: dict[str, str], code: str) -> None:
    zone, town = await a_unit(places), await a_unit(places, "XC", "新城")
    wanted = {"code": "NEW", "name": "新区", "kind": "other"} | change
    if not code:
        await add_unit(places.district.id, **wanted, by=CLI)
        return
    with pytest.raises(Refusal, match=code):
        await add_unit(places.district.id, **wanted, by=CLI)
    with pytest.raises(Refusal, match=code):
        await change_unit(town, **wanted, by=CLI)
    assert [one.id for one in await units_of(places.district.id)] == [zone, town]


async def test_only_communities_of_the_district_come_to_a_unit(places: Places) -> None:
    zone, elsewhere = await a_unit(places), await standing.place_tree("330114", "别的区")
    for place in (places.street, places.district, elsewhere.community):
        with pytest.raises(Refusal, match="not_a_community"):
            await assign_places(zone, [places.community.id, place.id], starts_on=NEW_YEAR, by=CLI)
    with pytest.raises(Refusal, match="no_places"):
        await assign_places(zone, [], starts_on=NEW_YEAR, by=CLI)
    with pytest.raises(Missing):
        await assign_places(zone + 99, [places.community.id], starts_on=NEW_YEAR, by=CLI)
    assert await unit_on(places.district.id, NEW_YEAR) == {}


async def _all_at_once(places: Places, units: list[int]) -> list[Any]:
    ids = [one.id for pair in places.communities for one in pair]
    await asyncio.gather(*(rows("SELECT pg_sleep(0.1)") for _ in units))  # so that each has a connection
    calls = (
        assign_places(unit, ids if n % 2 else ids[::-1], starts_on=NEW_YEAR, by=CLI)
        for n, unit in enumerate(units)
    )
    return list(await asyncio.gather(*calls, return_exceptions=True))


async def test_of_many_at_once_one_unit_gets_them_and_the_others_are_told(places: Places) -> None:
    units = [await a_unit(places, f"U{n}") for n in range(8)]
    answers = await _all_at_once(places, units)
    told = [one for one in answers if isinstance(one, Refusal)]
    assert [one for one in answers if not isinstance(one, Exception)] == [4] and len(told) == 7
    assert len(set((await where(places, JULY)).values())) == 1


async def test_without_the_lock_the_table_has_to_say_no(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    real = assigning.rows

    everybody_looked = asyncio.Barrier(8)

    async def without_lock(statement: str, *values: Any) -> Any:
        found = await real(statement.replace("FOR NO KEY UPDATE", ""), *values)
        if "daterange" in statement:
            await everybody_looked.wait()
        return found

    monkeypatch.setattr(assigning, "rows", without_lock)
    units = [await a_unit(places, f"U{n}") for n in range(8)]
    refused = (asyncpg.ExclusionViolationError, asyncpg.DeadlockDetectedError)
    answers = await _all_at_once(places, units)
    assert sum(isinstance(one, refused) for one in answers) == 7, answers
