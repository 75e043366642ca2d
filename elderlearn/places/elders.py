"""Asking how many elders live in places, for reports."""

from __future__ import annotations

from collections.abc import Collection

from elderlearn.ground.sql import rows
from elderlearn.places.denominators import Elders, Given, denominators
from elderlearn.places.queries import BELOW


async def elders_of(place_ids: Collection[int], year: int, basis: str) -> dict[int, Elders]:
    """Elders of each place by `basis` in the latest year up to `year`; no figure, no entry (never 0).

    See `denominators` for which figure wins.
    """
    asked = sorted(set(place_ids))
    tree = await rows(f"{BELOW} SELECT id, parent FROM inside", asked)
    given = await rows(
        """SELECT place AS place_id, year, elders, source FROM elder_population
        WHERE place = ANY($1::bigint[]) AND basis = $2 AND year <= $3 AND is_preferred""",
        [one["id"] for one in tree],
        basis,
        year,
    )
    parents = {one["id"]: one["parent"] for one in tree}
    return denominators(asked, parents, [Given(**one) for one in given], year)
