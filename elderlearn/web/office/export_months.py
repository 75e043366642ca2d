"""The year of a report as a file, month by month: visits, and who had become a regular by its end."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, post

from elderlearn.ground.clock import today
from elderlearn.ground.errors import Missing
from elderlearn.ground.spreadsheets.write_table import Column, Note
from elderlearn.locale import _
from elderlearn.participation.counted import counted_by
from elderlearn.participation.growth import growth_of
from elderlearn.participation.visits_by_month import visits_by_month
from elderlearn.places.labels import span_of, year_before
from elderlearn.web.office.export_report import notes_of
from elderlearn.web.office.participation import report_asked
from elderlearn.web.shell.downloads import Listed, at_hand, download


@post("/participation/months/export", status_code=200)
async def export_months(request: Request[Any, Any, Any]) -> Response[Any]:
    """The same `place` and `period` as the page."""
    report = await report_asked(request)
    if report.shown.by_unit:
        raise Missing
    place, label = report.place, report.shown.period
    counted = await counted_by(place.district_id, label)
    growth, visits = await growth_of(place, counted, today()), await visits_by_month(place, counted, today())
    lines = [
        (f"{one.first_on:%Y-%m}", one.visits, one.before, month.regulars, month.before)
        for one, month in zip(visits, growth.months, strict=True)
    ]
    year = {"before": year_before(span_of(label)).label}
    columns = [
        Column(_("Month")), Column(_("Visits"), "whole"), Column(_("Visits in %(before)s", **year), "whole"),
        Column(_("Regulars at its end"), "whole"), Column(_("Regulars in %(before)s", **year), "whole"),
    ]  # fmt: skip
    listed = Listed(
        subject="participation_months",
        title=_("%(place)s: month by month, %(period)s", place=place.name, period=label),
        columns=columns,
        lines=at_hand(lines),
        notes=[*notes_of(report), Note(_("Visits"), _("Of elders who live here, wherever they went."))],
        filters={"place": place.code, "period": label},
    )
    return await download(request, listed, back=report.shown.address)
