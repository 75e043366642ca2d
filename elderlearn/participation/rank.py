"""Where a place stands among those beside it, by rate: the figures of the others are not told."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from elderlearn.ground.sql import rows
from elderlearn.participation.counted import Counted
from elderlearn.places.elders import elders_of
from elderlearn.places.queries import PlaceRow

# Regulars of $1 and of what lies beside it, each with all below it; read from the index of regulars alone.
BESIDE = """WITH beside AS (
        SELECT id, valid_to IS NULL AS is_valid FROM place
        WHERE parent = (SELECT parent FROM place WHERE id = $1) AND (valid_to IS NULL OR id = $1)
    ), inside AS (
        SELECT id, id AS top FROM beside UNION ALL
        SELECT c.id, b.id FROM place c JOIN beside b ON c.parent = b.id
    ), regular AS (
        SELECT place, count(*) AS persons FROM tally
        WHERE period = $2 AND residence = 'inside' AND regular_since IS NOT NULL AND born_on <= $3
            AND place = ANY(ARRAY(SELECT id FROM inside)) GROUP BY place)
    SELECT i.top, coalesce(sum(r.persons), 0)::int AS persons
    FROM inside i LEFT JOIN regular r ON r.place = i.id GROUP BY i.top"""


@dataclass(frozen=True)
class Rank:
    """`number` from 1 of `of` places whose elders are known; equal rates share a number."""

    number: int
    of: int


async def rank_of(place: PlaceRow, counted: Counted) -> Rank | None:
    """None for a district, without a denominator, and where nothing stands beside it."""
    if place.parent_id is None:
        return None
    found = await rows(BESIDE, place.id, counted.period_id, counted.born_by)
    elders = await elders_of([one["top"] for one in found], counted.year, counted.basis)
    rates = {
        one["top"]: Fraction(one["persons"], elders[one["top"]].elders)
        for one in found
        if one["top"] in elders and elders[one["top"]].elders
    }
    if place.id not in rates or len(rates) == 1:
        return None
    return Rank(1 + sum(one > rates[place.id] for one in rates.values()), len(rates))
