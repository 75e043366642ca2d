"""The people behind a figure as a file: by masked name, like on the page."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, post

from elderlearn.ground.spreadsheets.write_table import Column, Line, Note
from elderlearn.locale import _
from elderlearn.participation.behind import Counts, all_behind
from elderlearn.web.office.class_hours import cut_off
from elderlearn.web.office.footnotes import rule_in_words
from elderlearn.web.office.people import COLUMNS, people_asked
from elderlearn.web.shell.downloads import Listed, download

KINDS = {"born": "whole", "hours": "decimal", "days": "whole", "visits": "whole", "since": "day"}


@post("/people/export", status_code=200)
async def export_people(request: Request[Any, Any, Any]) -> Response[Any]:
    """The same question as the page, to the last of them."""
    asked = await people_asked(request)
    counted = asked.counted
    people = all_behind(
        asked.place, counted, asked.figure, only_here=asked.only_here, only=asked.only, order=asked.order
    )
    listed = Listed(
        subject="people_behind",
        title=asked.title,
        columns=_columns(),
        lines=(_line(one) async for one in people),
        notes=[
            Note(_("Year"), asked.period),
            Note(_("Rule, version %(version)s", version=counted.rule_version), rule_in_words(counted.rule)),
            Note(
                _("Figures"),
                _("Class hours and days in the kinds that count, capped by the day; visits of every kind."),
            ),
            Note(_("Names"), _("Names are masked, as on the page.")),
        ],
        filters=dict(asked.look.given)
        | {"place": asked.place.code, "period": asked.period, "figure": asked.figure},
        names_people=True,
    )
    return await download(request, listed, back=asked.look.address())


def _columns() -> list[Column]:
    """The year of birth is no figure to be grouped by thousands."""
    return [Column(_("Name"))] + [
        Column(_(title), "text" if name == "born" else KINDS.get(name, "text"))  # type: ignore[arg-type]  # a kind
        for name, title in COLUMNS.items()
    ]


def _line(one: Counts) -> Line:
    """In the order of COLUMNS."""
    born = str(one.born_on.year) if one.born_on else None
    hours = cut_off(one.minutes)
    return (one.name_masked, born, one.place, hours, one.days, one.visits, one.regular_since)
