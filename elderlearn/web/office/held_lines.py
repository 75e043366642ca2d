"""Pure: the table of what was held: its columns, its order, its figures in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from elderlearn.locale import N_, _
from elderlearn.participation.organiser import Held, HeldLine
from elderlearn.participation.organiser_runs import HeldRun
from elderlearn.web.office.class_hours import class_hours_column
from elderlearn.web.shell.numbers import percent, thousands

KINDS = {
    "elder_academy": N_("Elder academy"),
    "community_school": N_("Community school"),
    "citizen_school": N_("Citizen school"),
    "society": N_("Learning society"),
    "base": N_("Training or experience base"),
    "class": N_("Class"),
    "lecture": N_("Lecture"),
    "activity": N_("Activity"),
    "meeting": N_("Meeting of a society"),
    "online": N_("Online"),
}
FIRST_ORDER = "sessions"
COLUMNS = {
    "name": N_("Who organises"),
    "sessions": N_("Sessions held"),
    "taught": N_("Class hours taught"),
    "attended": N_("Class hours attended"),
    "visits": N_("Visits"),
    "persons": N_("Persons who came"),
}
BY_HAND = {"by_hand": N_("By hand or on paper")}
RUN_COLUMNS = {**COLUMNS, "name": N_("What was held")} | BY_HAND


@dataclass(frozen=True)
class Row:
    """One line as it is drawn; `by_hand` none where it is not shown."""

    name: str
    href: str
    second: str
    figures: tuple[str, ...]
    by_hand: str | None


def row_of(line: HeldLine, href: str, *, with_hand: bool) -> Row:
    """A street, or an organisation with its kind and where it is."""
    second = "" if line.kind == "town_street" else _joined(_(KINDS[line.kind]), line.place)
    hand = _share(line.by_hand or 0, line.held.visits) if with_hand else None
    return Row(line.name, href, second, figures_of(line.held), hand)


def run_row(run: HeldRun, days: str) -> Row:
    """A run, with the days it goes over; whoever reads reports may look at it where it is planned."""
    return Row(
        run.title,
        f"/planning/runs/{run.id}",
        _joined(_(KINDS[run.kind]), days),
        figures_of(run.held),
        _share(run.by_hand, run.held.visits),
    )


def whole_row(total: Held, by_hand: int | None) -> Row:
    """All together."""
    hand = None if by_hand is None else _share(by_hand, total.visits)
    return Row(_("All together"), "", "", figures_of(total), hand)


def figures_of(held: Held) -> tuple[str, ...]:
    """In the order of the columns."""
    return (
        thousands(held.sessions),
        class_hours_column(held.taught_minutes),
        class_hours_column(held.attended_minutes),
        thousands(held.visits),
        thousands(held.persons),
    )


def in_order(lines: Iterable[Any], order: str, names: Mapping[str, str]) -> list[Any]:
    """Figures from the largest down, equal ones as they came; `name` as they came."""
    if order == "name" or order not in names:
        return list(lines)
    return sorted(lines, key=lambda one: -_figure(one, order))


def _figure(line: HeldLine | HeldRun, order: str) -> float:
    held = line.held
    if order == "by_hand":
        return (line.by_hand or 0) / held.visits if held.visits else 0
    return {
        "sessions": held.sessions,
        "taught": held.taught_minutes,
        "attended": held.attended_minutes,
        "visits": held.visits,
        "persons": held.persons,
    }[order]


def _share(part: int, visits: int) -> str:
    return percent(part / visits if visits else None)


def _joined(first: str, second: str) -> str:
    return _("%(first)s · %(second)s", first=first, second=second)
