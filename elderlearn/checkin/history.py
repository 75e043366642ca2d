"""What was changed at a session: itself, and the attendances taken back or written down again."""

from __future__ import annotations

from elderlearn.ground.sql import rows
from elderlearn.ground.trail_queries import Change, changes_of_all


async def changes_of_session(session_id: int, limit: int = 20) -> list[Change]:
    """The latest first; that somebody was checked in is no change. For those a door has already let in."""
    found = await rows("SELECT id FROM attendance WHERE session = $1", session_id)
    return await changes_of_all({("session", session_id), *(("attendance", one["id"]) for one in found)}, limit)
