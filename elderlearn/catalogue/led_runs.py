"""Asking for the runs somebody leads, as pages of a list."""

from __future__ import annotations

from dataclasses import dataclass

from elderlearn.catalogue.queries import RunCard, run_cards
from elderlearn.ground.clock import now, today
from elderlearn.ground.sql import rows

PHASES = ("running", "coming", "over")
SORTS = ("when", "title")
MOST_WORDS = 5

_LED = """SELECT r.id FROM run_leader l JOIN course_run r ON r.id = l.run
    JOIN course c ON c.id = r.course JOIN organisation o ON o.id = r.organisation
    WHERE l.staff = $1 AND CASE WHEN r.ends_at < $3 THEN 'over' WHEN r.first_on > $4 THEN 'coming'
        ELSE 'running' END = $2
    AND (cardinality($5::text[]) = 0 OR c.title || ' ' || o.name ILIKE ALL ($5))"""
_ORDER = {
    ("when", "running"): "r.ends_at, r.id",
    ("when", "coming"): "r.first_on, r.id",
    ("when", "over"): "r.ends_at DESC, r.id DESC",
}


@dataclass(frozen=True)
class LedPage:
    """One page of runs; `has_more` when another follows."""

    runs: list[RunCard]
    has_more: bool


async def runs_led_by(
    staff_id: int, phase: str, *, words: str = "", sort: str = "when", limit: int = 20, offset: int = 0
) -> LedPage:
    """Runs led that are running, coming or over; every word in the title or the organisation's name.

    Sorted by `when` they end next (begin next, ended last), or by title. Drafts too: she may look at hers.
    """
    order = _ORDER.get((sort, phase), "c.title, r.first_on, r.id")
    found = await rows(
        f"{_LED} ORDER BY {order} LIMIT $6 OFFSET $7",
        staff_id,
        phase,
        now(),
        today(),
        [f"%{_literally(word)}%" for word in words.replace("\0", " ").split()[:MOST_WORDS]],
        limit + 1,
        offset,
    )
    return LedPage(await run_cards([one["id"] for one in found[:limit]]), len(found) > limit)


def _literally(word: str) -> str:
    """Percent and underline mean themselves."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
