"""A seat by guarded UPDATE, or a place at the end of the line: never more seats than there are.

The guard is in the WHERE, so a request that waited for the row looks at it again as the winner left it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from elderlearn.ground.sql import row

# A closed run decided who completed it by the day she asked first: asking again does not change that day.
ASKED = """CASE WHEN (SELECT closed_at FROM {run}) IS NULL THEN excluded.asked_at ELSE enrolment.asked_at END"""

# A free seat belongs to the line first, so nobody sits down while somebody waits.
TAKE_SEAT = f"""WITH seat AS (
    UPDATE course_run SET seats_taken = seats_taken + 1
    WHERE id = $1 AND seats_taken < seats AND waiting = 0 RETURNING id, closed_at)
INSERT INTO enrolment (run, resident, state, channel, asked_at, changed_at)
SELECT id, $2, 'seated', $3, $4, $4 FROM seat
ON CONFLICT (run, resident) DO UPDATE SET state = excluded.state, channel = excluded.channel,
    line_no = NULL, asked_at = {ASKED.format(run="seat")}, changed_at = excluded.changed_at
RETURNING id"""

JOIN_LINE = f"""WITH line AS (
    UPDATE course_run SET line_last = line_last + 1, waiting = waiting + 1
    WHERE id = $1 AND (seats_taken >= seats OR waiting > 0)
    RETURNING id, closed_at, line_last, waiting, seats_taken < seats AS has_free),
place AS (
    INSERT INTO enrolment (run, resident, state, channel, line_no, asked_at, changed_at)
    SELECT id, $2, 'waiting', $3, line_last, $4, $4 FROM line
    ON CONFLICT (run, resident) DO UPDATE SET state = excluded.state, channel = excluded.channel,
        line_no = excluded.line_no, asked_at = {ASKED.format(run="line")}, changed_at = excluded.changed_at
    RETURNING id)
SELECT place.id, line.waiting AS position, line.has_free FROM place, line"""


@dataclass(frozen=True)
class Given:
    """`position` from 1 in the line, none when seated. `has_free`: a seat is free, but others wait before."""

    enrolment_id: int
    state: str
    position: int | None = None
    has_free: bool = False


async def seat_or_line(run_id: int, resident_id: int, channel: str, at: datetime) -> Given:
    """Inside the open unit of work, the resident held; holds the run until it ends.

    Between the two statements the last seat may be taken or come free; then neither finds its row, and the
    first one is right again.
    """
    while True:
        seat = await row(TAKE_SEAT, run_id, resident_id, channel, at)
        if seat is not None:
            return Given(seat["id"], "seated")
        line = await row(JOIN_LINE, run_id, resident_id, channel, at)
        if line is not None:
            return Given(line["id"], "waiting", line["position"], line["has_free"])
