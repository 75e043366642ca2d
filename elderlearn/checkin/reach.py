"""Whose sessions somebody may take attendance at: leaders their own runs, officers their place and below."""

from __future__ import annotations

from collections.abc import Collection

from asyncpg import Record

from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import rows
from elderlearn.people.roles import may

# What decides whose session s is. A place tree has three levels, so a place, its parent and its district are
# all that can cover it.
STAFF_SEES = "w.role, l.id IS NOT NULL AS is_leader, w.place IN (p.id, p.parent, p.district) AS covers"
STAFF_OF_SESSION = """JOIN organisation o ON o.id = s.organisation JOIN place p ON p.id = o.place
    LEFT JOIN staff w ON w.id = {staff} AND w.ended_at IS NULL
    LEFT JOIN run_leader l ON l.run = s.run AND l.staff = w.id"""


async def within_reach(session_ids: Collection[int], by: Actor, action: str = "scan") -> set[int]:
    """Those of the sessions at which `by` may do `action`. The system itself may everywhere.

    A helper may scan at the one session of her pass, as long as whoever gave it to her may.
    """
    if by.kind == "system":
        return set(session_ids)
    if by.kind != "staff" or (by.lent and action != "scan"):
        return set()
    wanted = set(session_ids) & {by.lent.session_id} if by.lent else set(session_ids)
    found = await rows(
        f"""SELECT s.id, {STAFF_SEES} FROM session s {STAFF_OF_SESSION.format(staff="$1")}
        WHERE s.id = ANY($2::bigint[])""",
        by.id,
        sorted(wanted),
    )
    return {one["id"] for one in found if is_theirs(one, action)}


async def check_reach(session_ids: Collection[int], by: Actor, action: str = "scan") -> None:
    """Raises Missing unless all sessions are there and within reach: the two are never told apart."""
    wanted = set(session_ids)
    there = {one["id"] for one in await rows("SELECT id FROM session WHERE id = ANY($1::bigint[])", list(wanted))}
    if wanted - there or wanted - await within_reach(there, by, action):
        raise Missing


def is_theirs(one: Record, action: str) -> bool:
    """The session of this row, which has the columns of `STAFF_SEES`, is theirs to do `action` at."""
    role = one["role"]
    return role is not None and may(role, action) and bool(one["is_leader" if role == "leader" else "covers"])
