"""Asking what stands in the way of a seat: asked after a refusal only, never while seats are given."""

from __future__ import annotations

from elderlearn.ground.sql import value


async def course_at_the_same_time(resident_id: int, run_id: int) -> str | None:
    """The title of a course she has a seat in that meets while this run does: the first to meet; none if none."""
    found: str | None = await value(
        """SELECT c.title FROM session ours
        JOIN session theirs ON theirs.starts_at < ours.ends_at AND ours.starts_at < theirs.ends_at
        JOIN enrolment e ON e.run = theirs.run AND e.resident = $1 AND e.state IN ('seated', 'offered')
        JOIN course_run r ON r.id = theirs.run JOIN course c ON c.id = r.course
        WHERE ours.run = $2 AND theirs.run <> $2 AND ours.state = 'planned' AND theirs.state = 'planned'
        ORDER BY theirs.starts_at LIMIT 1""",
        resident_id,
        run_id,
    )
    return found
