"""One more session of a run: an extra evening, or one that was forgotten."""

from __future__ import annotations

from asyncpg import Record

from elderlearn.catalogue.at_work import check_teacher, check_venue
from elderlearn.catalogue.runs import summarise
from elderlearn.catalogue.schedule import MOST_SESSIONS, Times, check_sessions, credited_minutes
from elderlearn.enrolment.enrolled_period import resum_run
from elderlearn.enrolment.hold import Moved, hold, until_still
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, rows, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.places.periods import ensure_periods


async def add_session(
    run_id: int, times: Times, *, venue_id: int | None = None, teacher_id: int | None = None, by: Actor
) -> int:
    """Its id; it may lie in the past (records kept late). Seats, line and enrolment window stay as they are.

    Raises Missing, Stale; Refusal: invalid_sessions, run_closed (who completed it is decided already),
    course_ended, session_is_there (one of the same run begins at that moment), unknown_venue, unknown_teacher.
    """
    check_sessions([times])

    async def work(_: int) -> int:
        async with unit_of_work():
            seated = await _seated(run_id)
            held = await hold(run_id, residents=seated)
            if not await _seated(run_id) <= held.residents:
                raise Moved
            run = await _open_run(run_id, times)
            await check_venue(venue_id, run["district"])
            await check_teacher(teacher_id, run["district"])
            session_id = await _insert(run, times, venue_id, teacher_id)
            await summarise(run_id)
            await ensure_periods({(run["district"], times.on_date)})
            await resum_run(run_id)
            await note(
                "add_session", by=by, subject="course_run", subject_id=run_id, district=run["district"],
                session=session_id, starts_at=times.starts_at, ends_at=times.ends_at,
            )  # fmt: skip
        return session_id

    return await until_still(work)


async def _seated(run_id: int) -> set[int]:
    found = await rows("SELECT resident FROM enrolment WHERE run = $1 AND state = 'seated'", run_id)
    return {one["resident"] for one in found}


async def _open_run(run_id: int, times: Times) -> Record:
    run = await row(
        """SELECT r.id, r.organisation, r.district, r.kind, r.entry, r.credited_minutes, r.closed_at, c.state,
            r.sessions_count, EXISTS (SELECT FROM session s WHERE s.run = r.id AND s.starts_at = $2) AS is_there
        FROM course_run r JOIN course c ON c.id = r.course WHERE r.id = $1 FOR SHARE OF c""",
        run_id,
        times.starts_at,
    )
    if run is None:
        raise Missing
    if run["closed_at"] is not None:
        raise Refusal("run_closed")
    if run["state"] == "ended":
        raise Refusal("course_ended")
    if run["is_there"]:
        raise Refusal("session_is_there")
    if run["sessions_count"] >= MOST_SESSIONS:
        raise Refusal("invalid_sessions", reason="too_many", most=MOST_SESSIONS)
    return run


async def _insert(run: Record, times: Times, venue_id: int | None, teacher_id: int | None) -> int:
    worth = credited_minutes(entry=run["entry"], chosen=run["credited_minutes"], length=times.minutes)
    id: int = await value(
        """INSERT INTO session (run, organisation, district, kind, starts_at, ends_at, on_date, credited_minutes,
            venue, teacher)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id""",
        run["id"], run["organisation"], run["district"], run["kind"], times.starts_at, times.ends_at,
        times.on_date, worth, venue_id, teacher_id,
    )  # fmt: skip
    return id
