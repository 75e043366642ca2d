"""The seats that come free and those who wait: who gets which, as a seat or as an offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from elderlearn.enrolment.shares import Seat
from elderlearn.ground.sql import rows

# A seat or an offer, the share it is of, and the sums of the run: together, so that nobody sees one without the
# other. $2 enrolments, $3 their shares, $4 the moment, $5 the state, $6 until when.
PUT = """WITH given AS (SELECT * FROM unnest($2::bigint[], $3::bigint[]) AS g (id, share)),
    held AS (
        UPDATE enrolment e SET state = $5, line_no = NULL, changed_at = $4, offer_until = $6, share = given.share
        FROM given WHERE e.id = given.id RETURNING e.id),
    kept AS (
        UPDATE seat_share s SET taken = taken + n
        FROM (SELECT share, count(*) AS n FROM given WHERE share IS NOT NULL GROUP BY share) AS g
        WHERE s.id = g.share RETURNING n)
    UPDATE course_run SET seats_taken = seats_taken + n, waiting = waiting - n,
        reserved = reserved - (SELECT coalesce(sum(kept.n), 0) FROM kept)
    FROM (SELECT count(*) AS n FROM held) AS s WHERE course_run.id = $1"""


@dataclass(frozen=True)
class Chosen:
    """Somebody who waits, as a row of the line, and the seat that is hers."""

    who: Any
    seat: Seat


async def put(run_id: int, chosen: Sequence[Chosen], *, until: datetime | None, at: datetime) -> None:
    """Seated, or offered `until` then; inside the unit of work that holds the run and all of them."""
    await rows(
        PUT,
        run_id,
        [one.who["id"] for one in chosen],
        [one.seat.share for one in chosen],
        at,
        "seated" if until is None else "offered",
        until,
    )
