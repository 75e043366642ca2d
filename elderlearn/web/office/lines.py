"""Pure: the lines of the table, sorted by any column, and what each shows of the target."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from elderlearn.locale import N_, _
from elderlearn.participation.lines import NO_UNIT, RatesLine
from elderlearn.participation.rules import persons_missing
from elderlearn.web.office.addresses import Shown
from elderlearn.web.office.figures import people_address

COLUMNS = {
    "place": N_("Place"),
    "elders": N_("Elders"),
    "regulars": N_("Regulars"),
    "rate": N_("Rate"),
    "missing": N_("Still missing"),
    "learners": N_("Learners"),
    "enrolled": N_("Enrolled"),
    "visits": N_("Visits"),
}


@dataclass(frozen=True)
class Line:
    """One place; `rate` a share of 1, it and `missing` (persons to the target) none without a denominator.

    `behind` leads to the people of each of the four numbers.
    """

    code: str
    name: str
    href: str | None
    elders: int | None
    visits: int
    learners: int
    regulars: int
    enrolled: int
    rate: float | None
    missing: int | None
    is_unassigned: bool
    behind: Mapping[str, str]


@dataclass(frozen=True)
class Head:
    """A column's title, the address that sorts by it, and the direction when it does so now."""

    title: str
    href: str
    sorted: str | None
    is_figure: bool


def line_of(line: RatesLine, shown: Shown, per_mille: int | None) -> Line:
    """As the page shows it; the rest of a street that belongs to no community leads nowhere."""
    down, is_rest = shown.below(line.code), line.is_unassigned and line.name != NO_UNIT
    return Line(
        code=line.code,
        name=_name(line),
        href=None if is_rest else down.address,
        elders=line.elders,
        visits=line.visits,
        learners=line.learners,
        regulars=line.regulars,
        enrolled=line.enrolled,
        rate=line.regulars / line.elders if line.elders else None,
        missing=persons_missing(line.regulars, line.elders, per_mille),
        is_unassigned=line.is_unassigned,
        behind={
            figure: people_address(down, figure, getattr(line, figure), only_here=is_rest)
            for figure in ("regulars", "learners", "enrolled", "visits")
        },
    )


def _name(line: RatesLine) -> str:
    if line.name == NO_UNIT and line.is_unassigned:
        return _("In no reporting unit")
    return _("Not yet assigned") if line.is_unassigned else line.name


def in_order(lines: Iterable[Line], order: str) -> list[Line]:
    """Places by official code, figures from the largest down; what is unknown stands last, then the rest."""
    return sorted(lines, key=_key(order))


def heads_of(shown: Shown) -> Sequence[Head]:
    """Every column, with the way to sort by it."""
    return [
        Head(
            _(title),
            shown.by(order).address,
            _direction(order) if order == shown.order else None,
            order != "place",
        )
        for order, title in COLUMNS.items()
    ]


def _key(order: str) -> Callable[[Line], tuple[Any, ...]]:
    def key(line: Line) -> tuple[Any, ...]:
        figure = None if order == "place" else getattr(line, order)
        return (line.is_unassigned, order != "place" and figure is None, -(figure or 0), line.code)

    return key


def _direction(order: str) -> str:
    return "ascending" if order == "place" else "descending"
