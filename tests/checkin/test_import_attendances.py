from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from elderlearn.catalogue.courses import add_course
from elderlearn.catalogue.organise import add_organisation
from elderlearn.checkin.close_run import close_run
from elderlearn.checkin.import_attendances import LAYOUT, import_attendances
from elderlearn.checkin.recount import differences
from elderlearn.checkin.void import void
from elderlearn.ground.clock import SHANGHAI, today
from elderlearn.ground.spreadsheets.outcome import Outcome
from elderlearn.ground.spreadsheets.read_sheet import read_sheet
from tests import people_standing as standing
from tests.catalogue.runs_standing import Times, a_course, open_run, weeks
from tests.ground.spreadsheets.workbooks import workbook
from tests.people_standing import CLI, Places, id_number

HEAD = "日期 办学单位 镇街 登记号 身份证号 姓名 出生日期 手机 分钟 来源 活动名称 形式".split()
PAPER = id_number()


async def bring(*rows: list[Any], **how: Any) -> Outcome:
    return await import_attendances(read_sheet(workbook([HEAD, *rows]), LAYOUT), **({"by": CLI} | how))


def row(on: Any = "2026-03-05", **who: Any) -> list[Any]:
    """One line; `who` by heading."""
    return [
        on,
        "第1学堂",
        *(who.get(one) for one in HEAD[2:8]),
        who.get("分钟", 60),
        *(who.get(one) for one in HEAD[9:]),
    ]


async def town(database: Any) -> tuple[Places, int, str]:
    """A street with an academy and three people; the card number of the third."""
    places = await standing.place_tree()
    academy = await add_organisation(kind="elder_academy", name="第1学堂", place_code=places.street.code, by=CLI)
    await standing.resident(places.community, document=PAPER)
    await standing.resident(places.community, name="李建国", born_on=date(1950, 11, 2), phone="13800000002")
    third = await standing.resident(places.other_community, name="陈梅", born_on=None)
    return places, academy, await database.value("SELECT number FROM card WHERE resident = $1", third.resident_id)


async def everything(database: Any) -> Any:
    tables = ("course", "course_run", "session", "attendance", "attended_day", "tally", "tally_by_organisation")
    return [await database.fetch(f"SELECT * FROM {one} ORDER BY id") for one in tables]


def year(card: str) -> list[list[Any]]:
    return [
        row(身份证号=PAPER, 来源="纸质"),
        row(date(2026, 3, 5), 姓名="李建国", 出生日期="1950年11月2日"),
        row("2026/3/5", 登记号=float(card)),
        row("2026/4/5", 登记号=card),
        row(
            "2026/4/5",
            姓名="李建国",
            出生日期="1950",
            手机="13800000002",
            活动名称="合唱",
            形式="社团活动",
            分钟=90,
        ),
        row("2025-12-31", 身份证号=PAPER),
    ]


async def test_a_year_comes_in_counted_and_twice_changes_nothing(database: Any) -> None:
    _, academy, card = await town(database)
    done = await bring(*year(card))
    assert (done.faults, done.counts) == ((), {"sessions": 4, "added": 6, "unchanged": 0})
    runs = await database.fetch("SELECT * FROM course_run ORDER BY first_on, id")
    assert [(one["entry"], one["sessions_count"], one["organisation"]) for one in runs] == [
        ("drop_in", 1, academy),
        ("drop_in", 2, academy),
        ("drop_in", 1, academy),
    ]
    kept = await database.fetch("SELECT source, minutes FROM attendance ORDER BY id")
    assert sorted(tuple(one) for one in kept) == sorted([("paper", 60), *[("import", 60)] * 4, ("import", 90)])
    assert await database.value("SELECT sum(visits) FROM tally") == 6 and not await differences()
    before = await everything(database)
    again = await bring(*year(card))
    assert again.counts == {"sessions": 0, "added": 0, "unchanged": 6} and await everything(database) == before


async def test_later_rows_join_the_sessions_and_the_run_that_are_kept(database: Any) -> None:
    _, _, card = await town(database)
    await bring(row(身份证号=PAPER))
    done = await bring(row(身份证号=PAPER), row(登记号=card), row("2026-05-05", 登记号=card))
    assert done.counts == {"sessions": 1, "added": 2, "unchanged": 1}
    run = (await database.fetch("SELECT * FROM course_run"))[0]
    assert (run["sessions_count"], run["planned_minutes"], run["last_on"]) == (2, 120, date(2026, 5, 5))
    assert await database.value("SELECT count(*) FROM course_run") == 1 and not await differences()


async def test_a_session_on_file_is_the_one_that_is_meant(database: Any) -> None:
    _, academy, card = await town(database)
    course = await add_course(organisation_id=academy, title="书法", by=CLI, release=True)
    start = datetime(2026, 3, 5, 14, tzinfo=SHANGHAI)
    run = await open_run(course, sessions=(Times(start, start + timedelta(hours=1)),))
    await close_run(run.run_id, by=CLI)
    done = await bring(row(登记号=card, 活动名称="书法", 形式="课程"), row(身份证号=PAPER))
    assert done.counts == {"sessions": 1, "added": 2, "unchanged": 0}
    there = await database.fetch("SELECT is_walk_in FROM attendance WHERE session = $1", run.session_ids[0])
    assert [one["is_walk_in"] for one in there] == [True]
    assert await database.value("SELECT count(*) FROM run_completion") == 1 and not await differences()


