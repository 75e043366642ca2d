"""How a run fills: seats and places in line by the way people came and by round. Sums only, nobody by herself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row, rows

# Of everybody who stands in the run: the round in which she asked last and was not refused.
STANDING = """WITH standing AS (
    SELECT e.channel, e.state, (SELECT d.round FROM enrolment_decision d
        WHERE d.run = e.run AND d.resident = e.resident AND d.outcome <> 'refused'
        ORDER BY d.at DESC LIMIT 1) AS no
    FROM enrolment e WHERE e.run = $1 AND e.state IN ('seated', 'offered', 'waiting'))"""
COUNTED = """count(s.state) FILTER (WHERE s.state IN ('seated', 'offered'))::int AS seats,
    count(s.state) FILTER (WHERE s.state = 'waiting')::int AS waiting"""


@dataclass(frozen=True)
class Part:
    """`what` is a channel or the name of a round; `seats` also counts those offered."""

    what: str
    seats: int
    waiting: int


@dataclass(frozen=True)
class Kept:
    """Seats kept for an audience, and how many of them are taken."""

    audience: str
    seats: int
    taken: int
    falls_back_at: datetime
    has_fallen_back: bool


@dataclass(frozen=True)
class Filling:
    """A run at this moment; `refused` counts people who asked and stand nowhere in it now."""

    seats: int
    taken: int
    kept: int
    offered: int
    waiting: int
    refused: int
    channels: list[Part]
    rounds: list[Part]
    shares: list[Kept]


async def filling(run_id: int) -> Filling:
    """Raises Missing."""
    run = await row(
        """SELECT coalesce(r.seats, 0) AS seats, r.seats_taken AS taken, r.reserved AS kept, r.waiting,
            (SELECT count(*) FROM enrolment e WHERE e.run = r.id AND e.state = 'offered')::int AS offered,
            (SELECT count(DISTINCT d.resident) FROM enrolment_decision d WHERE d.run = r.id
                AND d.outcome = 'refused' AND NOT EXISTS (SELECT FROM enrolment e
                    WHERE e.run = r.id AND e.resident = d.resident))::int AS refused
        FROM course_run r WHERE r.id = $1""",
        run_id,
    )
    if run is None:
        raise Missing
    return Filling(
        **run, channels=await _channels(run_id), rounds=await _rounds(run_id), shares=await _kept(run_id)
    )


async def _channels(run_id: int) -> list[Part]:
    return _parts(
        await rows(
            f"{STANDING} SELECT s.channel AS what, {COUNTED} FROM standing s GROUP BY 1 ORDER BY 2 DESC, 1", run_id
        )
    )


async def _rounds(run_id: int) -> list[Part]:
    """All rounds of the run in their order, also those nobody came in yet."""
    return _parts(
        await rows(
            f"""{STANDING} SELECT r.name AS what, {COUNTED} FROM enrolment_round r
            LEFT JOIN standing s ON s.no = r.no WHERE r.run = $1 GROUP BY r.no, r.name ORDER BY r.no""",
            run_id,
        )
    )


async def _kept(run_id: int) -> list[Kept]:
    found = await rows(
        "SELECT audience, seats, taken, falls_back_at, has_fallen_back FROM seat_share WHERE run = $1 ORDER BY id",
        run_id,
    )
    return [Kept(**one) for one in found]


def _parts(found: Any) -> list[Part]:
    return [Part(**one) for one in found]
