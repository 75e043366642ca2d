"""The second view: what was held, by who organised it. Never on one table with the view by residence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing
from elderlearn.locale import _
from elderlearn.participation.organiser import Held, HeldLine, held_in
from elderlearn.participation.organiser_runs import Organiser, organiser, runs_held
from elderlearn.people.roles import may_there
from elderlearn.places.queries import PlaceRow, place_by_id
from elderlearn.web.office.addresses import Shown, address
from elderlearn.web.office.columns import sorted_heads
from elderlearn.web.office.held_lines import (
    BY_HAND,
    COLUMNS,
    FIRST_ORDER,
    KINDS,
    RUN_COLUMNS,
    Row,
    in_order,
    row_of,
    run_row,
    ways_of,
    whole_row,
)
from elderlearn.web.office.lines import Head
from elderlearn.web.office.one_organiser import OneShown, one_shown
from elderlearn.web.office.reach import Way, place_above, place_asked, year_asked, years_offered
from elderlearn.web.shell.dates import short_date
from elderlearn.web.shell.forms import read_query
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.lists import A_PAGE, Look
from elderlearn.web.shell.page import page

PATH = "/office/organisers"
ASKED = ("place", "period", "order")


@dataclass(frozen=True)
class View:
    """What the page draws; `where` are its hidden fields, `residence` the first view of the same place."""

    title: str
    second: str
    period: str
    years: Sequence[str]
    action: str
    where: dict[str, str]
    above: Way | None
    residence: str
    look: Look
    heads: Sequence[Head]
    rows: Sequence[Row]
    silent: Sequence[Way]
    whole: Row
    total: Held
    how_many: int
    as_of: datetime
    one: OneShown | None = None


@get("/organisers")
async def list_organisers(request: Request[Any, Any, Any]) -> Response[str]:
    """`place` within the viewer's own, `period` and `order`: of the district its streets, of a street its
    organisations.
    """
    asked = read_query(request)
    place = await place_asked(request, asked.value("place"))
    look, period = Look.of(PATH, asked, ASKED), year_asked(asked.value("period"))
    is_district = place.level == "district"
    columns = COLUMNS if is_district else COLUMNS | BY_HAND
    order = look.one_of("order", columns, FIRST_ORDER)
    found = await held_in(place.district_id, period, place.id)
    above = await place_above(request, place)
    view = View(
        title=_("%(place)s: what was held, %(period)s", place=place.name, period=period),
        second="",
        period=period,
        years=await years_offered(place.district_id, period),
        action=PATH,
        where={"place": place.code} | ({"order": order} if order != FIRST_ORDER else {}),
        above=Way(above.name, address(PATH, {"place": above.code, "period": period})) if above else None,
        residence=Shown(place.code, period).address,
        look=look,
        heads=sorted_heads(look, columns, order, words={"name"}, rising={"name"}),
        rows=[
            row_of(one, _below(one, period), with_hand=not is_district)
            for one in in_order(found.lines, order, columns)
            if not _is_silent(one)
        ],
        silent=[Way(one.name, _below(one, period)) for one in found.lines if _is_silent(one)],
        whole=whole_row(found.total, None if is_district else ways_of(found.lines)),
        total=found.total,
        how_many=len(found.lines),
        as_of=now(),
    )
    return page(request, "office/organisers/show.html", view=view)


@get("/organisers/{organisation_id:int}")
async def show_organiser(request: Request[Any, Any, Any], organisation_id: FromPath[int]) -> Response[str]:
    """The runs of one organisation, a page at a time; `period`, `order`, `page`. 404 in other places."""
    asked = read_query(request)
    whose = await organiser(id_in_address(organisation_id))
    place = await place_of(request, whose)
    look = Look.of(f"{PATH}/{organisation_id}", asked, ("period", "order"))
    period, order = year_asked(asked.value("period")), look.one_of("order", RUN_COLUMNS, FIRST_ORDER)
    found = await runs_held(whose.id, place.district_id, period)
    runs = in_order(found.runs, order, RUN_COLUMNS)[look.offset : look.offset + A_PAGE]
    view = View(
        title=_("%(place)s: what was held, %(period)s", place=whose.name, period=period),
        second=_("%(first)s · %(second)s", first=_(KINDS[whose.kind]), second=place.name),
        period=period,
        years=await years_offered(place.district_id, period),
        action=look.path,
        where={"order": order} if order != FIRST_ORDER else {},
        above=await _street_of(request, place, period),
        residence="",
        look=look,
        heads=sorted_heads(look, RUN_COLUMNS, order, words={"name"}, rising={"name"}),
        rows=[run_row(one, _days(one.first_on, one.last_on)) for one in runs],
        silent=[],
        whole=whole_row(found.total, (found.by_hand, found.by_phone)),
        total=found.total,
        how_many=len(found.runs),
        as_of=now(),
        one=await one_shown(whose.id, place.district_id, period, found),
    )
    return page(request, "office/organisers/show.html", view=view)


def _is_silent(line: HeldLine) -> bool:
    """An organisation of which there is nothing to tell; streets always have their line."""
    return line.kind != "town_street" and line.held == Held()


def _below(line: HeldLine, period: str) -> str:
    if line.kind == "town_street":
        return address(PATH, {"place": line.code, "period": period})
    return address(f"{PATH}/{line.id}", {"period": period})


async def place_of(request: Request[Any, Any, Any], whose: Organiser) -> PlaceRow:
    """Where it is. Raises Missing when that is not hers to see."""
    place = await place_by_id(whose.place_id)
    if not may_there(signed_in(request), "read_reports", place):
        raise Missing
    return place


async def _street_of(request: Request[Any, Any, Any], place: PlaceRow, period: str) -> Way:
    """Back to the table the organisation stands in: that of its street, or of the district itself."""
    above = await place_above(request, place) if place.level == "community" else None
    table = above or place
    return Way(table.name, address(PATH, {"place": table.code, "period": period}))


def _days(first: date, last: date) -> str:
    if first == last:
        return short_date(first)
    return _("%(first)s to %(last)s", first=short_date(first), last=short_date(last))
