"""What one installation hands over, another brings in: the same people, the same figures."""

from __future__ import annotations

import io
import json
from datetime import date, datetime, timedelta

import pytest

from elderlearn.catalogue.schedule import Times
from elderlearn.checkin.close_run import close_due
from elderlearn.checkin.sheet import record_sheet
from elderlearn.checkin.void import void
from elderlearn.enrolment.put_enrolments import Seat, put_enrolments
from elderlearn.ground.clock import SHANGHAI
from elderlearn.ground.connection import point_engine_at
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.spreadsheets.write_csv import CsvWriter
from elderlearn.ground.spreadsheets.write_table import Table
from elderlearn.ground.spreadsheets.write_xlsx import XlsxWriter
from elderlearn.ground.sql import rows
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.participation.queries import rates_by_place
from elderlearn.stewardship.hand_over import hand_over
from elderlearn.stewardship.imports.kinds import bring_in
from elderlearn.stewardship.invariants import broken_invariants
from tests import people_standing as standing
from tests.catalogue.runs_standing import a_course, open_run
from tests.conftest import Database
from tests.people_standing import CLI, Places

DAYS = 12


async def a_year(places: Places) -> None:
    """Twelve lectures: one regular, a learner from outside, one whose visit was taken back."""
    course = await a_course(places.community, title="Health", name="星桥老年学堂")
    first = datetime(2025, 3, 4, 14, tzinfo=SHANGHAI)
    times = tuple(Times(at, at + timedelta(hours=1)) for at in (first + timedelta(days=n) for n in range(DAYS)))
    run = await open_run(
        course, kind="lecture", entry="drop_in", sessions=times, opens_at=None, closes_at=None, seats=None
    )
    wang = await standing.resident(places.community, document=standing.id_number(), phone="13800138000")
    zhao = await standing.resident(places.next_community, name="赵敏", born_on=date(1949, 5, 1))
    li = await standing.neighbour(places)
    for session in run.session_ids:
        await record_sheet(session, [wang.resident_id], by=CLI)
    sheet = await record_sheet(run.session_ids[0], [zhao.resident_id, li.resident_id], by=CLI)
    taken = next(one.attendance_id for one in sheet.recorded if one.resident_id == li.resident_id)
    await void(taken, reason="was not there", by=CLI)


async def a_class(places: Places) -> None:
    """Two classes alike at one time, a session called off: Qian completed the second, a regular by that alone;
    Zhao came in the middle and too seldom; Wang waits there and gave back a seat in the first."""
    course = await a_course(places.community, title="Calligraphy", name="书画学堂")
    start = datetime(2025, 9, 8, 9, tzinfo=SHANGHAI)
    times = tuple(
        Times(at, at + timedelta(minutes=90)) for at in (start + timedelta(days=7 * n) for n in range(6))
    )
    runs = [
        await open_run(
            course, sessions=times, seats=2, credited_minutes=700 // 2,
            opens_at=start - timedelta(days=20), closes_at=start - timedelta(days=2),
        )
        for _ in range(2)
    ]  # fmt: skip
    qian = (await standing.resident(places.community, name="钱进", born_on=date(1950, 2, 2))).resident_id
    [zhao] = [one["id"] for one in await rows("SELECT id FROM resident WHERE name = '赵敏'")]
    [wang] = [one["id"] for one in await rows("SELECT id FROM resident WHERE document_hash IS NOT NULL")]
    early, late = start - timedelta(days=9), start + timedelta(days=24)
    for run, resident, state, asked_at in (
        (runs[1].run_id, qian, "seated", early),
        (runs[1].run_id, zhao, "seated", late),
        (runs[1].run_id, wang, "waiting", late),
        (runs[0].run_id, wang, "withdrawn", early),
    ):
        async with unit_of_work():
            await put_enrolments([Seat(run, resident, state, asked_at)])
    await rows("UPDATE session SET state = 'called_off' WHERE id = $1", runs[1].session_ids[0])
    for session in runs[1].session_ids[1:4]:
        await record_sheet(session, [qian], by=CLI)
    await record_sheet(runs[1].session_ids[4], [zhao], by=CLI)
    await close_due()


