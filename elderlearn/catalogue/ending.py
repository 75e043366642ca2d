"""What must hold before something ends."""

from __future__ import annotations

from datetime import date
from typing import Literal

from elderlearn.ground.clock import now, today
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import value

FIRST = date(2000, 1, 1)


def check_ending(on: date) -> None:
    """Nothing ends before it happened. Raises Refusal('invalid_date') for a day to come, or before 2000."""
    if not FIRST <= on <= today():
        raise Refusal("invalid_date")


async def still_to_come(of: Literal["organisation", "course"], id: int) -> int:
    """How many of its runs have a session planned that is not over; called-off ones hold nobody up."""
    found: int = await value(
        f"""SELECT count(*) FROM course_run r WHERE r.{of} = $1 AND EXISTS (
            SELECT FROM session s WHERE s.run = r.id AND s.state = 'planned' AND s.ends_at >= $2)""",
        id,
        now(),
    )
    return found
