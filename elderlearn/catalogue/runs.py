"""Opening a run: a course held once, with its sessions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from elderlearn.catalogue.at_work import check_teacher, check_venue
from elderlearn.catalogue.leaders import put_leaders
from elderlearn.catalogue.new_run import NewRun, check_new_run
from elderlearn.catalogue.run_rules import NO_RULES
from elderlearn.catalogue.schedule import Times, credited_minutes
from elderlearn.catalogue.set_rounds import put_rounds
from elderlearn.catalogue.set_rules import put_rules
from elderlearn.ground import trail
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, rows, value
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.places.periods import ensure_periods
from elderlearn.places.queries import places_by_codes


@dataclass(frozen=True)
class AddedRun:
    """`session_ids` in the order the sessions were given."""

    run_id: int
    session_ids: tuple[int, ...]


async def add_run(new: NewRun, *, by: Actor) -> AddedRun:
    """Open a run with all its sessions, which may lie in the past (records kept late).

    Raises Missing for an unknown course; Refusal: those of `check_new_run`, unknown_place, unknown_term,
    unknown_leader, unknown_venue, unknown_teacher, unknown_course (to be completed before), course_ended.
    """
    async with unit_of_work():
        return await put_run(new, by=by)


async def put_run(new: NewRun, *, by: Actor) -> AddedRun:
    """`add_run` inside the open unit of work."""
    check_new_run(new)
    places = await _place_ids(new.places)
    course = await _course(new.course_id)
    await _check_term(new.term_id, course["district"])
    await check_venue(new.venue_id, course["district"])
    await check_teacher(new.teacher_id, course["district"])
    run_id = await _insert_run(new, course, places)
    if new.entry == "enrol" and new.rounds:
        await put_rounds(run_id, new.rounds)
    if new.rules != NO_RULES:
        await put_rules(run_id, new.rules, course["district"])
    session_ids = await _insert_sessions(run_id, new)
    await summarise(run_id)
    await put_leaders(run_id, new.leaders, district_id=course["district"])
    await ensure_periods({(course["district"], one.on_date) for one in new.sessions})
    await trail.note(
        "add_run", by=by, subject="course_run", subject_id=run_id, district=course["district"],
        course=new.course_id, kind=new.kind, entry=new.entry, seats=new.seats,
        sessions=len(session_ids), leaders=list(new.leaders),
    )  # fmt: skip
    return AddedRun(run_id, session_ids)


async def summarise(run_id: int) -> None:
    """Make the run's own figures fit its sessions again; inside the open unit of work.

    Called-off sessions count as well: they were planned (domain.md section 2, completed).
    """
    await rows(
        """UPDATE course_run SET sessions_count = s.sessions, planned_minutes = s.minutes,
            first_on = s.first_on, last_on = s.last_on, ends_at = s.ends_at
        FROM (SELECT count(*) AS sessions, sum(credited_minutes) AS minutes, min(on_date) AS first_on,
            max(on_date) AS last_on, max(ends_at) AS ends_at FROM session WHERE run = $1) AS s
        WHERE id = $1""",
        run_id,
    )


async def _place_ids(codes: tuple[str, ...]) -> list[int]:
    found = await places_by_codes(codes)
    for code in codes:
        if code not in found:
            raise Refusal("unknown_place", place_code=code)
    return sorted({one.id for one in found.values()})


async def _course(course_id: int) -> Any:
    found = await row("SELECT id, organisation, district, state FROM course WHERE id = $1 FOR SHARE", course_id)
    if found is None:
        raise Missing
    if found["state"] == "ended":
        raise Refusal("course_ended")
    return found


async def _check_term(term_id: int | None, district_id: int) -> None:
    if term_id is None:
        return
    if await value("SELECT id FROM term WHERE id = $1 AND district = $2", term_id, district_id) is None:
        raise Refusal("unknown_term")


async def _insert_run(new: NewRun, course: Any, places: list[int]) -> int:
    has_seats = new.entry == "enrol"
    id: int = await value(
        """INSERT INTO course_run (course, organisation, district, kind, entry, allocation, seats, opens_at,
            closes_at, term, min_age, max_age, places, credited_minutes, added_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id""",
        new.course_id,
        course["organisation"],
        course["district"],
        new.kind,
        new.entry,
        new.allocation,
        new.seats if has_seats else None,
        new.opens_at if has_seats else None,
        new.closes_at if has_seats else None,
        new.term_id,
        new.min_age,
        new.max_age,
        places,
        new.credited_minutes,
        now(),
    )
    return id


async def _insert_sessions(run_id: int, new: NewRun) -> tuple[int, ...]:
    """One statement; ids are handed out in the order of the list."""
    found = await rows(
        """INSERT INTO session (run, organisation, district, kind, starts_at, ends_at, on_date, credited_minutes,
            venue, teacher)
        SELECT r.id, r.organisation, r.district, r.kind, s.starts_at, s.ends_at, s.on_date, s.minutes, $6, $7
        FROM unnest($2::timestamptz[], $3::timestamptz[], $4::date[], $5::int[])
            WITH ORDINALITY AS s (starts_at, ends_at, on_date, minutes, number), course_run r
        WHERE r.id = $1 ORDER BY s.number RETURNING id""",
        run_id,
        [one.starts_at for one in new.sessions],
        [one.ends_at for one in new.sessions],
        [one.on_date for one in new.sessions],
        [_worth(new, one) for one in new.sessions],
        new.venue_id,
        new.teacher_id,
    )
    return tuple(sorted(one["id"] for one in found))


def _worth(new: NewRun, times: Times) -> int:
    return credited_minutes(entry=new.entry, chosen=new.credited_minutes, length=times.minutes)
