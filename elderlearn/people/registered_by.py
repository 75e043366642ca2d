"""Whoever has just registered somebody may finish: print her card, enrol her, wherever she lives."""

from __future__ import annotations

from datetime import timedelta

from elderlearn.ground.clock import now
from elderlearn.ground.sql import value

LASTS = timedelta(hours=12)  # the day at the desk


async def was_registered_by(resident_id: int, staff_id: int) -> bool:
    """This member of staff wrote her down in the last twelve hours."""
    found = await value(
        """SELECT EXISTS (SELECT FROM trail WHERE subject = 'resident' AND subject_id = $1 AND at > $3
            AND actor_kind = 'staff' AND actor_id = $2 AND action IN ('register_resident', 'name_card'))""",
        resident_id,
        staff_id,
        now() - LASTS,
    )
    return bool(found)
