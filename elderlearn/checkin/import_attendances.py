"""Bring in attendances of a year that is under way already, as somebody kept them elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from elderlearn.catalogue.find_hosts import HostBook, host_book
from elderlearn.catalogue.kept_sessions import Meeting, held_sessions
from elderlearn.checkin.attendance_lines import AttendanceLine, AttendanceLines
from elderlearn.checkin.write_attended import Attended, write_attended
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import today
from elderlearn.ground.spreadsheets.faults import Fault
from elderlearn.ground.spreadsheets.layout import load_layout
from elderlearn.ground.spreadsheets.outcome import CHECKING, NOBODY, Outcome, Watch, may_write, outcome
from elderlearn.ground.spreadsheets.sheet import Sheet
from elderlearn.ground.sql import rows
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.find_named import Named, people_named
from elderlearn.places.find_places import PlaceBook
from elderlearn.places.queries import PlaceRow, list_places

LAYOUT = load_layout(Path(__file__).parent / "data" / "import_attendances.json")
CHECKED_AT_ONCE = 2000


async def import_attendances(
    sheet: Sheet,
    *,
    by: Actor,
    within: PlaceRow | None = None,
    skip_bad: bool = False,
    dry_run: bool = False,
    watch: Watch = NOBODY,
) -> Outcome:
    """Each becomes an attendance, counted at once; all or nothing, or the good rows; twice changes nothing.

    Organisation, day, kind, title and minutes name a session: one on file, else one of a drop-in run kept for
    that organisation and year; with a run named it is a session of that run (see `run_names`). An attendance
    taken back stays so (remark was_voided). Counts: sessions, added, unchanged. Reasons: see `AttendanceLines`
    and `people_named`; unknown_organisation, organisation_ambiguous, not_your_place, unknown_run, minutes_differ,
    row_twice (also: the first line). Raises Stale as `write_attended` does.
    """
    book = PlaceBook(await list_places(within=within.district_id if within else None))
    lines = AttendanceLines(sheet, book, today=today(), by=by)
    for start in range(0, len(sheet.rows), CHECKED_AT_ONCE):
        await watch.heard(CHECKING, start, len(sheet.rows))
        await asyncio.to_thread(lines.check, sheet.rows[start : start + CHECKED_AT_ONCE])
    async with unit_of_work():
        if not dry_run:  # two at once: one after the other; a trial waits for nobody
            await rows("SELECT pg_advisory_xact_lock(hashtext('import_attendances'))")
        people = await people_named([one.person for one in lines.good], within.district_id if within else None)
        attended, faults = _attended(sheet, lines.good, await host_book(within), people)
        faults += lines.faults
        attended = await _on_file(sheet, attended, faults)
        writes = may_write(sheet, faults, skip_bad=skip_bad, dry_run=dry_run)
        written = await write_attended(attended, by=by, watch=watch, dry_run=not writes)
        voided = [sheet.fault(line, "on_date", "", "was_voided") for line in written.voided_lines]
        counts = {"sessions": written.sessions, "added": written.added, "unchanged": len(attended) - written.added}
        done = outcome(sheet, counts, faults, remarks=voided, is_written=writes)
        if writes:
            await watch.written(done)
    return done


def _attended(
    sheet: Sheet, lines: Sequence[AttendanceLine], hosts: HostBook, people: dict[Named, int | str]
) -> tuple[list[Attended], list[Fault]]:
    """Lines with their person and organisation; of two that say the same the second is a fault."""
    attended: list[Attended] = []
    faults: list[Fault] = []
    first_seen: dict[tuple[Meeting, int], int] = {}
    for one in lines:
        host, person = hosts.find(one.host), people[one.person]
        if isinstance(host, str):
            faults.append(sheet.fault(one.line, "organisation", one.host.name, host))
        if isinstance(person, str):
            shown = one.person.card or one.person.name
            faults.append(sheet.fault(one.line, one.named_in, shown, person))
        if isinstance(host, str) or isinstance(person, str):
            continue
        meeting = Meeting(host.id, one.on_date, one.kind, one.title, one.minutes, one.run, one.starts)
        first = first_seen.setdefault((meeting, person), one.line)
        if first != one.line:
            faults.append(sheet.fault(one.line, one.named_in, "", "row_twice", first))
        else:
            attended.append(Attended(one.line, meeting, person, one.source))
    return attended, faults


async def _on_file(sheet: Sheet, attended: list[Attended], faults: list[Fault]) -> list[Attended]:
    """Those whose session is there, where a run is named; nobody makes a run of what may be a slip of the pen."""
    held = await held_sessions({one.meeting for one in attended if one.meeting.run})
    good = []
    for one in attended:
        session = held.get(one.meeting)
        if one.meeting.run and session is None:
            faults.append(sheet.fault(one.line, "run", one.meeting.run, "unknown_run"))
        elif session is not None and session.minutes != one.meeting.minutes:
            fault = sheet.fault(one.line, "minutes", one.meeting.minutes, "minutes_differ", session.minutes)
            faults.append(fault)
        else:
            good.append(one)
    return good
