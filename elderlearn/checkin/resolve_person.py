"""It was another person: somebody else's card, a card nobody could read, a code that is not ours."""

from __future__ import annotations

from uuid import UUID

from elderlearn.catalogue.sessions import session_facts
from elderlearn.checkin.reach import check_reach
from elderlearn.checkin.resolve import ACTION, Decision, Plan, Resolved, here, resolve
from elderlearn.checkin.resolve_session import sessions_then
from elderlearn.checkin.sheet import known_there
from elderlearn.checkin.unclear_scan import UnclearScan
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal


async def session_meant(scan: UnclearScan, session_id: int | None, *, by: Actor) -> int:
    """The one chosen among those held then, else the one the scan names. Raises Missing when it is neither."""
    if session_id is None or session_id == scan.session_id:
        meant = here(scan)
    elif not await sessions_then(scan, by=by, only=session_id):
        raise Missing
    else:
        meant = session_id
    await check_reach([meant], by, ACTION)
    return meant


def other_person(resident_id: int, session_id: int | None = None) -> Plan:
    """This resident was there; `session_id` where the scan names none. Raises Refusal('unknown_resident')."""

    async def plan(scan: UnclearScan, by: Actor) -> Decision:
        meant = await session_meant(scan, session_id, by=by)
        if resident_id not in await known_there([resident_id], await session_facts(meant)):
            raise Refusal("unknown_resident")
        return Decision("other_person", meant, resident_id, source="tick")

    return plan


async def it_was_person(scan_id: UUID, resident_id: int, *, by: Actor, session_id: int | None = None) -> Resolved:
    """That resident counts, written down by name. Raises what `resolve` raises, Refusal('unknown_resident')."""
    return await resolve(scan_id, other_person(resident_id, session_id), by=by)
