"""One request for a seat, and what it got: carried from the rules to the statement that writes all of it down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from elderlearn.ground.actor import Actor

# A closed run decided who completed it by the day she asked first: asking again does not change that day.
ASKED = """CASE WHEN (SELECT closed_at FROM {run}) IS NULL THEN excluded.asked_at ELSE enrolment.asked_at END"""

# What was decided, in the statement that decides it: no request without its reason, and no trip more.
WHY = """INSERT INTO enrolment_decision
        (run, resident, at, last_at, channel, actor_kind, actor_id, round, outcome, facts)
    SELECT id, $2, $4, $4, $3, $5, $6, $7, '{outcome}', jsonb_build_object({facts}) FROM {run}"""


@dataclass(frozen=True)
class Asking:
    """`round` is the number, from 1, of the round she asks in; none without rounds."""

    run_id: int
    resident_id: int
    channel: str
    at: datetime
    by: Actor
    round: int | None = None

    @property
    def values(self) -> tuple[object, ...]:
        """$1 to $7 of the statements."""
        return (self.run_id, self.resident_id, self.channel, self.at, self.by.kind, self.by.id, self.round)


@dataclass(frozen=True)
class Given:
    """`position` from 1 in the line, none when seated. `has_free`: a seat is free, but others wait before.

    `is_noted`: the trail knows it already, and who is not cared for is told.
    """

    enrolment_id: int
    state: str
    position: int | None = None
    has_free: bool = False
    is_noted: bool = False
