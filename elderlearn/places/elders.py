"""Asking how many elders live in places, for reports."""

from __future__ import annotations

from collections.abc import Collection, Mapping

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


async def elders_of_groups(groups: Mapping[int, Collection[int]], year: int, basis: str) -> dict[int, Elders]:
    """Elders of communities taken together, by the key of the group: the latest year in which all of them have a
    figure, else no entry. Communities dissolved today are not asked for.
    """
    members = {place: key for key, places in groups.items() for place in places}
    found = await rows(
        """SELECT p.id, e.year, e.elders, e.source FROM place p LEFT JOIN elder_population e
            ON e.place = p.id AND e.basis = $2 AND e.year <= $3 AND e.is_preferred
        WHERE p.id = ANY($1::bigint[]) AND p.valid_to IS NULL ORDER BY p.id""",
        sorted(members),
        basis,
        year,
    )
    # Groups stand beside places under ids that no place has.
    parents: dict[int, int | None] = {one["id"]: -1 - members[one["id"]] for one in found}
    given = [Given(one["id"], one["year"], one["elders"], one["source"]) for one in found if one["year"]]
    summed = denominators([-1 - key for key in groups], parents, given, year)
    return {-1 - key: elders for key, elders in summed.items()}
