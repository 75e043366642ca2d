"""Asking for terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import rows

COLUMNS = """SELECT id, district AS district_id, name, starts_on, ends_on, limit_per_person,
    (SELECT count(*) FROM course_run r WHERE r.term = term.id)::int AS runs FROM term"""


@dataclass(frozen=True)
class TermRow:
    """No `limit_per_person`: as many seats as one likes."""

    id: int
    district_id: int
    name: str
    starts_on: date
    ends_on: date
    limit_per_person: int | None
    runs: int


async def terms(district_id: int) -> list[TermRow]:
    """All of the district, the latest first."""
    found = await rows(f"{COLUMNS} WHERE district = $1 ORDER BY starts_on DESC, id DESC", district_id)
    return [TermRow(**one) for one in found]


async def term(term_id: int) -> TermRow:
    """Raises Missing."""
    found = await rows(f"{COLUMNS} WHERE id = $1", term_id)
    if not found:
        raise Missing
    return TermRow(**found[0])
