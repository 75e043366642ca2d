"""Who waited in vain, and why somebody got no seat, is forgotten a year after the course or its term."""

from __future__ import annotations

from datetime import date, timedelta

from elderlearn.ground import trail
from elderlearn.ground.actor import SYSTEM
from elderlearn.ground.clock import today
from elderlearn.ground.sql import row, rows
from elderlearn.ground.unit_of_work import unit_of_work

KEPT_FOR = timedelta(days=365)  # domain.md section 7: lost draws and waiting lists
IN_VAIN = ("waiting", "lapsed", "declined", "in_draw")
# Whichever ends later; a run without sessions ends when its enrolment closes.
ENDED = """greatest(coalesce(r.last_on, (r.closes_at AT TIME ZONE 'Asia/Shanghai')::date), t.ends_on)"""
AT_ONCE = 1000  # runs of one night; the rest the next

FORGET = """WITH held AS (SELECT id, district FROM course_run WHERE id = $1 FOR NO KEY UPDATE),
places AS (
    DELETE FROM enrolment e USING held WHERE e.run = held.id AND e.state = ANY($2::text[]) RETURNING e.id),
decisions AS (DELETE FROM enrolment_decision d USING held WHERE d.run = held.id RETURNING d.id),
line AS (UPDATE course_run r SET waiting = 0 FROM held WHERE r.id = held.id AND r.waiting > 0)
SELECT (SELECT district FROM held) AS district, (SELECT count(*) FROM places) AS places,
    (SELECT count(*) FROM decisions) AS decisions"""


async def forget_lines() -> int:
    """How many runs were cleaned up; each is a unit of work with its own row in the trail, which names nobody.

    Seats, and who gave one back or was taken off, stay: they are no waiting list.
    """
    runs = await _over(today() - KEPT_FOR)
    for run_id in runs:
        async with unit_of_work():
            gone = await row(FORGET, run_id, list(IN_VAIN))
            assert gone is not None
            if gone["places"] or gone["decisions"]:
                await trail.note(
                    "forget_line", by=SYSTEM, subject="course_run", subject_id=run_id, district=gone["district"],
                    places=gone["places"], decisions=gone["decisions"],
                )  # fmt: skip
    return len(runs)


async def _over(before: date) -> list[int]:
    found = await rows(
        f"""SELECT r.id FROM course_run r LEFT JOIN term t ON t.id = r.term WHERE {ENDED} < $1
            AND (EXISTS (SELECT FROM enrolment_decision d WHERE d.run = r.id)
                OR EXISTS (SELECT FROM enrolment e WHERE e.run = r.id AND e.state = ANY($2::text[])))
        ORDER BY r.id LIMIT $3""",
        before,
        list(IN_VAIN),
        AT_ONCE,
    )
    return [one["id"] for one in found]
