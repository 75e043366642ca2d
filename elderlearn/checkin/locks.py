"""The order in which rows are held, so that two verbs never wait for each other: sessions, residents, runs.

Whoever writes attendances holds the sessions shared; whoever moves, calls off or closes holds them alone.
"""

from __future__ import annotations

from collections.abc import Collection

from elderlearn.ground.sql import rows


async def share_sessions(session_ids: Collection[int]) -> None:
    """These sessions are not moved, called off or closed until the unit of work ends."""
    await rows(
        "SELECT id FROM session WHERE id = ANY($1::bigint[]) ORDER BY id FOR SHARE", sorted(set(session_ids))
    )


async def hold_sessions(session_ids: Collection[int]) -> None:
    """Nobody writes attendances of these sessions until the unit of work ends."""
    await rows(
        "SELECT id FROM session WHERE id = ANY($1::bigint[]) ORDER BY id FOR NO KEY UPDATE",
        sorted(set(session_ids)),
    )
