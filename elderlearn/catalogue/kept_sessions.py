"""Sessions of records kept elsewhere: found again by what they were, or added to a drop-in run of their year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from elderlearn.catalogue.courses import put_course
from elderlearn.catalogue.new_run import NewRun
from elderlearn.catalogue.run_names import Listed, RunName, runs_listed
from elderlearn.catalogue.runs import put_run
from elderlearn.catalogue.schedule import MOST_SESSIONS, Times
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import SHANGHAI
from elderlearn.ground.sql import rows, value
from elderlearn.places.periods import ensure_periods

BEGINS = time(9)  # a list says the day only


@dataclass(frozen=True)
class Meeting:
    """What was held, as a list says it; one attendance is worth `minutes`.

    With its `run` it is a session of that run, by day and, where it met twice, by when it `starts`.
    """

    organisation_id: int
    on_date: date
    kind: str
    title: str
    minutes: int
    run: RunName | None = None
    starts: time | None = None

    @property
    def times(self) -> Times:
        """Nine o'clock of that day, as long as it was worth."""
        start = datetime.combine(self.on_date, BEGINS, SHANGHAI)
        return Times(start, start + timedelta(minutes=self.minutes))


@dataclass(frozen=True)
class Held:
    """A session on file; `has_seats` when its run is one to enrol in; one attendance is worth `minutes`."""

    session_id: int
    run_id: int
    has_seats: bool
    minutes: int


async def held_sessions(meetings: Collection[Meeting]) -> dict[Meeting, Held]:
    """Those of the meetings that are on file and not called off; of several alike the oldest."""
    named = {one for one in meetings if one.run}
    return await _of_runs(named) | await _alike([one for one in meetings if not one.run])


async def _of_runs(meetings: Collection[Meeting]) -> dict[Meeting, Held]:
    listed = {one: Listed(one.organisation_id, one.title, one.run) for one in meetings if one.run}
    runs = await runs_listed(set(listed.values()))
    found = await rows(
        """SELECT s.id, s.run, s.on_date, s.starts_at, s.credited_minutes, r.entry = 'enrol' AS has_seats
        FROM session s JOIN course_run r ON r.id = s.run
        WHERE s.run = ANY($1::bigint[]) AND s.state = 'planned' ORDER BY s.starts_at DESC, s.id DESC""",
        sorted(set(runs.values())),
    )
    known: dict[tuple[int, date, time | None], Held] = {}
    for one in found:
        held = Held(one["id"], one["run"], one["has_seats"], one["credited_minutes"])
        starts = one["starts_at"].astimezone(SHANGHAI).time().replace(second=0, microsecond=0)
        known[one["run"], one["on_date"], starts] = known[one["run"], one["on_date"], None] = held
    places = {one: (runs[name], one.on_date, one.starts) for one, name in listed.items() if name in runs}
    return {one: known[place] for one, place in places.items() if place in known}


async def _alike(meetings: Collection[Meeting]) -> dict[Meeting, Held]:
    if not meetings:
        return {}
    days = [one.on_date for one in meetings]
    found = await rows(
        """SELECT DISTINCT ON (s.organisation, s.on_date, s.kind, c.title, s.credited_minutes)
            s.id, s.run, r.entry = 'enrol' AS has_seats, s.organisation, s.on_date, s.kind, c.title,
            s.credited_minutes
        FROM session s JOIN course_run r ON r.id = s.run JOIN course c ON c.id = r.course
        WHERE s.organisation = ANY($1::bigint[]) AND s.on_date BETWEEN $2 AND $3 AND s.state = 'planned'
        ORDER BY s.organisation, s.on_date, s.kind, c.title, s.credited_minutes, s.id""",
        sorted({one.organisation_id for one in meetings}),
        min(days),
        max(days),
    )
    known = {
        Meeting(one["organisation"], one["on_date"], one["kind"], one["title"], one["credited_minutes"]): Held(
            one["id"], one["run"], one["has_seats"], one["credited_minutes"]
        )
        for one in found
    }
    return {one: known[one] for one in meetings if one in known}


async def keep_sessions(meetings: Collection[Meeting], *, by: Actor) -> dict[Meeting, Held]:
    """Sessions for meetings that are not on file, inside the open unit of work.

    One run for each organisation, title, kind, worth and year, used again the next time while it has room.
    Whoever calls this summarises the runs when it holds the residents: see `summarise`.
    """
    grouped: defaultdict[tuple[int, str, str, int, int], list[Meeting]] = defaultdict(list)
    for one in meetings:
        grouped[one.organisation_id, one.title, one.kind, one.minutes, one.on_date.year].append(one)
    kept: dict[Meeting, Held] = {}
    for _, alike in sorted(grouped.items()):
        alike.sort(key=lambda one: one.on_date)
        run_id = await _run_with_room(alike)
        ids = await (_open_run(alike, by) if run_id is None else _add(run_id, alike))
        kept |= {one: Held(id, run, False, one.minutes) for one, (id, run) in zip(alike, ids, strict=True)}
    return kept


async def _run_with_room(alike: list[Meeting]) -> int | None:
    one = alike[0]
    found: int | None = await value(
        """SELECT r.id FROM course_run r JOIN course c ON c.id = r.course
        WHERE r.organisation = $1 AND c.title = $2 AND c.state <> 'ended' AND r.kind = $3 AND r.entry = 'drop_in'
            AND r.credited_minutes = $4 AND extract(year FROM r.first_on) = $5
            AND extract(year FROM r.last_on) = $5
            AND r.sessions_count + $6 <= $7 ORDER BY r.id LIMIT 1""",
        one.organisation_id,
        one.title,
        one.kind,
        one.minutes,
        one.on_date.year,
        len(alike),
        MOST_SESSIONS,
    )
    return found


async def _open_run(alike: list[Meeting], by: Actor) -> list[tuple[int, int]]:
    one = alike[0]
    course: int | None = await value(
        "SELECT id FROM course WHERE organisation = $1 AND title = $2 AND state <> 'ended' ORDER BY id LIMIT 1",
        one.organisation_id,
        one.title,
    )
    if course is None:
        course = await put_course(one.organisation_id, one.title, by=by, release=True)
    times = tuple(each.times for each in alike)
    run = NewRun(course, times, kind=one.kind, entry="drop_in", credited_minutes=one.minutes)
    added = await put_run(run, by=by)
    return [(id, added.run_id) for id in added.session_ids]


async def _add(run_id: int, alike: list[Meeting]) -> list[tuple[int, int]]:
    found = await rows(
        """INSERT INTO session (run, organisation, district, kind, starts_at, ends_at, on_date, credited_minutes)
        SELECT r.id, r.organisation, r.district, r.kind, s.starts_at, s.ends_at, s.on_date, $5
        FROM unnest($2::timestamptz[], $3::timestamptz[], $4::date[]) WITH ORDINALITY
            AS s (starts_at, ends_at, on_date, number), course_run r
        WHERE r.id = $1 ORDER BY s.number RETURNING id, district""",
        run_id,
        [one.times.starts_at for one in alike],
        [one.times.ends_at for one in alike],
        [one.on_date for one in alike],
        alike[0].minutes,
    )
    await ensure_periods({(found[0]["district"], one.on_date) for one in alike})
    return [(id, run_id) for id in sorted(one["id"] for one in found)]
