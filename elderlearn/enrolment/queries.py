"""Asking about enrolments: how one stands, what a resident has, how a run is filled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from elderlearn.catalogue.queries import RunCard, run_cards
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row, rows

POSITION = """CASE WHEN e.state = 'waiting' THEN (SELECT count(*) FROM enrolment b
    WHERE b.run = e.run AND b.state = 'waiting' AND b.line_no <= e.line_no) END AS position"""
ENDED = ("withdrawn", "removed", "declined", "lapsed")


@dataclass(frozen=True)
class Standing:
    """An enrolment as it stands; `position` from 1 among those waiting now, else none; `offer_until` only while
    a seat is offered; `is_together`: she asked as one of two, and both still stand."""

    id: int
    run_id: int
    resident_id: int
    state: str
    position: int | None
    channel: str
    asked_at: datetime
    changed_at: datetime
    offer_until: datetime | None = None
    is_together: bool = False


@dataclass(frozen=True)
class Learning:
    """One enrolment of a resident with its run, for "my learning"."""

    enrolment: Standing
    run: RunCard


@dataclass(frozen=True)
class Seats:
    """How a run is filled; `seats` none when one does not enrol in it."""

    seats: int | None
    seats_taken: int
    waiting: int


COLUMNS = f"""SELECT e.id, e.run AS run_id, e.resident AS resident_id, e.state, {POSITION}, e.channel,
    e.asked_at, e.changed_at, e.offer_until, e.together IS NOT NULL AS is_together FROM enrolment e"""


async def standing(enrolment_id: int) -> Standing:
    """How this enrolment stands. Raises Missing."""
    found = await row(f"{COLUMNS} WHERE e.id = $1", enrolment_id)
    if found is None:
        raise Missing
    return Standing(**found)


async def standing_of(run_id: int, resident_id: int) -> Standing | None:
    """The resident's enrolment in this run, or none when she never asked."""
    found = await row(f"{COLUMNS} WHERE e.run = $1 AND e.resident = $2", run_id, resident_id)
    return Standing(**found) if found is not None else None


async def enrolments_of(resident_id: int, *, with_ended: bool = False) -> list[Learning]:
    """Her seats and waiting places, the next meeting first and runs that are over last; ended ones if asked."""
    found = await rows(f"{COLUMNS} WHERE e.resident = $1 ORDER BY e.id", resident_id)
    standings = [Standing(**one) for one in found if with_ended or one["state"] not in ENDED]
    cards = {card.id: card for card in await run_cards([one.run_id for one in standings])}
    learning = [Learning(one, cards[one.run_id]) for one in standings]
    return sorted(learning, key=_next_first)


async def waiting_position(enrolment_id: int) -> int | None:
    """From 1 among those waiting now; none for anybody else. Raises Missing."""
    return (await standing(enrolment_id)).position


async def line_of(run_id: int) -> list[Standing]:
    """All who wait, in their order."""
    found = await rows(f"{COLUMNS} WHERE e.run = $1 AND e.state = 'waiting' ORDER BY e.line_no", run_id)
    return [Standing(**one) for one in found]


async def seats_of(run_id: int) -> Seats:
    """Raises Missing."""
    found = await row("SELECT seats, seats_taken, waiting FROM course_run WHERE id = $1", run_id)
    if found is None:
        raise Missing
    return Seats(**found)


def _next_first(one: Learning) -> tuple[bool, float, int]:
    at = one.run.next_at or one.run.ends_at
    return one.run.next_at is None, at.timestamp() if at else 0.0, one.enrolment.id
