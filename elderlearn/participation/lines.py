"""Pure: figures of single places gathered into the lines of a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from elderlearn.participation.rules import rate
from elderlearn.places.denominators import Elders

NOT_ASSIGNED = "not yet assigned"
NO_UNIT = "in no unit"


@dataclass(frozen=True)
class Figures:
    """Visits, learners (one visit or more), regulars, and enrolled: always side by side, never mixed."""

    visits: int = 0
    learners: int = 0
    regulars: int = 0
    enrolled: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            self.visits + other.visits,
            self.learners + other.learners,
            self.regulars + other.regulars,
            self.enrolled + other.enrolled,
        )


@dataclass(frozen=True)
class PlaceFigures:
    """One place with the figures of those who live there and nowhere below it."""

    id: int
    code: str
    name: str
    level: str
    parent_id: int | None
    is_valid: bool
    figures: Figures


@dataclass(frozen=True)
class RatesLine:
    """A line of the report; `rate` in per cent with one decimal, both it and `elders` None without a figure."""

    code: str
    name: str
    elders: int | None
    elders_year: int | None
    elders_source: str | None
    visits: int
    learners: int
    regulars: int
    enrolled: int
    rate: float | None
    is_unassigned: bool = False


def lines_of(places: Sequence[PlaceFigures], level: str, elders: Mapping[int, Elders]) -> list[RatesLine]:
    """The places of `level` by code, each with all below it; dissolved ones only while they hold figures.

    At community level every street has one line more, for those of whom only the street is known, so that
    communities and that line always add up to the street.
    """
    parents = {one.id: one.parent_id for one in places}
    sums = {one.id: Figures() for one in places}
    for one in places:
        for above in _chain(one.id, parents):
            sums[above] += one.figures
    lines = [
        _line(one, sums[one.id], elders.get(one.id))
        for one in places
        if one.level == level and (one.is_valid or sums[one.id] != Figures())
    ]
    if level == "community":
        lines += [
            replace(_line(one, one.figures, None), name=NOT_ASSIGNED, is_unassigned=True)
            for one in places
            if one.level == "town_street" and (one.is_valid or one.figures != Figures())
        ]
    return sorted(lines, key=lambda line: (line.code, line.is_unassigned))


def total_of(place: PlaceFigures, places: Iterable[PlaceFigures], elders: Elders | None) -> RatesLine:
    """The place itself with everybody in it."""
    return _line(place, sum((one.figures for one in places), Figures()), elders)


def _chain(id: int, parents: Mapping[int, int | None]) -> Iterable[int]:
    above: int | None = id
    while above is not None and above in parents:
        yield above
        above = parents[above]


def _line(place: PlaceFigures, figures: Figures, elders: Elders | None) -> RatesLine:
    return RatesLine(
        code=place.code,
        name=place.name,
        elders=elders.elders if elders else None,
        elders_year=elders.year if elders else None,
        elders_source=elders.source if elders else None,
        visits=figures.visits,
        learners=figures.learners,
        regulars=figures.regulars,
        enrolled=figures.enrolled,
        rate=rate(figures.regulars, elders.elders if elders else None),
    )


def unit_lines(
    units: Sequence[tuple[int, str, str]],
    places: Iterable[PlaceFigures],
    unit_of: Mapping[int, int],
    elders: Mapping[int, Elders],
) -> list[RatesLine]:
    """A line for each `(id, code, name)`, then one for everybody at home in no unit: together the district.

    That one has no elders and no rate: with those of whom only the street is known it is no area.
    """
    sums = {id: Figures() for id, _, _ in units}
    rest = Figures()
    for one in places:
        unit = unit_of.get(one.id)
        if unit in sums:
            sums[unit] += one.figures
        else:
            rest += one.figures
    lines = [_line(_named(id, code, name), sums[id], elders.get(id)) for id, code, name in units]
    last = replace(_line(_named(0, "none", NO_UNIT), rest, None), is_unassigned=True)
    return [*sorted(lines, key=lambda line: line.code), last]


def _named(id: int, code: str, name: str) -> PlaceFigures:
    return PlaceFigures(id, code, name, "unit", None, True, Figures())
