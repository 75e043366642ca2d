"""A seat by guarded UPDATE, or a place at the end of the line: never more seats than there are.

The guard is in the WHERE, so a request that waited for the row looks at it again as the winner left it.
"""

from __future__ import annotations

from elderlearn.enrolment.along import ALONG, Along
from elderlearn.enrolment.asking import ASKED, WHY, Asking, Given
from elderlearn.enrolment.share_seat import seat_among_shares
from elderlearn.ground.sql import row

# A free seat belongs to the line first, so nobody sits down while somebody waits.
TAKE_SEAT = f"""WITH seat AS (
    UPDATE course_run SET seats_taken = seats_taken + 1
    WHERE id = $1 AND seats_taken < seats AND waiting = 0 AND reserved = 0
    RETURNING id, closed_at, seats, seats_taken),
why AS ({WHY.format(outcome="seated", run="seat", facts="'seats', seats, 'taken', seats_taken")}),
place AS (
    INSERT INTO enrolment (run, resident, state, channel, asked_at, changed_at)
    SELECT id, $2, 'seated', $3, $4, $4 FROM seat
    ON CONFLICT (run, resident) DO UPDATE SET state = excluded.state, channel = excluded.channel,
        line_no = NULL, asked_at = {ASKED.format(run="seat")}, changed_at = excluded.changed_at
    RETURNING id),
{ALONG.format(outcome="seated", more="'{}'", source="place")}
SELECT id FROM place"""

JOIN_LINE = f"""WITH line AS (
    UPDATE course_run SET line_last = line_last + 1, waiting = waiting + 1
    WHERE id = $1 AND (seats_taken >= seats OR waiting > 0)
        AND reserved = 0 AND (line_ends_at IS NULL OR line_ends_at > $4)
    RETURNING id, closed_at, line_last, waiting, seats, seats_taken, seats_taken < seats AS has_free),
why AS ({
    WHY.format(outcome="waiting", run="line", facts="'seats', seats, 'taken', seats_taken, 'place', waiting")
}),
place AS (
    INSERT INTO enrolment (run, resident, state, channel, line_no, asked_at, changed_at)
    SELECT id, $2, 'waiting', $3, line_last, $4, $4 FROM line
    ON CONFLICT (run, resident) DO UPDATE SET state = excluded.state, channel = excluded.channel,
        line_no = excluded.line_no, asked_at = {ASKED.format(run="line")}, changed_at = excluded.changed_at
    RETURNING id),
{ALONG.format(outcome="waiting", more="jsonb_build_object('position', line.waiting)", source="place, line")}
SELECT place.id, line.waiting AS position, line.has_free FROM place, line"""


async def seat_or_line(asking: Asking, along: Along) -> Given:
    """Inside the open unit of work, the resident held; holds the run until it ends. Raises Refusal('line_over').

    Between the two statements the last seat may be taken or come free; then neither finds its row, and the
    first one is right again. Neither is for a run that keeps seats for shares. What a moment ago was seen of
    the run only says which of the two is tried first.
    """
    looks_full = along.asked.looks_full
    while True:
        seat = None if looks_full else await row(TAKE_SEAT, *along.values(asking, "seated"))
        if seat is not None:
            return Given(seat["id"], "seated", is_noted=True)
        line = await row(JOIN_LINE, *along.values(asking, "waiting"))
        if line is not None:
            return Given(line["id"], "waiting", line["position"], line["has_free"], is_noted=True)
        given = None if looks_full else await seat_among_shares(asking)
        if given is not None:
            return given
        looks_full = False
