"""Asking for those who lead runs, and those who could."""

from __future__ import annotations

from dataclasses import dataclass

from elderlearn.catalogue.queries import containing
from elderlearn.ground.pinyin import findable, in_order
from elderlearn.ground.sql import rows


@dataclass(frozen=True)
class LeaderRow:
    """A member of staff by sign-in name, with the place she works for."""

    id: int
    name: str
    place_name: str


async def leaders_of(run_id: int) -> list[LeaderRow]:
    """Who leads this run."""
    found = await rows(
        f"""SELECT w.id, w.name, p.name AS place_name FROM run_leader l JOIN staff w ON w.id = l.staff
        JOIN place p ON p.id = w.place WHERE l.run = $1 ORDER BY {in_order("w.name")}""",
        run_id,
    )
    return [LeaderRow(**one) for one in found]


async def possible_leaders(place_id: int, *, words: str = "", limit: int = 30) -> list[LeaderRow]:
    """Leaders with an account who work in this place, below it, or for a place above it, by name."""
    found = await rows(
        f"""SELECT w.id, w.name, p.name AS place_name FROM staff w JOIN place p ON p.id = w.place
        JOIN place here ON here.id = $1
        WHERE w.role = 'leader' AND w.ended_at IS NULL AND ({findable("w.name")}) ILIKE ALL ($2)
          AND ($1 IN (p.id, p.parent, p.district) OR p.id IN (here.parent, here.district))
        ORDER BY {in_order("w.name")} LIMIT $3""",
        place_id,
        containing(words),
        limit,
    )
    return [LeaderRow(**one) for one in found]
