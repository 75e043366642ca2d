"""Locks, in the one order everybody keeps: (sessions,) residents by id, then the run. So nobody waits in a ring.

Whoever changes an enrolment holds its resident; whoever changes seats or the line holds the run; seating the
next in line needs both, for people not known before the run is held. So a verb guesses them (the head of the
line), holds them and the run, looks again, and starts over (`Moved`) when the line moved on meanwhile.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import TypeVar

from elderlearn.enrolment.audience import FITS_IN_LINE
from elderlearn.ground.errors import Missing, Stale
from elderlearn.ground.sql import row, rows
from elderlearn.people.hold import hold_people

TRIES = 8
AHEAD = 20  # how many of the line to hold at the first try; most of the time the first may be seated

# Also the first who fit a share: a seat kept for it passes over all who do not.
HEAD = f"""(SELECT resident FROM enrolment WHERE run = $1 AND state = 'waiting' ORDER BY line_no LIMIT $2)
    UNION (SELECT w.resident FROM enrolment w JOIN course_run r ON r.id = w.run
        JOIN resident who ON who.id = w.resident
        WHERE w.run = $1 AND w.state = 'waiting' AND EXISTS (
            SELECT FROM seat_share WHERE run = $1 AND NOT has_fallen_back)
        AND EXISTS (SELECT FROM seat_share s WHERE s.run = w.run AND NOT s.has_fallen_back
            AND s.audience = ANY({FITS_IN_LINE})) ORDER BY w.line_no LIMIT $2)"""

Result = TypeVar("Result")


class Moved(Exception):
    """The line moved between the guess and the lock, or more of it is needed: try again, holding more."""


@dataclass(frozen=True)
class HeldRun:
    """A run nobody else can change now, and the residents nobody else can seat or withdraw."""

    id: int
    district_id: int
    residents: frozenset[int]


async def until_still(work: Callable[[int], Awaitable[Result]]) -> Result:
    """Do `work(ahead)`, a whole unit of work, again and with more people held while it raises Moved.

    Raises Stale when the line never holds still.
    """
    ahead = AHEAD
    for _ in range(TRIES):
        try:
            return await work(ahead)
        except Moved:
            ahead *= 4
    raise Stale


async def hold(run_id: int, *, residents: Collection[int] = (), ahead: int = 0) -> HeldRun:
    """Lock these residents and the first `ahead` of the line, then the run. Raises Missing."""
    held = await hold_people({*residents, *await _head_of_line(run_id, ahead)})
    run = await row("SELECT id, district AS district_id FROM course_run WHERE id = $1 FOR NO KEY UPDATE", run_id)
    if run is None:
        raise Missing
    return HeldRun(**run, residents=held)


async def _head_of_line(run_id: int, ahead: int) -> list[int]:
    if ahead <= 0:
        return []
    found = await rows(HEAD, run_id, ahead)
    return [one["resident"] for one in found]
