"""Asking who has to do with a run: seats first, then the line in its order, then who left."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from elderlearn.ground.sql import rows


@dataclass(frozen=True)
class PersonOfRun:
    """`place_id` is where she lives (none: outside, unknown); `position` from 1 among those waiting."""

    enrolment_id: int
    resident_id: int
    name: str | None = field(repr=False)
    place_id: int | None
    place_name: str | None
    state: str
    position: int | None
    asked_at: datetime


async def people_of_run(
    run_id: int, *, only_seated: bool = False, limit: int = 50, offset: int = 0
) -> list[PersonOfRun]:
    """At most `limit` after `offset`; those seated by name, those waiting by their place in the line."""
    found = await rows(
        """SELECT e.id AS enrolment_id, e.resident AS resident_id, w.name, w.place AS place_id,
            p.name AS place_name, e.state, e.asked_at,
            CASE WHEN e.state = 'waiting' THEN row_number() OVER (PARTITION BY e.state ORDER BY e.line_no) END
                AS position
        FROM enrolment e JOIN resident w ON w.id = e.resident LEFT JOIN place p ON p.id = w.place
        WHERE e.run = $1 AND (NOT $2::boolean OR e.state = 'seated')
        ORDER BY CASE e.state WHEN 'seated' THEN 0 WHEN 'offered' THEN 1 WHEN 'waiting' THEN 2 ELSE 3 END,
            CASE WHEN e.state = 'waiting' THEN e.line_no END, w.name_pinyin COLLATE "C", w.name, e.id
        LIMIT $3 OFFSET $4""",
        run_id,
        only_seated,
        limit,
        offset,
    )
    return [PersonOfRun(**one) for one in found]