async def figures(places: Places) -> list[tuple[object, ...]]:
    """The report of the district by street and by community."""
    found = []
    for level in ("town_street", "community"):
        report = await rates_by_place(places.district.id, "2025", level, places.district.id)
        found += [
            (one.code, one.visits, one.learners, one.regulars, one.enrolled)
            for one in (*report.lines, report.total)
        ]
    return found


async def seats() -> list[tuple[object, ...]]:
    """Who sits where, in the order of lines; and what each run counts."""
    found = await rows(
        """SELECT q.id - (SELECT min(id) FROM course_run), w.name, e.state, e.line_no, e.asked_at, q.seats_taken,
            q.waiting, q.line_last, q.sessions_count, q.closed_at IS NOT NULL AS is_closed
        FROM enrolment e JOIN course_run q ON q.id = e.run JOIN resident w ON w.id = e.resident ORDER BY 1, 2"""
    )
    return [tuple(one.values()) for one in found]


async def completions() -> list[tuple[object, ...]]:
    """Who completed what."""
    found = await rows(
        """SELECT w.name, c.run - (SELECT min(id) FROM course_run), c.on_date, c.planned_minutes
        FROM run_completion c JOIN resident w ON w.id = c.resident ORDER BY 1, 2"""
    )
    return [tuple(one.values()) for one in found]


async def people() -> list[tuple[object, ...]]:
    found = await rows(
        """SELECT r.name, born_on, sex, document_hash, phone_hash, p.code FROM resident r
        LEFT JOIN place p ON p.id = r.place ORDER BY r.name"""
    )
    return [tuple(one.values()) for one in found]


@pytest.mark.parametrize("make", [CsvWriter, XlsxWriter])
async def test_people_and_figures_are_the_same_in_the_other_house(
    database: Database, other_house: Database, make: type[CsvWriter] | type[XlsxWriter]
) -> None:
    places = await standing.place_tree()
    await a_year(places)
    await a_class(places)
    district = await standing.district_officer(places)
    before, known, files = await figures(places), await people(), {}
    sat, completed = await seats(), await completions()
    for kind in ("residents", "courses", "enrolments", "attendances"):
        file = io.BytesIO()
        await hand_over(kind, lambda table, to=file: make(to, table), staff_name=district.name, reason="moving")
        files[kind] = file.getvalue()
    await point_engine_at(other_house.url)
    try:
        there = await standing.place_tree()
        for kind, data in files.items():
            done = await bring_in(kind, data, by=CLI)
            assert done.is_written and not done.faults, done.faults
            again = await bring_in(kind, data, by=CLI)
            assert not again.faults and not again.remarks
            assert {name for name, many in again.counts.items() if many} == {"unchanged"}
        await close_due()
        assert await people() == known
        assert await seats() == sat and len(sat) == 4
        assert await completions() == completed and [one[0] for one in completed] == ["钱进"]
        assert await figures(there) == before
        assert before[-1][3:] == (2, 2)
        assert await broken_invariants() == []
    finally:
        await point_engine_at(database.url)


async def test_full_numbers_are_for_the_district_with_a_reason_that_stays(database: Database) -> None:
    places = await standing.place_tree()
    await standing.resident(places.community, document=standing.id_number())
    district, officer = await standing.district_officer(places), await standing.officer(places.street)

    async def take(name: str, reason: str) -> str:
        file = io.BytesIO()
        await hand_over("residents", lambda table: CsvWriter(file, table), staff_name=name, reason=reason)
        return file.getvalue().decode("utf-8-sig")

    with pytest.raises(Missing):
        await take(officer.name, "curious")
    with pytest.raises(Refusal):
        await take(district.name, " ")
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'hand_over'") == 0
    assert standing.id_number() in await take(district.name, "moving to the city's server")
    [row] = await database.fetch("SELECT * FROM trail WHERE action = 'hand_over'")
    detail = json.loads(row["detail"])
    assert (row["actor_id"], detail["rows"], detail["reason"]) == (district.id, 1, "moving to the city's server")
    assert standing.id_number() not in row["detail"]


async def test_whoever_breaks_off_in_the_middle_stands_in_the_trail(database: Database) -> None:
    places = await standing.place_tree()
    district = await standing.district_officer(places)

    def breaks(_: Table) -> CsvWriter:
        raise OSError

    with pytest.raises(OSError):
        await hand_over("residents", breaks, staff_name=district.name, reason="moving")
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'hand_over'") == 1
