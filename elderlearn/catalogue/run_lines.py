"""Pure: the lines of a list of courses, gathered into runs with their sessions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from elderlearn.catalogue.new_run import MOST_SEATS
from elderlearn.catalogue.schedule import MOST_CREDITED, MOST_SESSIONS, Times, check_sessions, weekly_sessions
from elderlearn.catalogue.window import check_window
from elderlearn.catalogue.wording import LONGEST_NAME, normal_subject, normal_title
from elderlearn.ground.clock import SHANGHAI
from elderlearn.ground.errors import Refusal
from elderlearn.ground.spreadsheets.cells import Cells
from elderlearn.ground.spreadsheets.faults import Fault
from elderlearn.ground.spreadsheets.sheet import Sheet
from elderlearn.people.roles import covers
from elderlearn.places.find_places import PlaceBook
from elderlearn.places.queries import PlaceRow

LONGEST_SUBJECT = 60
SETTLED = (
    "kind",
    "entry",
    "seats",
    "opens_at",
    "closes_at",
    "credited_minutes",
    "venue",
    "teacher",
    "leader",
    "term",
)


@dataclass(frozen=True)
class Host:
    """An organisation as a list names it; `place` and `kind` may be left to what is on file."""

    name: str
    place: PlaceRow | None
    kind: str | None


@dataclass(frozen=True)
class Named:
    """What a list says beside days and seats; '' for nothing. `leaders` may be several."""

    venue: str = ""
    teacher: str = ""
    leaders: str = ""
    term: str = ""


@dataclass
class RunLines:
    """One run: the lines it was read from, what holds for all of it, its sessions."""

    lines: list[int]
    host: Host
    title: str
    subject: str
    kind: str
    entry: str
    seats: int | None
    opens_at: datetime | None
    closes_at: datetime | None
    credited_minutes: int | None
    named: Named
    sessions: list[Times] = field(default_factory=list)
    called_off: set[datetime] = field(default_factory=set)
    line_of: dict[datetime, int] = field(default_factory=dict)

    @property
    def settled(self) -> tuple[object, ...]:
        """What must be the same in every line of a run, in the order of SETTLED."""
        named = self.named
        return (
            *(self.kind, self.entry, self.seats, self.opens_at, self.closes_at, self.credited_minutes),
            *(named.venue, named.teacher, named.leaders, named.term),
        )

    @property
    def held(self) -> list[Times]:
        """The sessions that take place."""
        return [one for one in self.sessions if one.starts_at not in self.called_off]


def read_runs(sheet: Sheet, book: PlaceBook, within: PlaceRow | None) -> tuple[list[RunLines], list[Fault]]:
    """The runs whose every line is good, and every fault. Lines of one organisation, course and run are one.

    Reasons: those of `Cells`, unknown_place, place_ambiguous, not_your_place, seats_required, invalid_window,
    invalid_sessions, differs_within_run and session_twice (also: the first line).
    """
    runs: dict[tuple[object, ...], RunLines] = {}
    spoilt: set[tuple[object, ...]] = set()
    faults: list[Fault] = []
    for row in sheet.rows:
        cells = Cells(sheet, row)
        host, title, key = (
            _host(cells, book, within),
            cells.text("course", needed=True, most=LONGEST_NAME),
            cells.text("run"),
        )
        group = (host.name, host.place.id if host.place else None, title, key)
        read = _run(cells, host, title)
        if read is None or not _join(cells, runs, group, read):
            spoilt.add(group)
        faults += cells.faults
    return [one for group, one in runs.items() if group not in spoilt], faults


def _host(cells: Cells, book: PlaceBook, within: PlaceRow | None) -> Host:
    name = cells.text("organisation", needed=True, most=LONGEST_NAME)
    named = cells.text("place")
    place = book.find(named) if named else None
    if isinstance(place, str):
        cells.fault("place", place)
        place = None
    if place and within and not covers(within.id, place):
        cells.fault("place", "not_your_place", within.name)
    return Host(name, place, cells.word("organisation_kind", "organisation_kind"))


def _run(cells: Cells, host: Host, title: str) -> RunLines | None:
    subject = cells.text("subject", most=LONGEST_SUBJECT)
    kind = cells.word("kind", "kind") or "class"
    entry = cells.word("entry", "entry") or "enrol"
    seats = cells.whole("seats", least=1, most=MOST_SEATS)
    opens_at, closes_at = cells.moment("opens_at"), cells.moment("closes_at")
    credited = cells.whole("credited_minutes", least=1, most=MOST_CREDITED)
    named = Named(*(cells.text(key, most=LONGEST_NAME) for key in ("venue", "teacher", "leader", "term")))
    is_off = cells.word("state", "state") == "called_off"
    sessions = _sessions(cells)
    if not cells.is_good:
        return None
    if entry == "enrol":
        _check_seats(cells, seats, opens_at, closes_at)
    else:
        seats = opens_at = closes_at = None
    if not cells.is_good:
        return None
    title, subject = normal_title(title), normal_subject(subject)
    starts = [one.starts_at for one in sessions]
    return RunLines(
        [cells.line], host, title, subject, kind, entry, seats, opens_at, closes_at, credited, named, sessions,
        set(starts) if is_off else set(), dict.fromkeys(starts, cells.line),
    )  # fmt: skip


def _check_seats(cells: Cells, seats: int | None, opens_at: datetime | None, closes_at: datetime | None) -> None:
    for key, given in (("seats", seats), ("opens_at", opens_at), ("closes_at", closes_at)):
        if given is None:
            cells.fault(key, "seats_required")
    if opens_at and closes_at and cells.is_good:
        try:
            check_window(opens_at, closes_at)
        except Refusal as refusal:
            cells.fault("closes_at", refusal.code)


def _sessions(cells: Cells) -> list[Times]:
    """One day, or with a last day every week from the first; the weekday is the first day's unless given."""
    first, last = cells.day("first_on", needed=True), cells.day("last_on")
    weekday = cells.word("weekday", "weekday")
    starts, ends = cells.clock("starts", needed=True), cells.clock("ends", needed=True)
    if not cells.is_good or first is None or starts is None or ends is None:
        return []
    on = int(weekday) if weekday is not None else first.weekday()
    try:
        if last is None:
            return _single(cells, first, starts, ends, on)
        length = timedelta(hours=ends.hour - starts.hour, minutes=ends.minute - starts.minute)
        return weekly_sessions(
            weekdays=[on], from_on=first, to_on=last, starts=starts, minutes=int(length.total_seconds() // 60)
        )
    except Refusal as refusal:
        cells.fault("ends" if ends <= starts else "first_on", refusal.code)
        return []


def _single(cells: Cells, day: date, starts: time, ends: time, weekday: int) -> list[Times]:
    if day.weekday() != weekday:
        cells.fault("weekday", "invalid_sessions")
    times = Times(datetime.combine(day, starts, SHANGHAI), datetime.combine(day, ends, SHANGHAI))
    check_sessions([times])
    return [times]


def _join(
    cells: Cells, runs: dict[tuple[object, ...], RunLines], group: tuple[object, ...], read: RunLines
) -> bool:
    run = runs.get(group)
    if run is None:
        runs[group] = read
        return True
    if run.settled != read.settled:
        pairs = zip(SETTLED, run.settled, read.settled, strict=True)
        cells.fault(next(key for key, one, other in pairs if one != other), "differs_within_run", run.lines[0])
    elif {one.starts_at for one in run.sessions} & {one.starts_at for one in read.sessions}:
        cells.fault("first_on", "session_twice", run.lines[0])
    elif len(run.sessions) + len(read.sessions) > MOST_SESSIONS:
        cells.fault("first_on", "invalid_sessions", MOST_SESSIONS)
    if not cells.is_good:
        return False
    run.lines += read.lines
    run.sessions += read.sessions
    run.called_off |= read.called_off
    run.line_of |= read.line_of
    return True


def first_start(sessions: Iterable[Times]) -> datetime:
    """When a run begins: with its course, kind and entry it is known again by that."""
    return min(one.starts_at for one in sessions)
