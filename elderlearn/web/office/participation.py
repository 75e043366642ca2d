"""The report: one sentence, four numbers, bars with the target, the table; every place leads to those below."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from litestar import Request, Response, get

from elderlearn.checkin.old_unclear import how_many_old
from elderlearn.ground.clock import today
from elderlearn.participation.check_sums import alarm
from elderlearn.participation.counted import counted_by
from elderlearn.participation.growth import growth_of
from elderlearn.participation.queries import rates_by_place
from elderlearn.participation.targets import target_of
from elderlearn.places.labels import span_of
from elderlearn.places.queries import PlaceRow
from elderlearn.web.office.addresses import FIRST_ORDER, Shown, address
from elderlearn.web.office.elders_line import elders_line
from elderlearn.web.office.lines import COLUMNS
from elderlearn.web.office.makeup import PATH as MAKEUP
from elderlearn.web.office.makeup import makeup_of
from elderlearn.web.office.needed import PATH as NEEDED
from elderlearn.web.office.organisers import PATH as ORGANISERS
from elderlearn.web.office.reach import Way, place_above, place_asked, year_asked, years_offered
from elderlearn.web.office.report import Report, report_of
from elderlearn.web.office.standing import standing_of
from elderlearn.web.office.unit_report import groups_of, unit_report
from elderlearn.web.shell.forms import read_query
from elderlearn.web.shell.page import page

BELOW = {"district": "town_street", "town_street": "community"}


@get("/participation")
async def show_participation(request: Request[Any, Any, Any]) -> Response[str]:
    """`place` within the viewer's own (default: all of it), `period` a year (default: the running one), and the
    `order` of the table; `by=unit` groups the district by reporting units, of which `unit` is one.
    """
    report = await report_asked(request)
    place, shown = report.place, report.shown
    above = await place_above(request, place)
    return page(
        request,
        "office/participation/show.html",
        report=report,
        above=Way(above.name, shown.above(above.code).address) if above else None,
        groups=await groups_of(request, report),
        elders=await elders_line(request, report),
        organisers=address(ORGANISERS, {"place": place.code, "period": shown.period}),
        makeup=await makeup_of(place, shown) if _is_small(report) else None,
        makeup_later="" if shown.by_unit else address(MAKEUP, {"place": place.code, "period": shown.period}),
        needed="" if shown.by_unit else address(NEEDED, {"place": place.code}),
        old_unclear=await how_many_old(place.id),
        sums_alarm=await alarm() if place.level == "district" else None,
        periods=await years_offered(place.district_id, shown.period),
    )


def _is_small(report: Report) -> bool:
    """What takes a moment in a whole district comes after its page; a street's is there at once."""
    return report.place.level != "district" and not report.shown.by_unit


async def report_asked(request: Request[Any, Any, Any]) -> Report:
    """What the address asks for. Raises Missing for places that are not hers to see."""
    asked = read_query(request)
    place = await place_asked(request, asked.value("place"))
    order = asked.value("order") if asked.value("order") in COLUMNS else FIRST_ORDER
    shown = Shown(place.code, year_asked(asked.value("period")), order)
    if asked.value("by") == "unit":
        return await unit_report(place, replace(shown, by_unit=True, unit=asked.value("unit")))
    return await _report(place, shown)


async def _report(place: PlaceRow, shown: Shown) -> Report:
    level = BELOW.get(place.level, place.level)
    rates = await rates_by_place(place.district_id, shown.period, level, place.id)
    per_mille = await target_of(place.district_id, span_of(shown.period).ends_on)
    has_below = place.level in BELOW
    counted = await counted_by(place.district_id, shown.period)
    growth = await growth_of(place, counted, today())
    report = report_of(rates, growth, place, shown, per_mille=per_mille, today=today(), has_below=has_below)
    return replace(report, standing=await standing_of(place, counted, rates.total, growth))
