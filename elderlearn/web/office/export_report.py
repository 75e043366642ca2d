"""The report as a file: its table, and on the second sheet by which rule and of which elders it was counted."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, post

from elderlearn.ground.spreadsheets.write_table import Column, Line, Note
from elderlearn.locale import _
from elderlearn.web.office.lines import COLUMNS
from elderlearn.web.office.lines import Line as ReportLine
from elderlearn.web.office.participation import report_asked
from elderlearn.web.office.report import Report
from elderlearn.web.shell.dates import when
from elderlearn.web.shell.downloads import Listed, at_hand, download
from elderlearn.web.shell.numbers import percent, thousands


@post("/participation/export", status_code=200)
async def export_participation(request: Request[Any, Any, Any]) -> Response[Any]:
    """The same `place`, `period` and `order` as the page."""
    report = await report_asked(request)
    lines = [_line(one, one.name) for one in report.lines] + [_line(report.whole, _("All together"))]
    listed = Listed(
        subject="participation",
        title=_(
            "%(place)s: who takes part regularly, %(period)s", place=report.place.name, period=report.shown.period
        ),
        columns=_columns(),
        lines=at_hand(lines),
        notes=notes_of(report),
        filters=report.hidden | {"period": report.shown.period},
    )
    return await download(request, listed, back=report.shown.address)


def _columns() -> list[Column]:
    figures = [
        Column(_(title), "share" if name == "rate" else "whole")
        for name, title in COLUMNS.items()
        if name != "place"
    ]
    return [Column(_("Place code"), width=15), Column(_(COLUMNS["place"]), width=22), *figures]


def _line(one: ReportLine, name: str) -> Line:
    """In the order of COLUMNS."""
    return (
        *(one.code, name, one.elders, one.regulars, one.rate, one.missing),
        *(one.learners, one.enrolled, one.visits),
    )


def notes_of(report: Report) -> list[Note]:
    """What every file of a report explains: year, rule, elders, who stands apart, up to when."""
    target = percent(report.target) if report.target is not None else _("none set")
    return [
        Note(_("In one sentence"), report.sentence.striptags()),
        Note(_("Year"), report.shown.period),
        Note(_("Rule, version %(version)s", version=report.rule_version), report.rule),
        Note(_("Elders"), report.denominator),
        Note(_("Target"), target),
        *(Note(_("Apart: %(what)s", what=one.name), thousands(one.persons)) for one in report.apart),
        Note(_("Counted"), _("Every person counts once in the whole district, where she lives.")),
        *([Note(_("Reporting units"), report.grouping)] if report.grouping else []),
        Note(_("Counted up to"), when(report.as_of)),
    ]
