"""The number of elders typed in: the district and its streets on one form, and whether they add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, get, post

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import today
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.locale import N_, _
from elderlearn.people.roles import may
from elderlearn.places.denominators import Elders
from elderlearn.places.elders import elders_of
from elderlearn.places.population import FIRST_YEAR, LONGEST_SOURCE, MOST_ELDERS, put_population
from elderlearn.places.queries import PlaceRow, list_places, place_by_id
from elderlearn.web.shell.forms import Form, read_form, read_query
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.numbers import thousands
from elderlearn.web.shell.page import go, page

PATH = "/office/population"
BASES = {"resident": N_("People living here"), "registered": N_("People registered here")}


@dataclass(frozen=True)
class Line:
    """One place with its field; `before` is the figure of an earlier year in words."""

    place: PlaceRow
    name: str
    before: str


@get("/population")
async def ask_population(request: Request[Any, Any, Any]) -> Response[str]:
    """`year` (default: the last one) and `basis`, with what is on file for them."""
    asked = read_query(request)
    places = await _places(request)
    year = asked.number("year", low=FIRST_YEAR, high=today().year) or today().year - 1
    basis = asked.value("basis") if asked.value("basis") in BASES else next(iter(BASES))
    known = await elders_of([one.id for one in places], year, basis)
    form = Form.of(year=year, basis=basis, source=_source(known, year))
    for one in places:
        form.typed[_field(one)] = [str(found.elders) if (found := _own(known, one, year)) else ""]
    return _show(request, form, places, known)


@post("/population", status_code=200)
async def take_population(request: Request[Any, Any, Any]) -> Response[Any]:
    """Written, if the streets add up to the district or she says that the difference is right.

    A place left empty keeps what is on file.
    """
    places, form = await _places(request), await read_form(request)
    year = form.number("year", low=FIRST_YEAR, high=today().year, need=_("Please write the year."))
    basis = form.choice("basis", BASES, need=_("Please choose who is counted."))
    source = form.text("source", limit=LONGEST_SOURCE, need=_("Please write where the figures come from."))
    typed = [(one, form.number(_field(one), high=MOST_ELDERS)) for one in places]
    _name_places(form, places)
    lines = [(one.code, elders) for one, elders in typed if elders is not None]
    if form.is_good and not lines:
        form.complain(_field(places[0]), _("Please write at least one figure."))
    if form.is_good and difference(form, places) and not form.ticked("differs"):
        form.complain("differs", _("The streets do not add up to the district. Please look at the figures again."))
    if form.is_good and year and basis:
        try:
            await put_population(
                year=year,
                basis=basis,
                source=source,
                lines=lines,
                by=Actor("staff", signed_in(request).id, "office"),
            )
        except Refusal:
            form.complain("source", _("Please look at the source again: at most 100 characters on one line."))
        else:
            said = _("Saved. Reports use these figures from now on.")
            return go(request, f"{PATH}?year={year}&basis={basis}", said=said)
    known = await elders_of([one.id for one in places], year, basis) if year and basis else {}
    return _show(request, form, places, known)


def _name_places(form: Form, places: Sequence[PlaceRow]) -> None:
    """Above a form of many figures a complaint has to say which one is meant."""
    for one in places:
        if said := form.errors.get(_field(one)):
            form.errors[_field(one)] = _("%(place)s: %(said)s", place=one.name, said=said)


def difference(form: Form, places: Sequence[PlaceRow]) -> int:
    """District less streets; 0 while a figure is missing, because nothing can be said then."""
    district, *streets = (_typed(form, one) for one in places)
    if district is None or not streets or any(one is None for one in streets):
        return 0
    return district - sum(one for one in streets if one is not None)


def sum_in_words(form: Form, places: Sequence[PlaceRow]) -> str:
    """What the streets come to, and how that goes with the district."""
    streets = [one for place in places[1:] if (one := _typed(form, place)) is not None]
    if not streets:
        return ""
    said = _("The streets together: %(sum)s.", sum=thousands(sum(streets)))
    if len(streets) < len(places) - 1:
        empty = _("%(n)s of them are still empty.", n=len(places) - 1 - len(streets))
        return _("%(first)s %(second)s", first=said, second=empty)
    if _typed(form, places[0]) is None:
        second = _("The district itself is empty: the sum counts for it.")
        return _("%(first)s %(second)s", first=said, second=second)
    away = difference(form, places)
    if not away:
        return _("%(first)s %(second)s", first=said, second=_("That is the figure of the district."))
    sentence = _("The district says %(n)s more.") if away > 0 else _("The district says %(n)s less.")
    return _("%(first)s %(second)s", first=said, second=sentence % {"n": thousands(abs(away))})


def _show(
    request: Request[Any, Any, Any], form: Form, places: list[PlaceRow], known: dict[int, Elders]
) -> Response[str]:
    year = form.number("year", low=FIRST_YEAR, high=today().year) if not form.errors else None
    return page(
        request,
        "office/population.html",
        status=422 if form.errors else 200,
        form=form,
        lines=[Line(one, _field(one), _before(known.get(one.id), year)) for one in places],
        bases=[(name, _(said)) for name, said in BASES.items()],
        title=_title(form),
        sum=sum_in_words(form, places),
        differs=bool(difference(form, places)),
    )


def _title(form: Form) -> str:
    basis = form.value("basis")
    return _("%(basis)s, %(year)s", basis=_(BASES[basis]) if basis in BASES else "", year=form.value("year"))


async def _places(request: Request[Any, Any, Any]) -> list[PlaceRow]:
    """The district, then its streets by code. Raises Missing for everybody else."""
    viewer = signed_in(request)
    if viewer.district_id is None or viewer.place_id != viewer.district_id:
        raise Missing
    if not may(viewer.role, "put_population"):
        raise Missing
    district = await place_by_id(viewer.district_id)
    return [district, *await list_places("town_street", within=district.id)]


def _field(place: PlaceRow) -> str:
    return f"e{place.code}"


def _typed(form: Form, place: PlaceRow) -> int | None:
    return Form({"n": [form.value(_field(place))]}).number("n", high=MOST_ELDERS)


def _own(known: dict[int, Elders], place: PlaceRow, year: int) -> Elders | None:
    found = known.get(place.id)
    return found if found is not None and found.year == year and not found.is_sum else None


def _source(known: dict[int, Elders], year: int) -> str:
    return next((one.source for one in known.values() if one.year == year and not one.is_sum), "")


def _before(found: Elders | None, year: int | None) -> str:
    if found is None or (found.year == year and not found.is_sum):
        return ""
    return _("%(year)s: %(elders)s", year=found.year, elders=thousands(found.elders))
