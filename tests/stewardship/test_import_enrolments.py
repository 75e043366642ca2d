"""Seats decided elsewhere: never more than there are, told by cell, twice the same."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from elderlearn.ground.clock import SHANGHAI
from elderlearn.ground.spreadsheets.outcome import Outcome
from elderlearn.ground.spreadsheets.read_sheet import read_sheet
from elderlearn.stewardship.import_enrolments import LAYOUT, import_enrolments
from tests import people_standing as standing
from tests.catalogue.runs_standing import a_course, open_run, weeks
from tests.conftest import Database
from tests.ground.spreadsheets.workbooks import workbook
from tests.people_standing import CLI

HEAD = ["办学单位", "课程", "开班时间", "姓名", "出生日期", "报名状态", "报名时间"]
START = datetime(2025, 9, 8, 9, tzinfo=SHANGHAI)
WHO = ("王一", "王二", "王三", "王四")


async def a_class_of_two() -> standing.Places:
    places = await standing.place_tree()
    course = await a_course(places.community)
    await open_run(course, sessions=weeks(3, start=START))
    await open_run(
        course, sessions=weeks(3, start=START), entry="members", seats=None, opens_at=None, closes_at=None
    )
    for name in WHO:
        await standing.resident(places.community, name=name, born_on=date(1950, 1, 1))
    return places


def row(who: str, state: str = "", run: str = "2025-09-08 09:00", at: str = "2025-08-20 09:00") -> list[Any]:
    return ["星桥老年学堂", "太极拳", run, who, "1950-01-01", state, at]


async def bring(*given: list[Any], **how: Any) -> Outcome:
    return await import_enrolments(read_sheet(workbook([HEAD, *given]), LAYOUT), by=CLI, **how)


async def seats(database: Database) -> list[tuple[Any, ...]]:
    found = await database.fetch(
        """SELECT w.name, e.state, e.line_no FROM enrolment e JOIN resident w ON w.id = e.resident
        ORDER BY w.name"""
    )
    return [tuple(one.values()) for one in found]


async def test_seats_and_the_line_come_in_and_twice_changes_nothing(database: Database) -> None:
    await a_class_of_two()
    listed = [row("王一"), row("王二", "在读"), row("王四", "候补"), row("王三", "候补")]
    assert (await bring(*listed, dry_run=True)).counts == {"added": 4, "unchanged": 0}
    assert await seats(database) == []
    assert (await bring(*listed)).is_written
    there = await seats(database)
    assert there == [
        ("王一", "seated", None), ("王三", "waiting", 2), ("王二", "seated", None), ("王四", "waiting", 1)
    ]  # fmt: skip
    run = (await database.fetch("SELECT seats_taken, waiting, line_last FROM course_run ORDER BY id"))[0]
    assert tuple(run.values()) == (2, 2, 2)
    assert await database.value("SELECT count(*) FROM enrolled_period") == 2
    again = await bring(*listed[:3], row("王三", "退课"))
    assert again.counts == {"added": 0, "unchanged": 4} and await seats(database) == there
    assert [(one.cell, one.reason) for one in again.remarks] == [("F5", "differs")]


async def test_no_seat_is_given_twice(database: Database) -> None:
    await a_class_of_two()
    done = await bring(*(row(one) for one in WHO[:3]))
    assert [(one.cell, one.reason) for one in done.faults] == [("C4", "run_full")] and not done.is_written
    assert await seats(database) == []
    assert (await bring(*(row(one) for one in WHO[:3]), skip_bad=True)).counts["added"] == 2
    assert [one.reason for one in (await bring(row("王三"))).faults] == ["run_full"]


@pytest.mark.parametrize(
    ("given", "cell", "reason"),
    [
        (row("王一", run="2025-09-08 10:00"), "C2", "unknown_run"),
        (row("王一", run="2025-09-08 09:00 #2"), "C2", "no_enrolment"),
        (row("王一", run="一班"), "C2", "not_a_run"),
        (row("王五"), "D2", "unknown_person"),
        (row("王一", state="旁听"), "F2", "unknown_word"),
        (row("王一", at="昨天"), "G2", "not_a_day"),
    ],
)
async def test_every_fault_names_its_cell(database: Database, given: list[Any], cell: str, reason: str) -> None:
    await a_class_of_two()
    done = await bring(given)
    assert [(one.cell, one.reason) for one in done.faults] == [(cell, reason)] and not done.is_written
    assert await seats(database) == []
