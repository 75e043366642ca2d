"""One session changed: called off, on again, moved, another room or teacher. An inner step, no verb.

The verb is `checkin/change_session.py`, which also tells people and mends attendances.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from elderlearn.catalogue.at_work import check_teacher, check_venue
from elderlearn.catalogue.runs import summarise
from elderlearn.catalogue.schedule import Times, check_sessions, credited_minutes
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, value
from elderlearn.places.periods import ensure_periods

STATES = ("planned", "called_off")


@dataclass(frozen=True)
class SessionFacts:
    """A session as it stands; `credited_minutes` is what one attendance is worth, `on_date` is in Shanghai."""

    id: int
    run_id: int
    organisation_id: int
    district_id: int
    kind: str
    entry: str
    starts_at: datetime
    ends_at: datetime
    on_date: date
    credited_minutes: int
    state: str
    venue_id: int | None
    teacher_id: int | None


@dataclass(frozen=True)
class ChangedSession:
    """How it was, and how it is; equal when nothing was different."""

    before: SessionFacts
    after: SessionFacts


FACTS = """SELECT s.id, s.run AS run_id, s.organisation AS organisation_id, s.district AS district_id, s.kind,
    r.entry, s.starts_at, s.ends_at, s.on_date, s.credited_minutes, s.state, s.venue AS venue_id,
    s.teacher AS teacher_id
    FROM session s JOIN course_run r ON r.id = s.run"""


async def session_facts(session_id: int) -> SessionFacts:
    """The session as it stands. Raises Missing."""
    found = await row(f"{FACTS} WHERE s.id = $1", session_id)
    if found is None:
        raise Missing
    return SessionFacts(**found)


async def change_session_row(
    session_id: int,
    *,
    state: str | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    venue_id: int | None = None,
    teacher_id: int | None = None,
) -> ChangedSession:
    """Change what is given, keep the rest; day, worth and the run's figures follow. Inside a unit of work.

    Locks the run, then the session, so that two changes of one run wait for each other.
    When only the start is given the length stays.
    Raises Missing; Refusal: invalid_state, invalid_sessions, unknown_venue, unknown_teacher, and course_ended
    when a session of a course that has ended would be held from now on.
    """
    if state is not None and state not in STATES:
        raise Refusal("invalid_state", state=state)
    chosen_minutes = await _hold_run_of(session_id)
    before = await session_facts(session_id)
    times = _moved(before, starts_at, ends_at)
    check_sessions([times])
    if (state or before.state) == "planned" and times.ends_at > now():
        await _check_course(before.run_id)
    await check_venue(None if venue_id == before.venue_id else venue_id, before.district_id)
    await check_teacher(None if teacher_id == before.teacher_id else teacher_id, before.district_id)
    await value(
        """UPDATE session SET state = $2, starts_at = $3, ends_at = $4, on_date = $5, credited_minutes = $6,
            venue = coalesce($7, venue), teacher = coalesce($8, teacher) WHERE id = $1""",
        session_id, state or before.state, times.starts_at, times.ends_at, times.on_date,
        _worth(before, times, chosen_minutes), venue_id, teacher_id,
    )  # fmt: skip
    await summarise(before.run_id)
    await ensure_periods({(before.district_id, times.on_date)})
    return ChangedSession(before, await session_facts(session_id))


async def _hold_run_of(session_id: int) -> int | None:
    """Lock the run; what it chose as worth of a visit, in minutes."""
    run = await row(
        """SELECT credited_minutes FROM course_run WHERE id = (SELECT run FROM session WHERE id = $1)
        FOR NO KEY UPDATE""",
        session_id,
    )
    if run is None:
        raise Missing
    chosen: int | None = run["credited_minutes"]
    return chosen


async def _check_course(run_id: int) -> None:
    """Shared, so that the course cannot end in this moment. Raises Refusal('course_ended')."""
    state = await value(
        "SELECT c.state FROM course_run r JOIN course c ON c.id = r.course WHERE r.id = $1 FOR SHARE OF c", run_id
    )
    if state == "ended":
        raise Refusal("course_ended")


def _moved(before: SessionFacts, starts_at: datetime | None, ends_at: datetime | None) -> Times:
    start = starts_at or before.starts_at
    if ends_at is not None:
        return Times(start, ends_at)
    if starts_at is not None and starts_at.tzinfo is None:
        raise Refusal("invalid_sessions", reason="no_offset")
    return Times(start, start + (before.ends_at - before.starts_at))


def _worth(before: SessionFacts, times: Times, chosen: int | None) -> int:
    """Another room or teacher never changes what a visit is worth; other times do."""
    if (times.starts_at, times.ends_at) == (before.starts_at, before.ends_at):
        return before.credited_minutes
    return credited_minutes(entry=before.entry, chosen=chosen, length=times.minutes)
