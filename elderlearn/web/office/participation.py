"""The report: one sentence, four numbers, bars with the target, the table; every place leads to those below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, get

from elderlearn.ground.clock import today
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.participation.queries import rates_by_place
from elderlearn.participation.targets import target_of
from elderlearn.people.roles import may_there
from elderlearn.places.labels import calendar_label, span_of
from elderlearn.places.periods import active_periods
from elderlearn.places.queries import PlaceRow, place_by_code, place_by_id
from elderlearn.web.office.addresses import FIRST_ORDER, Shown
from elderlearn.web.office.lines import COLUMNS
from elderlearn.web.office.report import Report, report_of
from elderlearn.web.shell.forms import read_query
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.page import page

BELOW = {"district": "town_street", "town_street": "community"}


@dataclass(frozen=True)
class Above:
    """The place one level up."""

    name: str
    href: str


@get("/participation")
async def show_participation(request: Request[Any, Any, Any]) -> Response[str]:
    """`place` within the viewer's own (default: all of it), `period` a year (default: the running one), and the
    `order` of the table.
    """
    asked = read_query(request)
    place = await _place(request, asked.value("place"))
    order = asked.value("order") if asked.value("order") in COLUMNS else FIRST_ORDER
    shown = Shown(place.code, _label(asked.value("period")), order)
    return page(
        request,
        "office/participation/show.html",
        report=await _report(place, shown),
        above=await _above(request, place, shown),
        periods=await _periods(place, shown),
    )


async def _place(request: Request[Any, Any, Any], code: str) -> PlaceRow:
    viewer = signed_in(request)
    if viewer.place_id is None:
        raise Missing
    chosen = await place_by_code(code) if code else await place_by_id(viewer.place_id)
    if not may_there(viewer, "read_reports", chosen):
        raise Missing
    return chosen


def _label(period: str) -> str:
    """What stands in the address may be anything: a year that is none leads to the running one."""
    try:
        return span_of(period).label
    except Refusal:
        return calendar_label(today())


async def _report(place: PlaceRow, shown: Shown) -> Report:
    level = BELOW.get(place.level, place.level)
    rates = await rates_by_place(place.district_id, shown.period, level, place.id)
    per_mille = await target_of(place.district_id, span_of(shown.period).ends_on)
    has_below = place.level in BELOW
    return report_of(rates, place, shown, per_mille=per_mille, today=today(), has_below=has_below)


async def _above(request: Request[Any, Any, Any], place: PlaceRow, shown: Shown) -> Above | None:
    """Back to the place above, as far as the viewer may look."""
    if place.parent_id is None or place.id == signed_in(request).place_id:
        return None
    parent = await place_by_id(place.parent_id)
    return Above(parent.name, shown.at(parent.code).address)


async def _periods(place: PlaceRow, shown: Shown) -> list[str]:
    """The years counted so far, the running one and the one shown, the latest first."""
    counted = {one.label for one in await active_periods(place.district_id)}
    return sorted(counted | {shown.period, calendar_label(today())}, reverse=True)
