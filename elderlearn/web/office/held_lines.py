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
BY_HAND = {"by_hand": N_("By hand or on paper"), "by_phone": N_("By their own phone")}
RUN_COLUMNS = {**COLUMNS, "name": N_("What was held")} | BY_HAND


@dataclass(frozen=True)
class Row:
    """One line as it is drawn; `ways` are the shares of visits by hand and by phone, where those are shown."""

    name: str
    href: str
    second: str
    figures: tuple[str, ...]
    ways: tuple[str, ...]


def row_of(line: HeldLine, href: str, *, with_hand: bool) -> Row:
    """A street, or an organisation with its kind and where it is."""
    second = "" if line.kind == "town_street" else _joined(_(KINDS[line.kind]), line.place)
    ways = _ways(line.by_hand or 0, line.by_phone or 0, line.held.visits) if with_hand else ()
    return Row(line.name, href, second, figures_of(line.held), ways)


def run_row(run: HeldRun, days: str) -> Row:
    """A run, with the days it goes over; whoever reads reports may look at it where it is planned."""
    return Row(
        run.title,
        f"/planning/runs/{run.id}",
        _joined(_(KINDS[run.kind]), days),
        figures_of(run.held),
        _ways(run.by_hand, run.by_phone, run.held.visits),
    )


def whole_row(total: Held, ways: tuple[int, int] | None) -> Row:
    """All together; `ways` are the visits by hand and by phone."""
    return Row(_("All together"), "", "", figures_of(total), _ways(*ways, total.visits) if ways else ())


def ways_of(lines: Iterable[HeldLine]) -> tuple[int, int]:
    """Visits by hand and by phone, of all lines."""
    found = list(lines)
    return sum(one.by_hand or 0 for one in found), sum(one.by_phone or 0 for one in found)


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
    if order in BY_HAND:
        part = line.by_hand if order == "by_hand" else line.by_phone
        return (part or 0) / held.visits if held.visits else 0
    return {
        "sessions": held.sessions,
        "taught": held.taught_minutes,
        "attended": held.attended_minutes,
        "visits": held.visits,
        "persons": held.persons,
    }[order]


def _ways(by_hand: int, by_phone: int, visits: int) -> tuple[str, str]:
    return percent(by_hand / visits if visits else None), percent(by_phone / visits if visits else None)


def _joined(first: str, second: str) -> str:
    return _("%(first)s · %(second)s", first=first, second=second)
