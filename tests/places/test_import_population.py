from __future__ import annotations

from typing import Any

from elderlearn.ground.spreadsheets.outcome import Outcome
from elderlearn.ground.spreadsheets.read_sheet import read_sheet
from elderlearn.places.import_population import LAYOUT, import_population
from tests import people_standing as standing
from tests.ground.spreadsheets.workbooks import workbook
from tests.people_standing import CLI

HEAD = ["镇街", "年份", "口径", "60周岁以上人口", "来源"]
ROWS = [["第1街道", 2025, "常住", 12345, "年报"], ["330113002000", "2025年", "户籍人口", "9,876", "年报"]]


async def bring(*rows: list[Any], **how: Any) -> Outcome:
    return await import_population(read_sheet(workbook([HEAD, *rows]), LAYOUT), **({"by": CLI} | how))


async def test_figures_come_in_and_twice_changes_nothing(database: Any) -> None:
    await standing.place_tree()
    assert (await bring(*ROWS)).counts == {"added": 2, "changed": 0, "unchanged": 0}
    before = await database.fetch("SELECT * FROM elder_population ORDER BY id")
    assert {one["basis"]: one["elders"] for one in before} == {"resident": 12345, "registered": 9876}
    assert (await bring(*ROWS)).counts == {"added": 0, "changed": 0, "unchanged": 2}
    assert await database.fetch("SELECT * FROM elder_population ORDER BY id") == before


async def test_another_figure_replaces_and_keeps_the_old_one(database: Any) -> None:
    await standing.place_tree()
    await bring(*ROWS)
    done = await bring(["第1街道", 2025, "常住", 12400, "更正"], dry_run=True)
    assert done.counts == {"added": 0, "changed": 1, "unchanged": 0}
    await bring(["第1街道", 2025, "常住", 12400, "更正"])
    kept = await database.fetch(
        "SELECT elders, is_preferred FROM elder_population WHERE basis = 'resident' ORDER BY id"
    )
    assert [tuple(one) for one in kept] == [(12345, False), (12400, True)]


async def test_faults_name_their_cells_and_nothing_is_written(database: Any) -> None:
    places = await standing.place_tree()
    await standing.place_tree("330110", "余杭区")
    bad = [["第9街道", 1800, "全部", "约一万", ""], ["第1街道", 2025, "常住", -1, "年报"], ROWS[0], ROWS[0]]
    done = await bring(*bad, within=places.district)
    assert [(one.cell, one.reason, one.also) for one in done.faults] == [
        ("A2", "unknown_place", ""),
        ("B2", "out_of_range", "1990–2100"),
        ("C2", "unknown_word", "常住 · 户籍"),
        ("E2", "empty", ""),
        ("D2", "not_a_number", ""),
        ("D3", "out_of_range", "0–100000000"),
        ("A5", "row_twice", "4"),
    ]
    assert await database.value("SELECT count(*) FROM elder_population") == 0
    assert [one.reason for one in (await bring(ROWS[0])).faults] == ["place_ambiguous"]
    elsewhere = await bring(["330110001000", 2025, "常住", 1, "年报"], within=places.district)
    assert [one.reason for one in elsewhere.faults] == ["unknown_place"]
