"""Bring in a list of courses with their runs and sessions: what is there already stays as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from elderlearn.catalogue.courses import put_course
from elderlearn.catalogue.find_hosts import HostBook, host_book
from elderlearn.catalogue.listed_clashes import Calendar, Taken, Thing, calendar
from elderlearn.catalogue.listed_names import Given, NameBook, Where, name_book
from elderlearn.catalogue.new_run import NewRun
from elderlearn.catalogue.organise import put_organisation
from elderlearn.catalogue.run_lines import Host, RunLines, first_start, read_runs
from elderlearn.catalogue.runs import put_run
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import date_of
from elderlearn.ground.spreadsheets.faults import Fault
from elderlearn.ground.spreadsheets.layout import load_layout
from elderlearn.ground.spreadsheets.outcome import NOBODY, WRITING, Outcome, Watch, may_write, outcome
from elderlearn.ground.spreadsheets.sheet import Sheet
from elderlearn.ground.sql import rows
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.places.find_places import PlaceBook
from elderlearn.places.queries import PlaceRow, list_places

LAYOUT = load_layout(Path(__file__).parent / "data" / "import_courses.json")


TAKEN = {"venue": "venue_taken", "teacher": "teacher_taken"}


@dataclass(frozen=True)
class KnownRun:
    """A run on file: when it meets, and what its first session has."""

    starts: set[datetime]
    venue_id: int | None
    teacher_id: int | None
    term_id: int | None


OnFile = defaultdict[tuple[int, str, str, str, datetime], list[KnownRun]]


async def import_courses(
    sheet: Sheet,
    *,
    by: Actor,
    within: PlaceRow | None = None,
    skip_bad: bool = False,
    dry_run: bool = False,
    watch: Watch = NOBODY,
) -> Outcome:
    """Courses, released, with runs and sessions; all or nothing, or the good runs; twice changes nothing.

    An organisation is found by name and place; one that is not there is made when place and kind are given. A run
    is known again by organisation, course, kind, entry and when it first meets; other sessions of it are a remark
    (`differs`), never written. Room, teacher, leaders and term are there already: `NameBook` finds them. Counts:
    organisations, courses, runs, sessions (all new), unchanged (runs). Reasons: see `read_runs`, `NameBook`, and
    unknown_organisation, organisation_ambiguous, not_your_place, course_ended, venue_taken, teacher_taken.
    """
    book = PlaceBook(await list_places(within=within.district_id if within else None))
    runs, faults = read_runs(sheet, book, within)
    async with unit_of_work():
        if not dry_run:  # two at once: one after the other; a trial waits for nobody
            await rows("SELECT pg_advisory_xact_lock(hashtext('import_courses'))")
        hosts = await host_book(within)
        good = [one for one in runs if not _host_fault(sheet, one, hosts, faults)]
        names = await name_book(within)
        work = _Work(sheet, hosts, names, by, watch)
        await work.look(good)
        faults += work.faults
        writes = may_write(sheet, faults, skip_bad=skip_bad, dry_run=dry_run)
        if writes:
            await work.write()
        done = outcome(sheet, work.counts(), faults, remarks=work.remarks, is_written=writes)
        if writes:
            await watch.written(done)
    return done


def _host_fault(sheet: Sheet, run: RunLines, hosts: HostBook, faults: list[Fault]) -> bool:
    """True when its organisation is neither there nor can be made."""
    found = hosts.find(run.host)
    if not isinstance(found, str):
        return False
    if found == "unknown_organisation" and run.host.place and run.host.kind:
        return False
    faults += [sheet.fault(line, "organisation", run.host.name, found) for line in run.lines]
    return True


class _Work:
    """One list on its way in: what of it is new."""

    def __init__(self, sheet: Sheet, hosts: HostBook, names: NameBook, by: Actor, watch: Watch) -> None:
        self.sheet, self.hosts, self.names, self.by, self.watch = sheet, hosts, names, by, watch
        self.faults: list[Fault] = []
        self.remarks: list[Fault] = []
        self.new: list[tuple[RunLines, Given]] = []
        self.unchanged = 0
        self.courses: dict[tuple[int, str], tuple[int, str]] = {}

    async def look(self, runs: Sequence[RunLines]) -> None:
        """Sort what is on file from what is new. Two alike in the list are two on file."""
        known_hosts = {id for one in runs if isinstance(id := self._host_id(one), int)}
        self.courses = await _courses(known_hosts)
        on_file = await _runs(known_hosts)
        for run in runs:
            host = self._host_id(run)
            course = self.courses.get((host, run.title)) if host else None
            if course and course[1] == "ended":
                self.faults += [self.sheet.fault(line, "course", run.title, "course_ended") for line in run.lines]
                continue
            given = self._given(run)
            same = on_file[host or 0, run.title, run.kind, run.entry, first_start(run.sessions)]
            if given is not None and same:
                self._compare(run, given, same)
            elif given is not None:
                self.new.append((run, given))
        await self._keep_apart()

    def _given(self, run: RunLines) -> Given | None:
        """Its room, teacher, leaders and term, or none and its faults."""
        given, wrong = self.names.find(run.named, self._where(run.host), date_of(first_start(run.sessions)))
        self.faults += [self.sheet.fault(run.lines[0], key, text, reason) for key, text, reason in wrong]
        return None if wrong else given

    def _compare(self, run: RunLines, given: Given, same: list[KnownRun]) -> None:
        """Of several alike it is the one with its room and teacher, else the oldest."""
        self.unchanged += 1
        wanted = given.venue_id, given.teacher_id
        known = next((one for one in same if (one.venue_id, one.teacher_id) == wanted), same[0])
        same.remove(known)
        if known.starts != {one.starts_at for one in run.sessions}:
            self.remarks.append(self.sheet.fault(run.lines[0], "first_on", run.title, "differs"))
        self.remarks += [
            self.sheet.fault(run.lines[0], key, text, "differs")
            for key, text, id, on_file in (
                ("venue", run.named.venue, given.venue_id, known.venue_id),
                ("teacher", run.named.teacher, given.teacher_id, known.teacher_id),
                ("term", run.named.term, given.term_id, known.term_id),
            )
            if text and id != on_file
        ]

    async def _keep_apart(self) -> None:
        """One room and one teacher at one time for one run only; who stands first in the list has them."""
        days = [one.on_date for run, _ in self.new for one in run.sessions]
        things = {thing for _, given in self.new for thing in _things(given)}
        known = await calendar(things, min(days), max(days)) if days else Calendar()
        apart = []
        for run, given in self.new:
            taken = known.clashes(_things(given), run.held)
            if taken:
                self.faults += [
                    self.sheet.fault(run.line_of[one.starts_at], one.which, said, TAKEN[one.which], one.by)
                    for one in _first_of_each_line(run, taken)
                    for said in (run.named.venue if one.which == "venue" else run.named.teacher,)
                ]
            else:
                known.add(_things(given), run.held, run.title)
                apart.append((run, given))
        self.new = apart

    def counts(self) -> dict[str, int]:
        """What was, or would be, made."""
        courses = {(self._host_key(one), one.title) for one, _ in self.new}
        known = {(host, title) for host, title in courses if (host, title) in self.courses}
        return {
            "organisations": len({key for key, _ in courses if not isinstance(key, int)}),
            "courses": len(courses - known),
            "runs": len(self.new),
            "sessions": sum(len(one.sessions) for one, _ in self.new),
            "unchanged": self.unchanged,
        }

    async def write(self) -> None:
        """Everything new."""
        made: dict[object, int] = {}
        courses = {key: id for key, (id, _) in self.courses.items()}
        for number, (run, given) in enumerate(self.new):
            if number % 50 == 0:
                await self.watch.heard(WRITING, number, len(self.new))
            host = self._host_id(run) or made.get(self._host_key(run))
            if host is None:
                host = made[self._host_key(run)] = await self._make(run.host)
            if (host, run.title) not in courses:
                courses[host, run.title] = await put_course(host, run.title, run.subject, by=self.by, release=True)
            added = await put_run(_new_run(courses[host, run.title], run, given), by=self.by)
            if run.called_off:
                await _call_off(added.run_id, run.called_off)

    async def _make(self, host: Host) -> int:
        if host.place is None or host.kind is None:
            raise RuntimeError("checked before")
        return await put_organisation(kind=host.kind, name=host.name, place=host.place, by=self.by)

    def _host_id(self, run: RunLines) -> int | None:
        found = self.hosts.find(run.host)
        return None if isinstance(found, str) else found.id

    def _where(self, host: Host) -> Where:
        found = self.hosts.find(host)
        if not isinstance(found, str):
            return Where(found.place_id, found.street_id, found.district_id)
        if host.place is None:
            raise RuntimeError("checked before")
        return Where(host.place.id, host.place.parent_id, host.place.district_id)

    def _host_key(self, run: RunLines) -> object:
        return self._host_id(run) or (run.host.name, run.host.place.id if run.host.place else None)


def _new_run(course_id: int, run: RunLines, given: Given) -> NewRun:
    return NewRun(
        course_id,
        tuple(sorted(run.sessions, key=lambda one: one.starts_at)),
        kind=run.kind,
        entry=run.entry,
        seats=run.seats,
        opens_at=run.opens_at,
        closes_at=run.closes_at,
        credited_minutes=run.credited_minutes,
        term_id=given.term_id,
        venue_id=given.venue_id,
        teacher_id=given.teacher_id,
        leaders=given.leaders,
    )


def _things(given: Given) -> list[Thing]:
    named = (("venue", given.venue_id), ("teacher", given.teacher_id))
    return [(which, id) for which, id in named if id is not None]


def _first_of_each_line(run: RunLines, taken: list[Taken]) -> list[Taken]:
    """A weekly line of a whole term is told once for its room and once for its teacher."""
    first = {(run.line_of[one.starts_at], one.which): one for one in reversed(taken)}
    return [first[key] for key in sorted(first)]


async def _call_off(run_id: int, starts: set[datetime]) -> None:
    await rows(
        "UPDATE session SET state = 'called_off' WHERE run = $1 AND starts_at = ANY($2::timestamptz[])",
        run_id,
        sorted(starts),
    )


async def _courses(hosts: set[int]) -> dict[tuple[int, str], tuple[int, str]]:
    """Id and state by organisation and title; one that goes on before one that ended."""
    found = await rows(
        """SELECT DISTINCT ON (organisation, title) organisation, title, id, state FROM course
        WHERE organisation = ANY($1::bigint[]) ORDER BY organisation, title, state = 'ended', id""",
        sorted(hosts),
    )
    return {(one["organisation"], one["title"]): (one["id"], one["state"]) for one in found}


async def _runs(hosts: set[int]) -> OnFile:
    """Runs of these organisations with the starts of their sessions to the minute, as lists write them, and the
    room and teacher of the first.
    """
    found = await rows(
        """SELECT r.id, r.organisation, c.title, r.kind, r.entry, r.term,
            date_trunc('minute', min(s.starts_at)) AS first,
            array_agg(date_trunc('minute', s.starts_at)) AS starts,
            (array_agg(s.venue ORDER BY s.starts_at))[1] AS venue,
            (array_agg(s.teacher ORDER BY s.starts_at))[1] AS teacher
        FROM course_run r JOIN course c ON c.id = r.course JOIN session s ON s.run = r.id
        WHERE r.organisation = ANY($1::bigint[]) GROUP BY r.id, c.title ORDER BY r.id""",
        sorted(hosts),
    )
    known: OnFile = defaultdict(list)
    for one in found:
        key = one["organisation"], one["title"], one["kind"], one["entry"], one["first"]
        known[key].append(KnownRun(set(one["starts"]), one["venue"], one["teacher"], one["term"]))
    return known
