"""Asking for a seat of a run that keeps some for shares: hers first, then the pool, then the line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from elderlearn.enrolment.asking import ASKED, WHY, Asking, Given
from elderlearn.enrolment.audience import FITS, FITS_IN_LINE, left_of
from elderlearn.enrolment.let_fall_back import let_fall_back
from elderlearn.enrolment.shares import Free, Seat
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import row, value

HOLD = """SELECT id, seats, seats_taken, reserved, waiting, line_ends_at <= $2 AS line_is_over
    FROM course_run WHERE id = $1 FOR NO KEY UPDATE"""
HER_FITS = f"""SELECT {FITS.format(channel="$3::text")} FROM course_run r, resident who
    WHERE r.id = $1 AND who.id = $2"""
SOMEBODY_BEFORE = f"""SELECT EXISTS (SELECT FROM enrolment w JOIN course_run r ON r.id = w.run
    JOIN resident who ON who.id = w.resident
    WHERE w.run = $1 AND w.state = 'waiting' AND ($2::text IS NULL OR $2::text = ANY({FITS_IN_LINE})))"""

# $8 is the share, none for the pool. The run is held, and the checks of both tables guard it once more.
SIT_DOWN = f"""WITH kept AS (UPDATE seat_share SET taken = taken + 1 WHERE id = $8 RETURNING audience),
seat AS (
    UPDATE course_run SET seats_taken = seats_taken + 1, reserved = reserved - (SELECT count(*) FROM kept)
    WHERE id = $1 RETURNING id, closed_at, seats, seats_taken),
why AS ({
    WHY.format(
        outcome="seated",
        run="seat",
        facts="'seats', seats, 'taken', seats_taken, 'share', (SELECT audience FROM kept)",
    )
})
INSERT INTO enrolment (run, resident, state, channel, share, asked_at, changed_at)
SELECT id, $2, 'seated', $3, $8, $4, $4 FROM seat
ON CONFLICT (run, resident) DO UPDATE SET state = excluded.state, channel = excluded.channel, line_no = NULL,
    share = excluded.share, asked_at = {ASKED.format(run="seat")}, changed_at = excluded.changed_at
RETURNING id"""

WAIT = f"""WITH line AS (
    UPDATE course_run SET line_last = line_last + 1, waiting = waiting + 1
    WHERE id = $1 RETURNING id, closed_at, line_last, waiting, seats, seats_taken, reserved),
why AS ({
    WHY.format(
        outcome="waiting",
        run="line",
        facts="'seats', seats, 'taken', seats_taken, 'place', waiting, 'kept', reserved",
    )
}),
place AS (
    INSERT INTO enrolment (run, resident, state, channel, line_no, asked_at, changed_at)
    SELECT id, $2, 'waiting', $3, line_last, $4, $4 FROM line
    ON CONFLICT (run, resident) DO UPDATE SET state = excluded.state, channel = excluded.channel,
        line_no = excluded.line_no, asked_at = {ASKED.format(run="line")}, changed_at = excluded.changed_at
    RETURNING id)
SELECT place.id, line.waiting AS position FROM place, line"""


async def seat_among_shares(asking: Asking) -> Given | None:
    """None when the run keeps no seats (any more): then the plain way is right. Raises Refusal('line_over')."""
    run: Any = await row(HOLD, asking.run_id, asking.at)
    if run["reserved"] and await let_fall_back(asking.run_id, asking.at):
        run = await row(HOLD, asking.run_id, asking.at)
    if run["reserved"] == 0:
        if run["line_is_over"]:
            _check_line(run)
        return None
    seats = await _seats_for([asking], run)
    seat = seats[0] if seats else None
    if seat is not None and not (run["waiting"] and await value(SOMEBODY_BEFORE, run["id"], seat.audience)):
        return await _sit_down(asking, seat)
    _check_line(run)
    return await _wait(asking, has_free=seat is not None)


async def two_among_shares(askings: Sequence[Asking]) -> list[Given]:
    """Two who ask as one, whether the run keeps seats or not: two seats when nobody waits, else two places side by
    side. Inside the unit of work that holds both residents. Raises Refusal('line_over')."""
    run: Any = await row(HOLD, askings[0].run_id, askings[0].at)
    if run["reserved"] and await let_fall_back(run["id"], askings[0].at):
        run = await row(HOLD, run["id"], askings[0].at)
    seats = await _seats_for(askings, run)
    if seats and not run["waiting"]:
        return [await _sit_down(one, seat) for one, seat in zip(askings, seats, strict=True)]
    if run["line_is_over"]:
        raise Refusal("line_over", seats=run["seats"])
    return [await _wait(one, has_free=bool(seats)) for one in askings]


async def _seats_for(askings: Sequence[Asking], run: Any) -> list[Seat] | None:
    fits = [await value(HER_FITS, one.run_id, one.resident_id, one.channel) for one in askings]
    pool = run["seats"] - run["seats_taken"] - run["reserved"]
    return Free(pool, await left_of(run["id"])).take_for(fits)


async def _sit_down(asking: Asking, seat: Seat) -> Given:
    return Given(await value(SIT_DOWN, *asking.values, seat.share), "seated")


async def _wait(asking: Asking, *, has_free: bool) -> Given:
    place: Any = await row(WAIT, *asking.values)
    return Given(place["id"], "waiting", place["position"], has_free)


def _check_line(run: Any) -> None:
    """All seats are gone and the line is void: nobody is promised what cannot come."""
    if run["line_is_over"] and (run["waiting"] or run["seats_taken"] + run["reserved"] >= run["seats"]):
        raise Refusal("line_over", seats=run["seats"])
