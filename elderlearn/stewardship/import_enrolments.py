"""Bring in who has a seat in which run, as another installation decided it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection, Sequence

from elderlearn.catalogue.find_hosts import HostBook, host_book
from elderlearn.catalogue.run_names import Listed, runs_listed
from elderlearn.checkin.completion import decide_again
from elderlearn.checkin.locks import share_sessions
from elderlearn.enrolment.put_enrolments import Room, Seat, put_enrolments, rooms, states_on_file
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import today
from elderlearn.ground.errors import Stale
from elderlearn.ground.spreadsheets.faults import Fault
from elderlearn.ground.spreadsheets.outcome import CHECKING, NOBODY, Outcome, Watch, may_write, outcome
from elderlearn.ground.spreadsheets.sheet import Sheet
from elderlearn.ground.sql import rows
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.find_named import people_named
from elderlearn.people.hold import hold_people, is_one_merged
from elderlearn.places.find_places import PlaceBook
from elderlearn.places.queries import PlaceRow, list_places
from elderlearn.stewardship.enrolment_lines import LAYOUT, EnrolmentLine, EnrolmentLines

__all__ = ["LAYOUT", "import_enrolments"]
CHECKED_AT_ONCE = 2000
Sat = list[tuple[EnrolmentLine, int, int]]  # a line, its run, its resident


async def import_enrolments(
    sheet: Sheet,
    *,
    by: Actor,
    within: PlaceRow | None = None,
    skip_bad: bool = False,
    dry_run: bool = False,
    watch: Watch = NOBODY,
) -> Outcome:
    """Seats, places in line and seats given back; all or nothing, or the good rows; twice changes nothing.

    A line stands in the order of the list. Who stands otherwise on file stays so (remark differs). Counts: added,
    unchanged. Reasons: see `EnrolmentLines` and `people_named`; unknown_organisation, organisation_ambiguous,
    not_your_place, unknown_run, no_enrolment, run_full, row_twice (also: the first line). Raises Stale when one of
    them was put together with another row of the register meanwhile.
    """
    book = PlaceBook(await list_places(within=within.district_id if within else None))
    lines = EnrolmentLines(sheet, book, today=today(), by=by)
    for start in range(0, len(sheet.rows), CHECKED_AT_ONCE):
        await watch.heard(CHECKING, start, len(sheet.rows))
        await asyncio.to_thread(lines.check, sheet.rows[start : start + CHECKED_AT_ONCE])
    async with unit_of_work():
        if not dry_run:  # two at once: one after the other; a trial waits for nobody
            await rows("SELECT pg_advisory_xact_lock(hashtext('import_enrolments'))")
        work = _Work(sheet, list(lines.faults), by)
        sat = await work.find(lines.seats, await host_book(within), within)
        new = await work.look(sat, hold=not dry_run)
        writes = may_write(sheet, work.faults, skip_bad=skip_bad, dry_run=dry_run)
        if writes:
            await work.write(new)
        counts = {"added": len(new), "unchanged": work.unchanged}
        done = outcome(sheet, counts, work.faults, remarks=work.remarks, is_written=writes)
        if writes:
            await watch.written(done)
    return done


class _Work:
    """One list on its way in: what of it is new."""

    def __init__(self, sheet: Sheet, faults: list[Fault], by: Actor) -> None:
        self.sheet, self.faults, self.by = sheet, faults, by
        self.remarks: list[Fault] = []
        self.unchanged = 0
        self.rooms: dict[int, Room] = {}

    async def find(self, lines: Sequence[EnrolmentLine], hosts: HostBook, within: PlaceRow | None) -> Sat:
        """Lines with their run and person."""
        people = await people_named([one.person for one in lines], within.district_id if within else None)
        places = {one.line: hosts.find(one.host) for one in lines}
        listed = {
            one.line: Listed(host.id, one.title, one.run)
            for one in lines
            if not isinstance(host := places[one.line], str)
        }
        runs = await runs_listed(set(listed.values()))
        found, first_seen = list[tuple[EnrolmentLine, int, int]](), dict[tuple[int, int], int]()
        for one in lines:
            host, person = places[one.line], people[one.person]
            run = runs.get(listed[one.line]) if one.line in listed else None
            if isinstance(host, str):
                self._fault(one, "organisation", one.host.name, host)
            elif run is None:
                self._fault(one, "run", str(one.run), "unknown_run")
            if isinstance(person, str):
                self._fault(one, one.named_in, one.person.card or one.person.name, person)
            elif run is not None:
                first = first_seen.setdefault((run, person), one.line)
                if first == one.line:
                    found.append((one, run, person))
                else:
                    self.faults.append(self.sheet.fault(one.line, one.named_in, "", "row_twice", first))
        return found

    async def look(self, sat: Sat, *, hold: bool) -> list[Seat]:
        """What is not on file yet and has room. Sessions, people, runs: in the order everybody keeps."""
        run_ids = {run for _, run, _ in sat}
        if hold:
            sessions = await rows("SELECT id FROM session WHERE run = ANY($1::bigint[])", sorted(run_ids))
            await share_sessions([one["id"] for one in sessions])
            if await is_one_merged(await hold_people({person for _, _, person in sat})):
                raise Stale
        self.rooms = await rooms(run_ids, hold=hold)
        known, taken, new = await states_on_file(run_ids), Counter[int](), list[Seat]()
        for one, run, person in sat:
            room, there = self.rooms.get(run), known.get((run, person))
            taken[run] += there is None and one.state == "seated"
            if room is None:
                self._fault(one, "run", str(one.run), "no_enrolment")
            elif there is not None:
                self.unchanged += 1
                if there != one.state:
                    self.remarks.append(self.sheet.fault(one.line, "state", "", "differs"))
            elif one.state == "seated" and taken[run] > room.free:
                self._fault(one, "run", str(one.run), "run_full")
            else:
                new.append(Seat(run, person, one.state, one.asked_at or room.opens_at))
        return new

    async def write(self, new: Sequence[Seat]) -> None:
        """All of them; who completed a closed run is decided again."""
        await put_enrolments(new)
        await decide_again({(one.run_id, one.resident_id) for one in new if self.rooms[one.run_id].is_closed})
        await _note(new, self.by)

    def _fault(self, one: EnrolmentLine, column: str, said: str, reason: str) -> None:
        self.faults.append(self.sheet.fault(one.line, column, said, reason))


async def _note(new: Collection[Seat], by: Actor) -> None:
    many = Counter(one.run_id for one in new)
    found = await rows("SELECT id, district FROM course_run WHERE id = ANY($1::bigint[]) ORDER BY id", list(many))
    for one in found:
        await note(
            "import_enrolments",
            by=by,
            subject="course_run",
            subject_id=one["id"],
            district=one["district"],
            enrolments=many[one["id"]],
        )
