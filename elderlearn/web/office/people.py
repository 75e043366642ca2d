"""The people behind a figure, by masked name: exactly as many as the report says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, get

from elderlearn.locale import N_, _, ngettext
from elderlearn.participation.behind import ORDERS, Behind, people_behind
from elderlearn.participation.counted import counted_by
from elderlearn.places.queries import PlaceRow
from elderlearn.web.office.addresses import Shown
from elderlearn.web.office.class_hours import class_hours_column
from elderlearn.web.office.columns import sorted_heads
from elderlearn.web.office.figures import FIGURES
from elderlearn.web.office.lines import Head
from elderlearn.web.office.reach import place_asked, year_asked
from elderlearn.web.shell.forms import read_query
from elderlearn.web.shell.lists import A_PAGE, Look
from elderlearn.web.shell.numbers import thousands
from elderlearn.web.shell.page import page

PATH = "/office/people"
ASKED = ("place", "period", "figure", "only_here", "order")
FIRST_ORDER = "hours"
COLUMNS = {
    "born": N_("Born"),
    "place": N_("Community"),
    "hours": N_("Class hours"),
    "days": N_("Days"),
    "visits": N_("Visits"),
    "since": N_("Regular since"),
}
RISING = {"born", "place"}
WORDS = {"place", "since"}


@dataclass(frozen=True)
class List:
    """What the page draws; `back` leads to the report the figure stands in."""

    title: str
    how_many: str
    behind: Behind
    heads: list[Head]
    look: Look
    back: str
    place: PlaceRow

    def person(self, resident_id: int) -> str:
        """The same question with one person of the list, so that she leads back to it."""
        return self.look.address(page=self.look.number).replace(PATH, f"{PATH}/{resident_id}", 1)

    def hours(self, minutes: int) -> str:
        """Class hours, cut off at one decimal."""
        return class_hours_column(minutes)


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    place: PlaceRow
    look: Look
    figure: str
    order: str
    period: str
    only_here: bool

    @property
    def title(self) -> str:
        """Whose list it is, of what, of when."""
        return _title(self.place, self.figure, self.period, only_here=self.only_here)


async def people_asked(request: Request[Any, Any, Any]) -> Asked:
    """Raises Missing for places that are not hers to see."""
    asked = read_query(request)
    look = Look.of(PATH, asked, ASKED)
    return Asked(
        place=await place_asked(request, asked.value("place")),
        look=look,
        figure=look.one_of("figure", FIGURES, "regulars"),
        order=look.one_of("order", ORDERS, FIRST_ORDER),
        period=year_asked(asked.value("period")),
        only_here=bool(asked.value("only_here")),
    )


@get("/people")
async def list_people(request: Request[Any, Any, Any]) -> Response[str]:
    """`place` within the viewer's own, `period`, `figure` (default: regulars), `only_here` for those whose
    community is not known, `order` and `page`.
    """
    asked = await people_asked(request)
    place, look = asked.place, asked.look
    behind = await people_behind(
        place,
        await counted_by(place.district_id, asked.period),
        asked.figure,
        only_here=asked.only_here,
        order=asked.order,
        limit=A_PAGE,
        offset=look.offset,
    )
    return page(
        request,
        "office/people/list.html",
        list=List(
            title=asked.title,
            how_many=_how_many(behind, asked.figure),
            behind=behind,
            heads=sorted_heads(look, COLUMNS, asked.order, words=WORDS, rising=RISING),
            look=look,
            back=Shown(place.code, asked.period).address,
            place=place,
        ),
    )


def _title(place: PlaceRow, figure: str, period: str, *, only_here: bool) -> str:
    where = _("%(place)s, not yet assigned", place=place.name) if only_here else place.name
    return _("%(place)s: %(figure)s, %(period)s", place=where, figure=_(FIGURES[figure]), period=period)


def _how_many(behind: Behind, figure: str) -> str:
    many = thousands(behind.persons)
    persons = ngettext("%(many)s person", "%(many)s persons", behind.persons, many=many)
    if figure != "visits":
        return persons
    return _("%(visits)s visits by %(persons)s", visits=thousands(behind.visits), persons=persons)
