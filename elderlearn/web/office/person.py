"""One person behind the figures: her year, why she is a regular or not, and every attendance of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from elderlearn.ground.errors import Missing
from elderlearn.locale import N_, _
from elderlearn.participation.counted import counted_by
from elderlearn.participation.person_year import PersonYear, Visit, person_year, visits_in, years_of
from elderlearn.people.queries import person
from elderlearn.people.roles import covers, may, may_there
from elderlearn.places.queries import PlaceRow, place_by_id
from elderlearn.web.office.class_hours import class_hours
from elderlearn.web.office.figures import FIGURES
from elderlearn.web.office.footnotes import rule_in_words
from elderlearn.web.office.people import ASKED, PATH
from elderlearn.web.office.reach import Way, year_asked
from elderlearn.web.office.reasons import why, why_apart
from elderlearn.web.shell.forms import read_query
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.lists import Look
from elderlearn.web.shell.page import page

KINDS = {
    "class": N_("Class"),
    "lecture": N_("Lecture"),
    "activity": N_("Activity"),
    "meeting": N_("Meeting of a society"),
    "online": N_("Online"),
}
SOURCES = {
    "scan": N_("Card scanned"),
    "typed": N_("Number typed"),
    "venue": N_("Checked in on the own phone"),
    "tick": N_("Ticked by hand"),
    "paper": N_("From the paper list"),
    "import": N_("Imported"),
    "sample": N_("Sample"),
}


@dataclass(frozen=True)
class Her:
    """What the page draws. `desk` leads to her details where the viewer may change them."""

    year: PersonYear
    who: str
    hours: str
    period: str
    why: str
    apart: str
    rule: str
    kinds_that_count: Sequence[str]
    visits: Sequence[Visit]
    years: Sequence[Way]
    back: str
    back_words: str
    desk: str


@get("/people/{resident_id:int}")
async def show_person(request: Request[Any, Any, Any], resident_id: FromPath[int]) -> Response[str]:
    """`period` a year; the rest of the address is the list she was found in. 404 for people of other places."""
    viewer = signed_in(request)
    if viewer.district_id is None:
        raise Missing
    look = Look.of(f"{PATH}/{id_in_address(resident_id)}", read_query(request), ASKED)
    period = year_asked(look.given.get("period", ""))
    counted = await counted_by(viewer.district_id, period)
    year = await person_year(resident_id, counted, viewer.district_id)
    home = await _home(request, year.place_id)
    her = Her(
        year=year,
        who=_who(year, home.name if year.place_id else _("home in no community here")),
        hours=class_hours(year.sums.minutes),
        period=period,
        why=why(year.sums, counted.rule),
        apart=why_apart(year.apart),
        rule=rule_in_words(counted.rule),
        kinds_that_count=counted.rule.kinds,
        visits=await visits_in(resident_id, period, viewer.district_id),
        years=await _years(request, resident_id, look, period),
        back=_back(look, period),
        back_words=_("Back to the list") if _has_list(look) else _("Participation"),
        desk=await _desk(request, resident_id),
    )
    return page(request, "office/people/show.html", her=her, kinds=KINDS, sources=SOURCES)


async def _home(request: Request[Any, Any, Any], place_id: int | None) -> PlaceRow:
    """Whoever has no home in the district, or is known only to live in it, is the district's to look at."""
    viewer = signed_in(request)
    home = await place_by_id(place_id or viewer.district_id or 0)
    if not may_there(viewer, "read_reports", home):
        raise Missing
    return home


async def _desk(request: Request[Any, Any, Any], resident_id: int) -> str:
    """Her details are kept where she lives now, which is not always where she was counted."""
    viewer, her = signed_in(request), await person(resident_id)
    home = await place_by_id(her.place_id or her.district_id)
    is_hers = home.district_id == viewer.district_id if her.place_id is None else covers(viewer.place_id, home)
    if her.name is None or her.state == "merged" or not is_hers or not may(viewer.role, "read_residents"):
        return ""
    return f"/desk/people/{resident_id}"


async def _years(request: Request[Any, Any, Any], resident_id: int, look: Look, period: str) -> list[Way]:
    """Other years of hers: those in which her home was the viewer's to see."""
    viewer = signed_in(request)
    found = []
    for label, place_id in await years_of(resident_id, viewer.district_id or 0):
        home = await place_by_id(place_id or viewer.district_id or 0)
        if may_there(viewer, "read_reports", home):
            found.append(Way(label, look.address(period=label), is_here=label == period))
    return found


def _back(look: Look, period: str) -> str:
    """To the list with its place, figure, order and page; without one to the report."""
    if not _has_list(look):
        return Look("/office/participation", {"period": period}, 1).address()
    return look.address(page=look.number).replace(look.path, PATH, 1)


def _has_list(look: Look) -> bool:
    return look.given.get("figure") in FIGURES


def _who(year: PersonYear, home: str) -> str:
    if year.born_on is None:
        return _("Birth year unknown · %(home)s", home=home)
    return _("Born %(year)s · %(home)s", year=year.born_on.year, home=home)
