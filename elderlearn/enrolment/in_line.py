"""Asking who is asked or waits, in the order they are served."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from elderlearn.ground.sql import row, rows


@dataclass(frozen=True)
class InLine:
    """`offer_until`: a seat is offered until then, else she waits with a `position` from 1. `is_together`: she
    asked as one of two."""

    enrolment_id: int
    resident_id: int
    name: str | None = field(repr=False)
    place_id: int | None
    place_name: str | None
    position: int | None
    offer_until: datetime | None
    channel: str
    asked_at: datetime
    is_together: bool


@dataclass(frozen=True)
class LineRules:
    """How the next in line gets a seat; see `set_line`."""

    mode: str
    offer_hours: int
    line_ends_at: datetime | None


async def in_line(run_id: int, *, limit: int = 50, offset: int = 0) -> list[InLine]:
    """At most `limit` after `offset`; open offers first, the one that ends first on top."""
    found = await rows(
        """SELECT e.id AS enrolment_id, e.resident AS resident_id, w.name, w.place AS place_id,
            p.name AS place_name, e.offer_until, e.channel, e.asked_at, e.together IS NOT NULL AS is_together,
            CASE WHEN e.state = 'waiting' THEN row_number() OVER (PARTITION BY e.state ORDER BY e.line_no) END
                AS position
        FROM enrolment e JOIN resident w ON w.id = e.resident LEFT JOIN place p ON p.id = w.place
        WHERE e.run = $1 AND e.state IN ('offered', 'waiting')
        ORDER BY e.state = 'waiting', e.offer_until, e.line_no LIMIT $2 OFFSET $3""",
        run_id,
        limit,
        offset,
    )
    return [InLine(**one) for one in found]


async def line_rules(run_id: int) -> LineRules:
    """Of a run that is there."""
    found = await row("SELECT line_mode AS mode, offer_hours, line_ends_at FROM course_run WHERE id = $1", run_id)
    assert found is not None
    return LineRules(**found)
