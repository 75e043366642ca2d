"""Tick one name on the list: she is here, without her card."""

from __future__ import annotations

from elderlearn.checkin.sheet import Sheet, record_sheet
from elderlearn.ground.actor import Actor


async def tick(session_id: int, resident_id: int, *, by: Actor) -> Sheet:
    """A sheet with one name; ticked twice is the same. Raises Missing when the session is not within reach."""
    return await record_sheet(session_id, [resident_id], by=by, source="tick")
