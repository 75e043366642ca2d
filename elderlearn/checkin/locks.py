"""The order in which rows are held, so that two verbs never wait for each other: sessions, residents, runs.

Whoever writes attendances holds the sessions shared; whoever moves, calls off or closes holds them alone.
"""

from __future__ import annotations

from collections.abc import Collection

from elderlearn.enrolment.hold import Moved
from elderlearn.ground.sql import rows
from elderlearn.people.hold import hold_people


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


async def hold_attenders(attendance_ids: Collection[int]) -> None:
    """Hold whose attendances these are. Raises Moved when they became somebody else's while we waited for her."""
    whose = await _attenders(attendance_ids)
    await hold_people(whose)
    if await _attenders(attendance_ids) != whose:
        raise Moved


async def _attenders(attendance_ids: Collection[int]) -> set[int]:
    found = await rows("SELECT resident FROM attendance WHERE id = ANY($1::bigint[])", list(attendance_ids))
    return {one["resident"] for one in found}
