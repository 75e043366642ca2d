"""Pure: which places lack a figure of elders, for which year and basis."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from elderlearn.participation.elders_alarms import OnFile, below_of, elders_of_tree


@dataclass(frozen=True)
class Gap:
    """Below `place_id` `missing` of `of` places have no figure; `is_blind`: so it has none itself, nor a sum."""

    place_id: int
    year: int
    basis: str
    missing: tuple[int, ...]
    of: int
    is_blind: bool


def gaps_of(
    parents: Mapping[int, int | None], on_file: Sequence[OnFile], wanted: Collection[tuple[int, str]]
) -> list[Gap]:
    """For every year and basis that is `wanted` or begun, the latest first; parents before those below.

    A figure or a complete sum is enough: a street whose communities all have one lacks nothing.
    """
    preferred: defaultdict[tuple[int, str], dict[int, int]] = defaultdict(dict)
    for one in on_file:
        if one.is_preferred and one.place_id in parents:
            preferred[one.year, one.basis][one.place_id] = one.elders
    below, found = below_of(parents), []
    for year, basis in sorted({*preferred, *wanted}, key=lambda key: (-key[0], key[1])):
        here = preferred.get((year, basis), {})
        for place in parents:
            parts = below.get(place, [])
            missing = tuple(one for one in parts if elders_of_tree(one, here, below) is None)
            if missing:
                blind = elders_of_tree(place, here, below) is None
                found.append(Gap(place, year, basis, missing, len(parts), blind))
    return found
