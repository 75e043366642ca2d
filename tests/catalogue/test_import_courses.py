from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from elderlearn.catalogue.import_courses import LAYOUT, import_courses
from elderlearn.catalogue.organise import add_organisation
from elderlearn.catalogue.run_lines import read_runs
from elderlearn.catalogue.teachers import add_teacher
from elderlearn.catalogue.terms import add_term
from elderlearn.catalogue.venues import add_venue
from elderlearn.ground.spreadsheets.outcome import Outcome
from elderlearn.ground.spreadsheets.read_sheet import read_sheet
from elderlearn.people.staff import add_staff
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


ROOMED = [*HEAD, "场地", "老师", "带班老师", "学期"]


async def bring_roomed(*rows: list[Any], **how: Any) -> Outcome:
    return await import_courses(read_sheet(workbook([ROOMED, *rows]), LAYOUT), **({"by": CLI} | how))


async def a_house(places: standing.Places) -> None:
    """A room of one name here and in the next community, two teachers called alike, a leader, a term."""
    for place in (places.community, places.next_community):
        await add_venue(name="书画室", address="", capacity=30, place_code=place.code, by=CLI)
    for mark in ("书法", "合唱"):
        await add_teacher(
            district_id=places.district.id, name="王芳", engagement="volunteer", known_by=mark, by=CLI
        )
    for name, place in (("林老师", places.street), ("远老师", places.streets[1])):
        await add_staff(name, "leader", place.code, by=CLI)
    await add_term(
        district_code=places.district.code, name="秋季", starts_on=date(2025, 9, 1), ends_on=date(2026, 1, 31),
        limit_per_person=2, by=CLI,
    )  # fmt: skip


async def test_room_teacher_leader_and_term_are_found_by_name_and_twice_changes_nothing(database: Any) -> None:
    places = await standing.place_tree()
    await a_house(places)
    here = row(c1=places.community.code)
    chorus = row(c1=places.community.code, c3="合唱")
    rows = [[*here, "书画室", "王芳（书法）", "林老师", "秋季"], [*chorus, "", "", "", ""]]
    done = await bring_roomed(*rows)
    assert done.is_written and not done.faults
    run = await database.fetch(
        """SELECT DISTINCT v.place, t.known_by, w.name AS leader, m.name AS term FROM course_run r
        JOIN session s ON s.run = r.id JOIN venue v ON v.id = s.venue JOIN teacher t ON t.id = s.teacher
        JOIN run_leader l ON l.run = r.id JOIN staff w ON w.id = l.staff JOIN term m ON m.id = r.term"""
    )
    assert [tuple(one.values()) for one in run] == [(places.community.id, "书法", "林老师", "秋季")]
    before = await everything(database)
    again = await bring_roomed(*rows)
    assert again.counts["unchanged"] == 2 and not again.faults and not again.remarks
    assert await everything(database) == before
    other = await bring_roomed([*here, "书画室", "王芳(合唱)", "", ""])
    assert [(one.cell, one.reason) for one in other.remarks] == [("R2", "differs")]


async def test_a_name_nobody_knows_or_two_have_is_told_in_its_cell(database: Any) -> None:
    places = await standing.place_tree()
    await a_house(places)
    here, there = row(c1=places.community.code), row(c1=places.street.code, c3="别的")
    done = await bring_roomed(
        [*here, "没有的", "王芳", "远老师、林老师", "春季"], [*there, "书画室", "", "", ""], ["", *row()[1:]]
    )
    assert [(one.cell, one.value, one.reason) for one in done.faults] == [
        ("Q2", "没有的", "unknown_venue"),
        ("R2", "王芳", "teacher_ambiguous"),
        ("S2", "远老师", "unknown_leader"),
        ("T2", "春季", "unknown_term"),
        ("Q3", "书画室", "venue_ambiguous"),
        ("A4", "", "empty"),
    ]
    assert not done.is_written and await database.value("SELECT count(*) FROM course_run") == 0


async def test_a_room_and_a_teacher_are_at_one_place_at_a_time(database: Any) -> None:
    places = await standing.place_tree()
    await a_house(places)
    here = places.community.code

    def at(course: str, starts: time, ends: str, room: str = "书画室", teacher: str = "") -> list[Any]:
        return [*row(c1=here, c3=course, c14=starts, c15=ends), room, teacher, "", ""]

    await bring_roomed(at("书法", time(9), "10:30", teacher="王芳（书法）"))
    done = await bring_roomed(
        at("国画", time(10), "11:00"),
        at("剪纸", time(10, 30), "11:30"),
        at("篆刻", time(11), "12:00"),
        at("诗词", time(9), "10:00", room="", teacher="王芳（书法）"),
        skip_bad=True,
    )
    assert [(one.cell, one.reason, one.also) for one in done.faults] == [
        ("Q2", "venue_taken", "2025-09-08 09:00 书法"),
        ("Q4", "venue_taken", "2025-09-08 10:30 剪纸"),
        ("R5", "teacher_taken", "2025-09-08 09:00 书法"),
    ]
    assert done.is_written and done.counts["runs"] == 1


async def test_a_called_off_session_and_what_a_visit_is_worth_come_in(database: Any) -> None:
    await standing.place_tree()
    head = [*HEAD, "状态", "计入分钟"]
    days = [
        [*row(c3="合唱", c7="自由参加", c11=day, c12="", c13=""), state, 60]
        for day, state in (("2025-03-04", "正常"), ("2025-03-05", "停课"))
    ]
    done = await import_courses(read_sheet(workbook([head, *days]), LAYOUT), by=CLI)
    assert not done.faults
    sessions = await database.fetch("SELECT state, credited_minutes FROM session ORDER BY starts_at")
    assert [tuple(one.values()) for one in sessions] == [("planned", 60), ("called_off", 60)]
