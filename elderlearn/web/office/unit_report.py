"""The report of the district grouped by reporting units: the same page, other lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Request

from elderlearn.ground.clock import today
from elderlearn.ground.errors import Missing
from elderlearn.locale import _
from elderlearn.participation.by_unit import UnitRates, rates_by_unit
from elderlearn.participation.counted import counted_by
from elderlearn.participation.growth import growth_of
from elderlearn.participation.targets import target_of
from elderlearn.people.roles import may
from elderlearn.places.labels import span_of
from elderlearn.places.queries import PlaceRow
from elderlearn.places.units import units_of
from elderlearn.web.office.addresses import Shown
from elderlearn.web.office.reach import Way
from elderlearn.web.office.report import Report, report_of
from elderlearn.web.shell.dates import full_date
from elderlearn.web.shell.guards import signed_in


@dataclass(frozen=True)
class Groups:
    """By what the district can be grouped, and where its units are looked after; empty without a choice."""

    ways: Sequence[Way]
    units: str


async def unit_report(place: PlaceRow, shown: Shown) -> Report:
    """Raises Missing for a street: units reach over streets, so only the district as a whole has them."""
    if place.level != "district":
        raise Missing
    found = await rates_by_unit(place.id, shown.period, shown.unit)
    counted = await counted_by(place.id, shown.period)
    growth = await growth_of(place, counted, today(), only=found.places if shown.unit else None)
    return report_of(
        found.rates,
        growth,
        _as_place(place, found) if shown.unit else place,
        shown,
        per_mille=await target_of(place.id, span_of(shown.period).ends_on),
        today=today(),
        has_below=True,
        grouping=_grouping(found),
    )


async def groups_of(request: Request[Any, Any, Any], report: Report) -> Groups:
    """Chips above the table of a district that has units; whoever looks after them is led there anyway."""
    viewer, place = signed_in(request), report.place
    if viewer.district_id is None or viewer.place_id != viewer.district_id or report.shown.unit:
        return Groups((), "/office/units" if report.shown.unit else "")
    if place.level != "district" or not (may(viewer.role, "change_units") or await units_of(place.id)):
        return Groups((), "")
    by_unit = report.shown.by_unit
    ways = (
        Way(_("Towns and streets"), report.shown.grouped(by_unit=False).address, not by_unit),
        Way(_("Reporting units"), report.shown.grouped(by_unit=True).address, by_unit),
    )
    return Groups(ways, "/office/units" if by_unit else "")


def _as_place(district: PlaceRow, found: UnitRates) -> PlaceRow:
    """The name stands in the title; its id is that of no place."""
    name = found.unit.name if found.unit else _("In no reporting unit")
    return PlaceRow(0, district.code, name, "unit", district.id, district.id)


def _grouping(found: UnitRates) -> str:
    said = _(
        "Grouped by the reporting units as they were on %(day)s: everybody counts where her community belonged on "
        "that day. Elders of a unit are those of its communities, only when all of them are filled in.",
        day=full_date(found.on),
    )
    if found.is_rest or found.unit is None:
        rest = _("In no reporting unit are also people of whom only the street is known; they have no rate.")
        return _("%(first)s %(second)s", first=said, second=rest)
    return said
