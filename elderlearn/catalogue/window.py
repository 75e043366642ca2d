"""Pure: a stretch of time in which one may enrol."""

from __future__ import annotations

from datetime import datetime

from elderlearn.ground.errors import Refusal


def check_window(opens_at: datetime, closes_at: datetime) -> None:
    """Raises Refusal('invalid_window') when it closes before it opens, or a time has no offset."""
    if opens_at.tzinfo is None or closes_at.tzinfo is None or closes_at <= opens_at:
        raise Refusal("invalid_window")
