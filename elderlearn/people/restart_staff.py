"""An ended account works again."""

from __future__ import annotations

from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work


async def restart_staff(staff_id: int, *, by: Actor) -> None:
    """Without its old password: a new one is set for it. Tokens stay ended. Twice is harmless. Raises Missing."""
    async with unit_of_work():
        restarted = await value(
            """UPDATE staff SET ended_at = NULL, password_hash = NULL, failed_tries = 0, locked_until = NULL
            WHERE id = $1 AND ended_at IS NOT NULL RETURNING id""",
            staff_id,
        )
        if restarted is not None:
            await note("restart_staff", by=by, subject="staff", subject_id=staff_id)
        elif await value("SELECT id FROM staff WHERE id = $1", staff_id) is None:
            raise Missing
