"""Pure: the day something ends."""

from __future__ import annotations

from datetime import date

from elderlearn.ground.clock import today
from elderlearn.ground.errors import Refusal

FIRST = date(2000, 1, 1)


def check_ending(on: date) -> None:
    """Nothing ends before it happened. Raises Refusal('invalid_date') for a day to come, or before 2000."""
    if not FIRST <= on <= today():
        raise Refusal("invalid_date")
