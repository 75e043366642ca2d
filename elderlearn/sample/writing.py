"""Copies planned runs, their sessions, seats and members into the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice

from elderlearn.checkin.close_run import AFTER
from elderlearn.ground.clock import date_of
from elderlearn.ground.pinyin import spelled
from elderlearn.ground.sql import copy_in, reserve_ids, rows
from elderlearn.sample.learning import LENGTH, SampleRun

COURSE_COLUMNS = "id organisation district title title_pinyin subject state".split()
RUN_COLUMNS = (
    "id course organisation district kind entry allocation seats seats_taken line_last opens_at closes_at places "
    "credited_minutes sessions_count planned_minutes first_on last_on ends_at closed_at added_at"
).split()
SESSION_COLUMNS = (
    "id run organisation district kind starts_at ends_at on_date credited_minutes state venue teacher"
).split()
ENROLMENT_COLUMNS = "run resident state channel line_no asked_at changed_at".split()
MEMBER_COLUMNS = "organisation resident joined_on".split()


async def copy_runs(district: int, runs: list[SampleRun], *, moment: datetime) -> None:
    """Courses, runs and sessions; gives each run its ids. Venues and teachers by street come with them.

    What is over is closed at once: `recount` decides who completed it.
    """
    courses = await reserve_ids("course", len(runs))
    for run, id in zip(runs, await reserve_ids("course_run", len(runs)), strict=True):
        run.id = id
    sessions = iter(await reserve_ids("session", sum(len(run.dates) for run in runs)))
    for run in runs:
        run.session_ids = list(islice(sessions, len(run.dates)))
    await copy_in(
        "course",
        COURSE_COLUMNS,
        (
            (c, r.organisation, district, r.title, spelled(r.title), r.subject, "released")
            for c, r in zip(courses, runs, strict=True)
        ),
    )
    await copy_in("course_run", RUN_COLUMNS, _run_rows(district, runs, courses, moment))
    await copy_in("session", SESSION_COLUMNS, _session_rows(district, runs))


async def copy_seats(runs: list[SampleRun], *, moment: datetime) -> None:
    """Who holds a seat, who waits, who is a member: known only after the attendances were drawn."""
    await copy_in("enrolment", ENROLMENT_COLUMNS, _enrolment_rows(runs, moment))
    members: dict[tuple[int, int], date] = {}
    for run in (one for one in runs if one.entry == "members"):
        for id in run.taken:
            members[run.organisation, id] = min(members.get((run.organisation, id), run.dates[0]), run.dates[0])
    seated = [run for run in runs if run.entry == "enrol"]
    await rows(
        """UPDATE course_run SET seats_taken = t.taken, waiting = t.waiting, line_last = t.waiting
        FROM unnest($1::bigint[], $2::int[], $3::int[]) AS t (id, taken, waiting) WHERE course_run.id = t.id""",
        [run.id for run in seated],
        [len(run.taken) for run in seated],
        [len(run.waiting) for run in seated],
    )
    await copy_in("organisation_member", MEMBER_COLUMNS, ((o, id, day) for (o, id), day in members.items()))


def _run_rows(
    district: int, runs: list[SampleRun], courses: list[int], moment: datetime
) -> Iterator[tuple[object, ...]]:
    for course, run in zip(courses, runs, strict=True):
        opens_at, closes_at = run.window or (None, None)
        ends_at = run.starts_at(run.dates[-1]) + LENGTH
        yield (
            run.id, course, run.organisation, district, run.kind, run.entry, "first_come", run.seats, 0, 0,
            opens_at, closes_at, [],
            run.credited if run.entry == "drop_in" else None, len(run.dates), run.credited * len(run.dates),
            run.dates[0], run.dates[-1], ends_at, moment if ends_at + AFTER <= moment else None, moment,
        )  # fmt: skip


def _session_rows(district: int, runs: list[SampleRun]) -> Iterator[tuple[object, ...]]:
    for run in runs:
        for id, day in zip(run.session_ids, run.dates, strict=True):
            start = run.starts_at(day)
            yield (
                id, run.id, run.organisation, district, run.kind, start.astimezone(UTC),
                (start + LENGTH).astimezone(UTC), date_of(start), run.credited, "planned", run.venue, run.teacher,
            )  # fmt: skip


def _enrolment_rows(runs: list[SampleRun], moment: datetime) -> Iterator[tuple[object, ...]]:
    for run in runs:
        if run.entry != "enrol":
            continue
        asked = run.window[0] if run.window else moment
        for id in run.taken:
            yield run.id, id, "seated", "self" if id % 4 else "window", None, asked, asked
        for number, id in enumerate(run.waiting, start=1):
            yield run.id, id, "waiting", "self", number, asked, asked
