"""Whose sessions somebody may take attendance at: leaders their own runs, officers their place and below."""

from __future__ import annotations

from collections.abc import Collection

from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import rows
from elderlearn.people.roles import may

# A place tree has three levels, so a place, its parent and its district are all that can cover it.
_WITHIN = """SELECT s.id, w.role, l.id IS NOT NULL AS is_leader, w.place IN (p.id, p.parent, p.district) AS covers
    FROM staff w CROSS JOIN session s JOIN organisation o ON o.id = s.organisation JOIN place p ON p.id = o.place
    LEFT JOIN run_leader l ON l.run = s.run AND l.staff = w.id
    WHERE w.id = $1 AND w.ended_at IS NULL AND s.id = ANY($2::bigint[])"""


async def within_reach(session_ids: Collection[int], by: Actor, action: str = "scan") -> set[int]:
    """Those of the sessions at which `by` may do `action`. The system itself may everywhere."""
    if by.kind == "system":
        return set(session_ids)
    if by.kind != "staff":
        return set()
    found = await rows(_WITHIN, by.id, sorted(set(session_ids)))
    return {one["id"] for one in found if may(one["role"], action) and _is_theirs(one["role"], one)}


async def check_reach(session_ids: Collection[int], by: Actor, action: str = "scan") -> None:
    """Raises Missing unless all sessions are there and within reach: the two are never told apart."""
    wanted = set(session_ids)
    there = {one["id"] for one in await rows("SELECT id FROM session WHERE id = ANY($1::bigint[])", list(wanted))}
    if wanted - there or wanted - await within_reach(there, by, action):
        raise Missing


def _is_theirs(role: str, one: object) -> bool:
    return bool(one["is_leader"] if role == "leader" else one["covers"])  # type: ignore[index]  # a Record
