"""Seats and places in line decided elsewhere, taken over as they are: an inner step of an import."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from elderlearn.enrolment.enrolled_period import open_periods, resum
from elderlearn.ground.clock import now
from elderlearn.ground.sql import rows

CHANNEL = "paper"  # neither she nor a window of this house asked for it


@dataclass(frozen=True)
class Seat:
    """Who has, or waits for, or gave back a seat. `state` is seated, waiting or withdrawn."""

    run_id: int
    resident_id: int
    state: str
    asked_at: datetime


@dataclass(frozen=True)
class Room:
    """A run to enrol in, and how many seats are free."""

    run_id: int
    free: int
    is_closed: bool
    opens_at: datetime


async def rooms(run_ids: Collection[int], *, hold: bool) -> dict[int, Room]:
    """Those of the runs one enrols in; with `hold` nobody else seats anybody there, people are held before."""
    found = await rows(
        f"""SELECT id, seats - seats_taken - reserved AS free, closed_at IS NOT NULL AS is_closed, opens_at
        FROM course_run WHERE id = ANY($1::bigint[]) AND entry = 'enrol' ORDER BY id
        {"FOR NO KEY UPDATE" if hold else ""}""",
        sorted(set(run_ids)),
    )
    return {one["id"]: Room(one["id"], one["free"], one["is_closed"], one["opens_at"]) for one in found}


async def states_on_file(run_ids: Collection[int]) -> dict[tuple[int, int], str]:
    """By run and resident."""
    found = await rows(
        "SELECT run, resident, state FROM enrolment WHERE run = ANY($1::bigint[])", sorted(set(run_ids))
    )
    return {(one["run"], one["resident"]): one["state"] for one in found}


async def put_enrolments(seats: Sequence[Seat]) -> None:
    """Nobody of them is enrolled there yet; the line goes on in this order. People and runs are held, seats free.

    What the runs count and who is enrolled in which year follow.
    """
    await rows(
        """WITH given AS (
            SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::timestamptz[])
                WITH ORDINALITY AS g (run, resident, state, asked_at, no)),
        many AS (SELECT run, count(*) FILTER (WHERE state = 'seated') AS seated,
            count(*) FILTER (WHERE state = 'waiting') AS waiting FROM given GROUP BY run),
        put AS (INSERT INTO enrolment (run, resident, state, channel, line_no, asked_at, changed_at)
            SELECT g.run, g.resident, g.state, $5, CASE WHEN g.state = 'waiting' THEN r.line_last + row_number()
                OVER (PARTITION BY g.run, g.state ORDER BY g.no) END, g.asked_at, $6
            FROM given g JOIN course_run r ON r.id = g.run ORDER BY g.no)
        UPDATE course_run r SET seats_taken = r.seats_taken + m.seated, waiting = r.waiting + m.waiting,
            line_last = r.line_last + m.waiting
        FROM many m WHERE r.id = m.run""",
        [one.run_id for one in seats],
        [one.resident_id for one in seats],
        [one.state for one in seats],
        [one.asked_at for one in seats],
        CHANNEL,
        now(),
    )
    await _sum(seats)


async def _sum(seats: Sequence[Seat]) -> None:
    people = sorted({one.resident_id for one in seats if one.state == "seated"})
    homes = await rows("SELECT DISTINCT district FROM resident WHERE id = ANY($1::bigint[])", people)
    runs = await rows(
        """SELECT district, min(first_on) AS first, max(last_on) AS last FROM course_run
        WHERE id = ANY($1::bigint[]) GROUP BY district""",
        sorted({one.run_id for one in seats}),
    )
    for one in runs:
        await open_periods({home["district"] for home in homes}, one["district"], one["first"], one["last"])
    await resum(people)
