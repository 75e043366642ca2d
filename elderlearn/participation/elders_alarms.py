"""Pure: figures of elders that do not fit each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, NamedTuple

JUMP = 30  # per cent against the year before
Kind = Literal["parts", "parts_exceed", "sources", "zero", "jump", "over"]


class OnFile(NamedTuple):
    """One figure somebody wrote down, the latest last; the preferred one is what reports divide by.

    A tuple, because there are thousands of them on the way to every report.
    """

    place_id: int
    year: int
    basis: str
    source: str
    elders: int
    is_preferred: bool


@dataclass(frozen=True)
class Alarm:
    """What does not fit at a place in a year. `figures` by kind:

    parts, parts_exceed: its own and the sum of those below, of which with `parts_exceed` some are still missing ·
    sources: the latest of each source, named in `words`, the preferred one first · zero · jump: this year's and
    that of the year before · over: regulars and elders, `words` the period.
    """

    kind: Kind
    place_id: int
    year: int
    basis: str
    figures: tuple[int, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """With other figures it is another alarm."""
        parts = (self.kind, self.place_id, self.year, self.basis, self.figures, self.words)
        return sha256(repr(parts).encode()).hexdigest()


def alarms_of(parents: Mapping[int, int | None], on_file: Sequence[OnFile]) -> list[Alarm]:
    """The latest year first, the order of `parents` within; places that are not among them are left out."""
    known = [one for one in on_file if one.place_id in parents]
    preferred: defaultdict[tuple[int, str], dict[int, int]] = defaultdict(dict)
    for one in known:
        if one.is_preferred:
            preferred[one.year, one.basis][one.place_id] = one.elders
    found: list[Alarm] = []
    below = below_of(parents)
    for year, basis in sorted(preferred, key=lambda key: (-key[0], key[1])):
        here, before = preferred[year, basis], preferred.get((year - 1, basis), {})
        found += _parts(below, here, year, basis)
        for place in parents:
            if place in here:
                found += _single(place, year, basis, here[place], before.get(place))
    return found + _sources(parents, known)


def _parts(below: Mapping[int, Sequence[int]], here: Mapping[int, int], year: int, basis: str) -> list[Alarm]:
    found = []
    for place, parts_below in below.items():
        parts = [elders_of_tree(one, here, below) for one in parts_below]
        present = [one for one in parts if one is not None]
        own, together = here.get(place), sum(present)
        if own is None or not present:
            continue
        if len(present) == len(parts) and together != own:
            found.append(Alarm("parts", place, year, basis, (own, together)))
        elif len(present) < len(parts) and together > own:
            found.append(Alarm("parts_exceed", place, year, basis, (own, together)))
    return found


def _single(place: int, year: int, basis: str, elders: int, before: int | None) -> list[Alarm]:
    if elders == 0:
        return [Alarm("zero", place, year, basis)]
    if before and abs(elders - before) * 100 > JUMP * before:
        return [Alarm("jump", place, year, basis, (elders, before))]
    return []


def _sources(parents: Mapping[int, int | None], on_file: Iterable[OnFile]) -> list[Alarm]:
    """A source that corrected itself says one thing, its latest."""
    said: defaultdict[tuple[int, int, str], dict[str, OnFile]] = defaultdict(dict)
    for one in on_file:
        said[one.place_id, one.year, one.basis][one.source] = one
    found = []
    for (place, year, basis), sources in said.items():
        if len(sources) > 1 and len({one.elders for one in sources.values()}) > 1:
            ranked = sorted(sources.values(), key=lambda one: (not one.is_preferred, one.source))
            figures, words = tuple(one.elders for one in ranked), tuple(one.source for one in ranked)
            found.append(Alarm("sources", place, year, basis, figures, words))
    order = {place: number for number, place in enumerate(parents)}
    return sorted(found, key=lambda one: (-one.year, one.basis, order[one.place_id]))


def below_of(parents: Mapping[int, int | None]) -> dict[int, list[int]]:
    """The places right below each."""
    below: defaultdict[int, list[int]] = defaultdict(list)
    for place, parent in parents.items():
        if parent is not None:
            below[parent].append(place)
    return dict(below)


def elders_of_tree(place: int, given: Mapping[int, int], below: Mapping[int, Sequence[int]]) -> int | None:
    """Its own figure, else the sum of those below when all have one: as reports count."""
    if place in given:
        return given[place]
    parts = [elders_of_tree(one, given, below) for one in below.get(place, ())]
    present = [one for one in parts if one is not None]
    return sum(present) if parts and len(present) == len(parts) else None
