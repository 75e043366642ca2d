"""Asking who looks after whom. Of an elder nothing leaves here but the name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row, rows
from elderlearn.people.care.rules import ASKED_LASTS, Tie, may_act_for

TIE = """SELECT l.id, l.elder AS elder_id, l.carer AS carer_id, l.state, l.asked_at, e.state AS elder_state,
    c.state AS carer_state FROM carer_link l JOIN resident e ON e.id = l.elder JOIN resident c ON c.id = l.carer"""
PAIR = """SELECT l.id, l.elder AS elder_id, e.name AS elder, l.carer AS carer_id, c.name AS carer, l.state, l.how,
    l.asked_at, l.since FROM carer_link l JOIN resident e ON e.id = l.elder JOIN resident c ON c.id = l.carer
    WHERE e.state = 'active' AND c.state = 'active'"""


@dataclass(frozen=True)
class Pair:
    """Two people by name. `how` and `since` none while the elder has not agreed."""

    id: int
    elder_id: int
    elder: str
    carer_id: int
    carer: str
    state: str
    how: str | None
    asked_at: datetime
    since: datetime | None


async def tie(link_id: int) -> Tie:
    """Raises Missing."""
    found = await row(f"{TIE} WHERE l.id = $1", link_id)
    if found is None:
        raise Missing
    return Tie(**found)


async def check_may_act(carer_id: int, elder_id: int) -> None:
    """Raises Missing unless she is looked after by this carer now."""
    found = await row(f"{TIE} WHERE l.elder = $1 AND l.carer = $2 AND l.state = 'active'", elder_id, carer_id)
    if not may_act_for(carer_id, elder_id, Tie(**found) if found else None):
        raise Missing


async def cares_for_somebody(carer_id: int) -> bool:
    """Whether she looks after anybody's courses: for every page of a course, so one look at an index."""
    found = await row("SELECT 1 AS one FROM carer_link WHERE carer = $1 AND state = 'active' LIMIT 1", carer_id)
    return found is not None


async def elders_of(carer_id: int) -> list[Pair]:
    """Whom she looks after, in the order in which they agreed."""
    found = await rows(f"{PAIR} AND l.carer = $1 AND l.state = 'active' ORDER BY l.since, l.id", carer_id)
    return [Pair(**one) for one in found]


async def carers_of(elder_id: int) -> list[Pair]:
    """Who looks after her, and who has asked lately; those who ask last."""
    found = await rows(
        f"""{PAIR} AND l.elder = $1 AND (l.state = 'active' OR (l.state = 'asked' AND l.asked_at > $2))
        ORDER BY l.since NULLS LAST, l.id""",
        elder_id,
        now() - ASKED_LASTS,
    )
    return [Pair(**one) for one in found]


async def elder_of(link_id: int, carer_id: int) -> Pair:
    """The elder of this tie, for her carer alone. Raises Missing."""
    found = await row(f"{PAIR} AND l.id = $1 AND l.carer = $2 AND l.state = 'active'", link_id, carer_id)
    if found is None:
        raise Missing
    return Pair(**found)


async def reached_by_carers(elder_ids: Collection[int]) -> set[int]:
    """Those of whom a carer has a telephone, where a copy of every message goes."""
    found = await rows(
        """SELECT DISTINCT l.elder FROM carer_link l JOIN resident c ON c.id = l.carer
        WHERE l.elder = ANY($1::bigint[]) AND l.state = 'active' AND c.state = 'active'
            AND c.phone_hash IS NOT NULL""",
        list(elder_ids),
    )
    return {one["elder"] for one in found}
