"""What a leader's pages show of a session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from elderlearn.catalogue.session_queries import SessionCard
from elderlearn.checkin.queries import Presence
from elderlearn.checkin.rules import EARLY, LATE


@dataclass(frozen=True)
class Card:
    """One session in words; `expected` is 0 where anybody may come. `phase` is before, on, after or called_off."""

    id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    where: str
    phase: str
    present: int
    expected: int

    @property
    def is_on(self) -> bool:
        """While scans need no explanation: from an hour before to an hour after."""
        return self.phase == "on"


def card(session: SessionCard, presence: Presence, *, moment: datetime) -> Card:
    """The session as it is at that moment."""
    return Card(
        id=session.id,
        title=session.title,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        where=session.venue or session.organisation_name,
        phase=_phase(session, moment),
        present=presence.present,
        expected=presence.expected,
    )


def _phase(session: SessionCard, moment: datetime) -> str:
    if session.state == "called_off":
        return "called_off"
    if moment < session.starts_at - EARLY:
        return "before"
    return "on" if moment <= session.ends_at + LATE else "after"
