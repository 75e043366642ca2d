"""Figures of elders on file with PostgreSQL: history, going back, alarms that were looked at."""

from __future__ import annotations

import json
from typing import Any

import pytest

from elderlearn.ground.clock import today
from elderlearn.ground.errors import Missing
from elderlearn.ground.spreadsheets.read_sheet import read_sheet
from elderlearn.participation.elders_on_file import checked, history_of, open_alarms
from elderlearn.participation.settle_alarm import settle_alarm
from elderlearn.places.elders import elders_of
from elderlearn.places.import_population import LAYOUT, import_population
from elderlearn.places.population import put_population
from elderlearn.places.prefer_again import prefer_again
from tests import people_standing as standing
from tests.ground.spreadsheets.workbooks import workbook
from tests.participation.test_behind import a_year
from tests.people_standing import CLI, Places


@pytest.fixture
async def places(database: Any) -> Places:
    return await standing.place_tree()


async def put(*lines: tuple[Any, int], year: int = 2024, source: str = "census", by: Any = CLI) -> None:
    codes = [(place.code, elders) for place, elders in lines]
    await put_population(year=year, basis="resident", source=source, lines=codes, by=by)


async def elders(place: Any) -> int:
    return (await elders_of([place.id], 2024, "resident"))[place.id].elders


async def test_the_history_says_who_when_by_which_source_and_what_it_was(places: Places) -> None:
    mei = await standing.district_officer(places)
    await put((places.street, 100))
    await put((places.street, 120), source="police", by=mei.by())
    found = await history_of(places.street.id)
    assert [(one.elders, one.was, one.source, one.is_preferred, one.by_name) for one in found] == [
        (120, 100, "police", True, mei.name), (100, None, "census", False, None),
    ]  # fmt: skip


async def test_an_earlier_figure_holds_again_and_nothing_is_lost(places: Places) -> None:
    mei = await standing.district_officer(places)
    await put((places.street, 100))
    await put((places.street, 120), source="police")
    _, first = await history_of(places.street.id)
    await prefer_again(first.id, by=mei.by())
    await prefer_again(first.id, by=mei.by())
    found = await history_of(places.street.id)
    assert [(one.elders, one.was, one.is_preferred) for one in found] == [
        (100, 120, True), (120, 100, False), (100, None, False),
    ]  # fmt: skip
    assert (await elders(places.street), found[0].by_name) == (100, mei.name)
    with pytest.raises(Missing):
        await prefer_again(first.id + 99, by=CLI)


async def test_what_is_right_as_it_is_stays_quiet_until_the_figures_change(database: Any, places: Places) -> None:
    await put((places.street, 100), (places.community, 60), (places.next_community, 39))
    [alarm] = await open_alarms(places.district.id)
    for _ in range(2):
        await settle_alarm(places.district.id, alarm, note="one house lies in no community", by=CLI)
    found = await checked(places.district.id)
    assert (found.alarms, [(one.alarm, one.note) for one in found.settled]) == (
        [], [(alarm, "one house lies in no community")],
    )  # fmt: skip
    [noted] = await database.fetch("SELECT detail FROM trail WHERE action = 'settle_alarm'")
    assert json.loads(noted["detail"])["figures"] == [100, 99]
    await put((places.community, 59))
    assert [one.figures for one in await open_alarms(places.district.id)] == [(100, 98)]


async def test_more_regulars_than_elders(database: Any) -> None:
    hall, _ = await a_year()
    await put((hall.places.community, 0), (hall.places.next_community, 7), year=2023)
    found = [one for one in (await checked(hall.places.district.id)).alarms if one.kind == "over"]
    assert [(one.place_id, one.figures, one.words) for one in found] == [
        (hall.places.community.id, (1, 0), ("2025",))
    ]
    await put((hall.places.community, 1), year=2025)
    assert not [one for one in (await checked(hall.places.district.id)).alarms if one.kind == "over"]


async def test_years_that_were_counted_and_have_ended_lack_figures(database: Any) -> None:
    hall, _ = await a_year()
    found = (await checked(hall.places.district.id)).gaps
    assert {(one.year, one.basis) for one in found} == {(2025, "resident"), (today().year - 1, "resident")}
    assert [one.is_blind for one in found if one.year == 2025] == [True, True, True]


async def test_a_list_brought_in_that_does_not_fit_is_taken_and_told(places: Places) -> None:
    head = ["镇街", "年份", "口径", "60周岁以上人口", "来源"]
    lines = [["第1街道", 2024, "常住", 100, "年报"], ["1-1社区", 2024, "常住", 60, "年报"],
             ["1-2社区", 2024, "常住", 0, "年报"]]  # fmt: skip
    for again in (lines, [["第1街道", 2024, "常住", 90, "公安"]]):
        done = await import_population(read_sheet(workbook([head, *again]), LAYOUT), by=CLI)
        assert done.is_written and not done.faults
    street, empty = places.street.id, places.next_community.id
    assert [(one.kind, one.place_id, one.figures) for one in await open_alarms(places.district.id)] == [
        ("parts", street, (90, 60)), ("zero", empty, ()), ("sources", street, (90, 100)),
    ]  # fmt: skip


async def test_another_district_is_another_matter(places: Places) -> None:
    other = await standing.place_tree("330114", "别的区")
    await put((other.street, 0))
    assert await open_alarms(places.district.id) == []
    assert [one.kind for one in await open_alarms(other.district.id)] == ["zero"]
