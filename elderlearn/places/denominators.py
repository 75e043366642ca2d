"""Pure: how many elders a place has in a year, from the figures on file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Given:
    """One preferred figure: somebody's number for one place and year."""

    place_id: int
    year: int
    elders: int
    source: str


@dataclass(frozen=True)
class Elders:
    """What a rate is divided by; `year` may be earlier than asked for and is always named."""

    elders: int
    year: int
    source: str
    is_sum: bool = False


def denominators(
    place_ids: Iterable[int], parents: Mapping[int, int | None], given: Iterable[Given], year: int
) -> dict[int, Elders]:
    """For each place the figure of the latest year up to `year`; a place without any is left out.

    In one year a figure given for the place wins; otherwise the places below are summed, only if all of
    them have one. `parents` names the parent of every place below the asked ones.
    """
    children: defaultdict[int, list[int]] = defaultdict(list)
    for place, parent in parents.items():
        if parent is not None:
            children[parent].append(place)
    by_year: defaultdict[int, dict[int, Given]] = defaultdict(dict)
    for one in given:
        if one.year <= year:
            by_year[one.year][one.place_id] = one
    found: dict[int, Elders] = {}
    open_places = set(place_ids)
    for past in sorted(by_year, reverse=True):
        for place in sorted(open_places):
            elders = _of(place, past, by_year[past], children)
            if elders is not None:
                found[place] = elders
        open_places -= found.keys()
    return found


def _of(place: int, year: int, given: Mapping[int, Given], children: Mapping[int, Sequence[int]]) -> Elders | None:
    own = given.get(place)
    if own is not None:
        return Elders(own.elders, year, own.source)
    parts = [_of(child, year, given, children) for child in children.get(place, ())]
    present = [one for one in parts if one is not None]
    if not parts or len(present) < len(parts):
        return None
    sources = dict.fromkeys(one.source for one in present)
    return Elders(sum(one.elders for one in present), year, "; ".join(sources), is_sum=True)