async def test_an_attendance_taken_back_stays_so(database: Any) -> None:
    _, _, card = await town(database)
    await bring(row(身份证号=PAPER), row(登记号=card))
    attendance = await database.value("SELECT min(id) FROM attendance")
    await void(attendance, reason="错", by=CLI)
    done = await bring(row(身份证号=PAPER), row(登记号=card))
    assert done.counts["added"] == 0 and [(one.line, one.reason) for one in done.remarks] == [(2, "was_voided")]
    assert await database.value("SELECT voided_at IS NOT NULL FROM attendance WHERE id = $1", attendance)
    assert not await differences()


async def test_faults_name_their_cells_and_nothing_is_written(database: Any) -> None:
    places, _, card = await town(database)
    await standing.resident(places.community, name="李建国", born_on=date(1950, 11, 2), phone="13800000003")
    bad = [
        row(today() + timedelta(days=1), 登记号=card),
        row(登记号="12345678"),
        row(),
        row(姓名="李建国"),
        row(姓名="李建国", 出生日期="1950-11-02"),
        row(姓名="无此人", 出生日期="1950-11-02"),
        row(身份证号=id_number(date(1940, 1, 1))),
        row(身份证号="330125550308002"),
        row(登记号=card, 分钟=9000),
        row(登记号=card, 镇街="第2街道"),
        row(登记号=card),
        row(登记号=card),
    ]
    done = await bring(*bad)
    assert [(one.cell, one.reason) for one in done.faults] == [
        ("A2", "in_future"),
        ("D3", "unknown_card"),
        ("F4", "empty"),
        ("F5", "nobody_named"),
        ("F6", "person_ambiguous"),
        ("F7", "unknown_person"),
        ("E8", "unknown_person"),
        ("E9", "old_id_number"),
        ("I10", "out_of_range"),
        ("B11", "unknown_organisation"),
        ("D13", "row_twice"),
    ]
    assert await database.value("SELECT count(*) FROM session") == 0
    assert (await bring(*bad, skip_bad=True)).counts == {"sessions": 1, "added": 1, "unchanged": 0}


async def test_an_officer_writes_for_her_street_and_finds_nobody_of_another_district(database: Any) -> None:
    places, _, card = await town(database)
    other = await standing.place_tree("330110", "余杭区")
    await standing.resident(other.community, name="外区人", born_on=date(1951, 1, 1))
    hers, theirs = await standing.officer(places.street), await standing.officer(places.other_street)
    lines = row(登记号=card), row(姓名="外区人", 出生日期="1951-01-01")
    done = await bring(*lines, by=hers.by(), within=places.street, skip_bad=True)
    assert [(one.line, one.reason) for one in done.faults] == [(3, "unknown_person")] and done.counts["added"] == 1
    refused = await bring(*lines, by=theirs.by(), within=places.other_street)
    assert refused.faults[0].reason == "not_your_place" and not refused.is_written


async def test_a_named_run_has_its_visits_and_an_unknown_one_gets_none(database: Any) -> None:
    places = await standing.place_tree()
    course = await a_course(places.community)
    start = datetime(2025, 9, 8, 9, tzinfo=SHANGHAI)
    runs = [await open_run(course, sessions=weeks(3, start=start)) for _ in range(2)]
    await standing.resident(places.community, name="王一", born_on=date(1950, 1, 1))
    head = ["日期", "办学单位", "姓名", "出生日期", "分钟", "课程", "形式", "开班时间", "本次上课时间"]
    there = ["2025-09-15", "星桥老年学堂", "王一", "1950-01-01", 120, "太极拳", "课程"]
    bad = [
        [*there, "2025-09-09 09:00", ""],
        [*there, "2025-09-08 09:00", "10:00"],
        [*there[:4], 60, *there[5:], "2025-09-08 09:00", ""],
    ]
    done = await import_attendances(read_sheet(workbook([head, *bad]), LAYOUT), by=CLI)
    assert [(one.cell, one.reason, one.also) for one in done.faults] == [
        ("H2", "unknown_run", ""), ("H3", "unknown_run", ""), ("E4", "minutes_differ", "120")
    ]  # fmt: skip
    good = read_sheet(workbook([head, [*there, "2025-09-08 09:00 #2", "9:00"]]), LAYOUT)
    assert (await import_attendances(good, by=CLI)).counts == {"sessions": 0, "added": 1, "unchanged": 0}
    assert await database.value("SELECT session FROM attendance") == runs[1].session_ids[1]
    assert (await import_attendances(good, by=CLI)).counts == {"sessions": 0, "added": 0, "unchanged": 1}
