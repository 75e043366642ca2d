"""The number of elders typed in: the district and its streets on one form, or a street and its communities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get, post

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import today
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.locale import N_, _
from elderlearn.participation.elders_on_file import open_alarms
from elderlearn.participation.settle_alarm import settle_alarm
from elderlearn.people.roles import may
from elderlearn.places.denominators import Elders
from elderlearn.places.elders import elders_of
from elderlearn.places.population import FIRST_YEAR, LONGEST_SOURCE, MOST_ELDERS, put_population
from elderlearn.places.queries import PlaceRow, list_places, place_by_code, place_by_id
from elderlearn.web.office.population_sums import difference, field, sum_in_words, words_of
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
    """`year` (default: the last one), `basis` and `place` (a street, else the district), with what is on file."""
    asked = read_query(request)
    places = await _places(request, asked.value("place"))
    year = asked.number("year", low=FIRST_YEAR, high=today().year) or today().year - 1
    basis = asked.value("basis") if asked.value("basis") in BASES else next(iter(BASES))
    known = await elders_of([one.id for one in places], year, basis)
    form = Form.of(year=year, basis=basis, source=_source(known, year))
    for one in places:
        form.typed[field(one)] = [str(found.elders) if (found := _own(known, one, year)) else ""]
    return await _show(request, form, places, known)


@post("/population", status_code=200)
async def take_population(request: Request[Any, Any, Any]) -> Response[Any]:
    """Written, if the places add up to the one above them or she says that the difference is right.

    A place left empty keeps what is on file.
    """
    form = await read_form(request)
    places = await _places(request, form.value("place"))
    year = form.number("year", low=FIRST_YEAR, high=today().year, need=_("Please write the year."))
    basis = form.choice("basis", BASES, need=_("Please choose who is counted."))
    source = form.text("source", limit=LONGEST_SOURCE, need=_("Please write where the figures come from."))
    typed = [(one, form.number(field(one), high=MOST_ELDERS)) for one in places]
    _name_places(form, places)
    lines = [(one.code, elders) for one, elders in typed if elders is not None]
    if form.is_good and not lines:
        form.complain(field(places[0]), _("Please write at least one figure."))
    if form.is_good and difference(form, places) and not form.ticked("differs"):
        form.complain("differs", _(words_of(places[0])["differs"]))
    if form.is_good and year and basis:
        by = Actor("staff", signed_in(request).id, "office")
        try:
            await put_population(year=year, basis=basis, source=source, lines=lines, by=by)
        except Refusal:
            form.complain("source", _("Please look at the source again: at most 100 characters on one line."))
        else:
            if form.ticked("differs"):
                await _settle(places[0], year, basis, by)
            said = _("Saved. Reports use these figures from now on.")
            return go(request, address_of(places[0], year, basis), said=said)
    known = await elders_of([one.id for one in places], year, basis) if year and basis else {}
    return await _show(request, form, places, known)


def address_of(place: PlaceRow, year: int, basis: str) -> str:
    """The form of a district and its streets, or of a street and its communities."""
    asked = {"year": str(year), "basis": basis} | ({} if place.level == "district" else {"place": place.code})
    return f"{PATH}?{urlencode(asked)}"


async def _settle(place: PlaceRow, year: int, basis: str, by: Actor) -> None:
    """What she just said to be right does not stand among the alarms as well."""
    for one in await open_alarms(place.district_id):
        if (one.place_id, one.year, one.basis, one.kind) == (place.id, year, basis, "parts"):
            await settle_alarm(place.district_id, one, note="", by=by)


def _name_places(form: Form, places: Sequence[PlaceRow]) -> None:
    """Above a form of many figures a complaint has to say which one is meant."""
    for one in places:
        if said := form.errors.get(field(one)):
            form.errors[field(one)] = _("%(place)s: %(said)s", place=one.name, said=said)


async def _show(
    request: Request[Any, Any, Any], form: Form, places: list[PlaceRow], known: dict[int, Elders]
) -> Response[str]:
    year = form.number("year", low=FIRST_YEAR, high=today().year) if not form.errors else None
    district = places[0] if places[0].level == "district" else await place_by_id(places[0].district_id)
    streets = [district, *await list_places("town_street", within=district.id)]
    return page(
        request,
        "office/population/new.html",
        status=422 if form.errors else 200,
        form=form,
        lines=[Line(one, field(one), _before(known.get(one.id), year)) for one in places],
        bases=[(name, _(said)) for name, said in BASES.items()],
        title=_title(form, places[0]),
        sum=sum_in_words(form, places),
        differs=bool(difference(form, places)),
        right=_(words_of(places[0])["right"]),
        chosen=Form.of(
            year=form.value("year"), basis=form.value("basis"), place=form.value("place") or places[0].code
        ),
        places=[(one.code, _("The district and its streets") if one is district else one.name) for one in streets],
        place=places[0],
    )


def _title(form: Form, place: PlaceRow) -> str:
    basis = form.value("basis")
    said = _("%(basis)s, %(year)s", basis=_(BASES[basis]) if basis in BASES else "", year=form.value("year"))
    return said if place.level == "district" else _("%(place)s: %(said)s", place=place.name, said=said)


async def _places(request: Request[Any, Any, Any], code: str) -> list[PlaceRow]:
    """The district, then its streets by code; or a street of it, then its communities. Raises Missing."""
    viewer = signed_in(request)
    if viewer.district_id is None or viewer.place_id != viewer.district_id:
        raise Missing
    if not may(viewer.role, "put_population"):
        raise Missing
    place = await place_by_code(code) if code else await place_by_id(viewer.district_id)
    if place.district_id != viewer.district_id or place.level == "community":
        raise Missing
    level = "town_street" if place.level == "district" else "community"
    return [place, *await list_places(level, within=place.id)]


def _own(known: dict[int, Elders], place: PlaceRow, year: int) -> Elders | None:
    found = known.get(place.id)
    return found if found is not None and found.year == year and not found.is_sum else None


def _source(known: dict[int, Elders], year: int) -> str:
    return next((one.source for one in known.values() if one.year == year and not one.is_sum), "")


def _before(found: Elders | None, year: int | None) -> str:
    if found is None or (found.year == year and not found.is_sum):
        return ""
    return _("%(year)s: %(elders)s", year=found.year, elders=thousands(found.elders))
