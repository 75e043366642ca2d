"""The people behind a figure, by masked name: exactly as many as the report says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, get

from elderlearn.locale import N_, _, ngettext
from elderlearn.participation.behind import ORDERS, Behind, people_behind
from elderlearn.participation.counted import Counted, counted_by
from elderlearn.participation.narrowed import Narrowed
from elderlearn.places.queries import PlaceRow
from elderlearn.web.office.addresses import Shown
from elderlearn.web.office.class_hours import class_hours_column
from elderlearn.web.office.columns import sorted_heads
from elderlearn.web.office.figures import FIGURES
from elderlearn.web.office.lines import Head
from elderlearn.web.office.narrowing import Choice, choices_of, narrowed_in_words, narrowed_of
from elderlearn.web.office.reach import place_asked, year_asked
from elderlearn.web.shell.forms import read_query
from elderlearn.web.shell.lists import A_PAGE, Look
from elderlearn.web.shell.numbers import thousands
from elderlearn.web.shell.page import page

PATH = "/office/people"
ASKED = ("place", "period", "figure", "only_here", "band", "sex", "kind", "order")
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
    choices: list[Choice]

    @property
    def kept(self) -> dict[str, str]:
        """What stays when somebody chooses otherwise."""
        chosen = {one.name for one in self.choices}
        return {name: value for name, value in self.look.given.items() if name not in chosen}

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
    counted: Counted
    look: Look
    figure: str
    order: str
    period: str
    only_here: bool
    only: Narrowed

    @property
    def title(self) -> str:
        """Whose list it is, of what, of when."""
        said = _title(self.place, self.figure, self.period, only_here=self.only_here)
        return " · ".join((said, *narrowed_in_words(self.only)))


async def people_asked(request: Request[Any, Any, Any]) -> Asked:
    """Raises Missing for places that are not hers to see."""
    asked = read_query(request)
    look = Look.of(PATH, asked, ASKED)
    place, period = await place_asked(request, asked.value("place")), year_asked(asked.value("period"))
    counted = await counted_by(place.district_id, period)
    return Asked(
        place=place,
        counted=counted,
        look=look,
        figure=look.one_of("figure", FIGURES, "regulars"),
        order=look.one_of("order", ORDERS, FIRST_ORDER),
        period=period,
        only_here=bool(asked.value("only_here")),
        only=narrowed_of(look, counted),
    )


@get("/people")
async def list_people(request: Request[Any, Any, Any]) -> Response[str]:
    """`place` within the viewer's own, `period`, `figure` (default: regulars), `only_here` for those whose
    community is not known, `band`, `sex` and `kind` for some of them, `order` and `page`.
    """
    asked = await people_asked(request)
    place, look = asked.place, asked.look
    behind = await people_behind(
        place,
        asked.counted,
        asked.figure,
        only_here=asked.only_here,
        only=asked.only,
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
            choices=choices_of(asked.figure, asked.only, asked.counted),
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
