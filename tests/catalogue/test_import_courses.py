from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from elderlearn.catalogue.import_courses import LAYOUT, import_courses
from elderlearn.catalogue.organise import add_organisation
from elderlearn.catalogue.run_lines import read_runs
from elderlearn.ground.spreadsheets.outcome import Outcome
from elderlearn.ground.spreadsheets.read_sheet import read_sheet
from elderlearn.places.find_places import PlaceBook
from tests import people_standing as standing
from tests.ground.spreadsheets.workbooks import workbook
from tests.people_standing import CLI

HEAD = [
    *"办学单位 所在地 机构类型 课程名称 科目 班级 形式 参加方式".split(),
    *"名额 报名开始 报名截止 开课日期 结课日期 星期 上课时间 下课时间".split(),
]
AUTUMN = [
    *(
        "第1学堂",
        "第1街道",
        "老年学堂",
        "书法",
        "书画",
        "一班",
        "课程",
        "报名",
        30,
        "2025-08-20 09:00",
        "2025-09-05",
    ),
    *(date(2025, 9, 8), "2025-12-29", "周一", time(9), "10:30"),
]


def row(**changes: Any) -> list[Any]:
    return [changes.get(f"c{at}", value) for at, value in enumerate(AUTUMN)]


async def bring(*rows: list[Any], **how: Any) -> Outcome:
    return await import_courses(read_sheet(workbook([HEAD, *rows]), LAYOUT), **({"by": CLI} | how))


async def everything(database: Any) -> Any:
    tables = ("organisation", "course", "course_run", "session", "trail")
    return [await database.fetch(f"SELECT * FROM {one} ORDER BY id") for one in tables]


async def test_a_weekly_run_and_one_day_by_day_come_in_and_twice_changes_nothing(database: Any) -> None:
    await standing.place_tree()
    days = [
        row(c3="合唱", c7="随到随学", c8="", c9="", c10="", c11=day, c12="", c13="")
        for day in ("2025-03-04", "2025/3/7")
    ]
    rows = [AUTUMN, row(c5="二班"), *days]
    done = await bring(*rows)
    assert (done.faults, done.is_written) == ((), True)
    assert done.counts == {"organisations": 1, "courses": 2, "runs": 3, "sessions": 36, "unchanged": 0}
    runs = await database.fetch("SELECT * FROM course_run ORDER BY id")
    assert [(one["entry"], one["seats"], one["sessions_count"]) for one in runs] == [
        ("enrol", 30, 17),
        ("enrol", 30, 17),
        ("drop_in", None, 2),
    ]
    assert {one["state"] for one in await database.fetch("SELECT state FROM course")} == {"released"}
    before = await everything(database)
    again = await bring(*rows)
    assert again.counts == {"organisations": 0, "courses": 0, "runs": 0, "sessions": 0, "unchanged": 3}
    assert await everything(database) == before and not again.remarks


async def test_a_run_on_file_with_other_sessions_stays_and_is_told(database: Any) -> None:
    await standing.place_tree()
    await bring(AUTUMN)
    done = await bring(row(c12="2025-12-15"))
    assert done.counts["unchanged"] == 1 and [(one.cell, one.reason) for one in done.remarks] == [
        ("L2", "differs")
    ]
    assert await database.value("SELECT count(*) FROM session") == 17


@pytest.mark.parametrize(
    ("change", "cell", "reason"),
    [
        ({"c0": ""}, "A2", "empty"),
        ({"c1": "某镇"}, "B2", "unknown_place"),
        ({"c2": "大学"}, "C2", "unknown_word"),
        ({"c3": ""}, "D2", "empty"),
        ({"c7": "抽签"}, "H2", "unknown_word"),
        ({"c8": 0}, "I2", "out_of_range"),
        ({"c8": ""}, "I2", "seats_required"),
        ({"c10": "2025-08-01"}, "K2", "invalid_window"),
        ({"c11": "2025-02-30"}, "L2", "not_a_day"),
        ({"c12": "2025-09-01"}, "L2", "invalid_sessions"),
        ({"c12": "", "c13": "周二"}, "N2", "invalid_sessions"),
        ({"c15": "8:00"}, "P2", "invalid_sessions"),
        ({"c15": "晚些"}, "P2", "not_a_time"),
    ],
)
async def test_every_fault_names_its_cell(database: Any, change: dict[str, Any], cell: str, reason: str) -> None:
    places = await standing.place_tree()
    sheet = read_sheet(workbook([HEAD, row(**change)]), LAYOUT)
    runs, faults = read_runs(sheet, PlaceBook([places.district, *places.streets]), None)
    assert not runs and [(one.cell, one.reason) for one in faults] == [(cell, reason)]


async def test_lines_of_a_run_must_agree_and_a_bad_line_spoils_its_run_only(database: Any) -> None:
    await standing.place_tree()
    done = await bring(AUTUMN, row(c8=20, c11="2026-01-05", c12=""), row(c5="二班"), AUTUMN, skip_bad=True)
    assert [(one.line, one.reason, one.also) for one in done.faults] == [
        (3, "differs_within_run", "2"),
        (5, "session_twice", "2"),
    ]
    assert done.counts["runs"] == 1


async def test_organisations_are_found_by_name_and_place_or_made_where_one_may(database: Any) -> None:
    places = await standing.place_tree()
    for street in places.streets:
        await add_organisation(kind="community_school", name="社区学校", place_code=street.code, by=CLI)
    here = row(c0="社区学校")
    assert (await bring(here)).counts["organisations"] == 0
    assert [one.reason for one in (await bring(row(c0="社区学校", c1=""))).faults] == ["organisation_ambiguous"]
    assert [one.reason for one in (await bring(row(c0="新学校", c2=""))).faults] == ["unknown_organisation"]
    officer = await standing.officer(places.street)
    theirs, unplaced = row(c0="社区学校", c1="第2街道"), row(c0="社区学校", c1="", c3="另")
    hers = await bring(here, theirs, unplaced, by=officer.by(), within=places.street)
    assert [(one.line, one.reason) for one in hers.faults] == [(3, "not_your_place")] and not hers.is_written
