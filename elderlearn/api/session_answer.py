"""Pure: a session as the api shows it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from elderlearn.catalogue.session_queries import SessionCard
from elderlearn.ground.clock import local


class SessionAnswer(Struct, kw_only=True):
    session_id: str
    run_id: str
    state: Literal["planned", "called_off"]
    starts_at: datetime
    ends_at: datetime
    on_date: date
    credited_minutes: int
    venue_id: str | None
    venue: str | None
    teacher_id: str | None
    teacher: str | None


def session_answer(card: SessionCard) -> SessionAnswer:
    """Times on a wall clock in Shanghai, with their offset."""
    return SessionAnswer(
        session_id=str(card.id),
        run_id=str(card.run_id),
        state=card.state,  # type: ignore[arg-type]  # one of the two, by a Check of the table
        starts_at=local(card.starts_at),
        ends_at=local(card.ends_at),
        on_date=card.on_date,
        credited_minutes=card.credited_minutes,
        venue_id=str(card.venue_id) if card.venue_id else None,
        venue=card.venue,
        teacher_id=str(card.teacher_id) if card.teacher_id else None,
        teacher=card.teacher,
    )
