"""What was held as a file: by street or organisation, or the runs of one organisation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, post
from litestar.params import FromPath

from elderlearn.ground.clock import now
from elderlearn.ground.spreadsheets.write_table import Column, Line, Note
from elderlearn.locale import _
from elderlearn.participation.organiser import Held, held_in
from elderlearn.participation.organiser_runs import organiser, runs_held
from elderlearn.web.office.class_hours import cut_off
from elderlearn.web.office.held_lines import BY_HAND, COLUMNS, FIRST_ORDER, KINDS, RUN_COLUMNS, in_order, ways_of
from elderlearn.web.office.organisers import ASKED, PATH, place_of
from elderlearn.web.office.reach import place_asked, year_asked
from elderlearn.web.shell.dates import when
from elderlearn.web.shell.downloads import Listed, at_hand, download
from elderlearn.web.shell.forms import read_query
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.lists import Look


@post("/organisers/export", status_code=200)
async def export_organisers(request: Request[Any, Any, Any]) -> Response[Any]:
    """The same `place`, `period` and `order` as the page."""
    asked = read_query(request)
    place, period = await place_asked(request, asked.value("place")), year_asked(asked.value("period"))
    look = Look.of(PATH, asked, ASKED)
    columns = COLUMNS if place.level == "district" else COLUMNS | BY_HAND
    found = await held_in(place.district_id, period, place.id)
    lines = [
        (one.name, "" if one.kind == "town_street" else _(KINDS[one.kind]), one.place,
         *_figures(one.held, ways_of([one]) if columns is not COLUMNS else None))
        for one in in_order(found.lines, look.one_of("order", columns, FIRST_ORDER), columns)
    ]  # fmt: skip
    ways = None if columns is COLUMNS else ways_of(found.lines)
    whole = (_("All together"), "", "", *_figures(found.total, ways))
    listed = Listed(
        subject="organisers",
        title=_("%(place)s: what was held, %(period)s", place=place.name, period=period),
        columns=_columns(columns, (_("Kind"), _("Place"))),
        lines=at_hand([*lines, whole]),
        notes=_notes(period),
        filters={"place": place.code, "period": period},
    )
    return await download(request, listed, back=look.address())


@post("/organisers/{organisation_id:int}/export", status_code=200)
async def export_organiser(request: Request[Any, Any, Any], organisation_id: FromPath[int]) -> Response[Any]:
    """All its runs of the year. 404 in other places."""
    asked = read_query(request)
    whose = await organiser(id_in_address(organisation_id))
    place, period = await place_of(request, whose), year_asked(asked.value("period"))
    look = Look.of(f"{PATH}/{organisation_id}", asked, ("period", "order"))
    found = await runs_held(whose.id, place.district_id, period)
    runs = in_order(found.runs, look.one_of("order", RUN_COLUMNS, FIRST_ORDER), RUN_COLUMNS)
    lines = [
        (
            one.title,
            _(KINDS[one.kind]),
            one.first_on,
            one.last_on,
            *_figures(one.held, (one.by_hand, one.by_phone)),
        )
        for one in runs
    ]
    columns = _columns(RUN_COLUMNS, (_("Kind"),))
    days = [Column(_("First day"), "day"), Column(_("Last day"), "day")]
    whole = (_("All together"), "", None, None, *_figures(found.total, (found.by_hand, found.by_phone)))
    listed = Listed(
        subject="organiser_runs",
        title=_("%(place)s: what was held, %(period)s", place=whose.name, period=period),
        columns=[*columns[:2], *days, *columns[2:]],
        lines=at_hand([*lines, whole]),
        notes=_notes(period),
        filters={"organisation": str(whose.id), "period": period},
    )
    return await download(request, listed, back=look.address())


def _columns(titles: Mapping[str, str], words: tuple[str, ...]) -> list[Column]:
    """Class hours have a decimal; without the shares by hand and by phone there are no last columns."""
    kinds: dict[str, Any] = {"taught": "decimal", "attended": "decimal", "by_hand": "share", "by_phone": "share"}
    figures = [Column(_(title), kinds.get(name, "whole")) for name, title in titles.items() if name != "name"]
    return [Column(_(titles["name"]), width=30), *(Column(one, width=20) for one in words), *figures]


def _figures(held: Held, ways: tuple[int, int] | None) -> Line:
    """In the order of the columns; `ways` are visits by hand and by phone."""
    shares = [part / held.visits if held.visits else None for part in ways or ()]
    hours = (cut_off(held.taught_minutes), cut_off(held.attended_minutes))
    return (held.sessions, *hours, held.visits, held.persons, *shares)


def _notes(period: str) -> list[Note]:
    counted = _(
        "Counted is what was held here, whoever came and wherever they live: also guests and people under 60. "
        "These figures enter no rate."
    )
    sessions = _(
        "Sessions that have begun and were not called off. A class hour is 45 minutes: taught as planned, "
        "attended as credited to everybody who came. Whoever came to several stands in each line, "
        "but once in the last."
    )
    return [
        Note(_("Year"), period),
        Note(_("Counted"), counted),
        Note(_("Sessions"), sessions),
        Note(_("Counted up to"), when(now())),
    ]
