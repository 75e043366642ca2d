"""All figures of elders on file: what does not fit, what is missing, and the history of every place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing
from elderlearn.locale import _
from elderlearn.participation.elders_alarms import OnFile, below_of, elders_of_tree
from elderlearn.participation.elders_on_file import Checked, Entry, checked, figures_on_file, history_of
from elderlearn.participation.settle_alarm import LONGEST_NOTE, settle_alarm
from elderlearn.people.roles import may, may_there
from elderlearn.places.prefer_again import prefer_again
from elderlearn.places.queries import PlaceRow, list_places, place_by_id
from elderlearn.web.office.elders_words import Said, alarm_in_words, gap_in_words, history_address
from elderlearn.web.office.population import BASES, address_of
from elderlearn.web.shell.forms import read_form, read_query
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.ids import id_in_address, id_sent
from elderlearn.web.shell.lists import A_PAGE, Look
from elderlearn.web.shell.page import go, page

HISTORY = "/office/population/history"
MOST_YEARS = 6  # columns of the table; a place has all its years on its own page
AnyRequest = Request[Any, Any, Any]


@dataclass(frozen=True)
class Row:
    """One place of the table: a figure, or the sum of those below (`is_sum`), or none for each year."""

    name: str
    href: str
    cells: Sequence[tuple[int | None, bool]]


@get("/population/history")
async def show_elders(request: AnyRequest) -> Response[Any]:
    """What does not fit, `page` by page, and what is missing, then the figures of the streets by `basis`."""
    district = await _district(request)
    found = await checked(district.id)
    by_id = {one.id: one for one in found.places}
    look = Look.of(HISTORY, read_query(request), ("basis",))
    basis = look.one_of("basis", BASES, next(iter(BASES)))
    alarms = found.alarms[look.offset : look.offset + A_PAGE]
    streets = [one for one in found.places if one.level != "community"]
    years, table = table_of(streets, found.places, found.on_file, basis)
    return page(
        request,
        "office/population/history.html",
        alarms=[alarm_in_words(one, by_id) for one in alarms],
        many=len(found.alarms),
        look=look,
        settled=[(alarm_in_words(one.alarm, by_id), one) for one in found.settled],
        gaps=_gaps(found, by_id),
        bases=[(name, _(said)) for name, said in BASES.items()],
        basis=basis,
        years=years,
        table=table,
        may_change=may(signed_in(request).role, "put_population"),
    )


@post("/population/history", status_code=200)
async def take_settled(request: AnyRequest) -> Response[Any]:
    """The `alarm` is right as it is; why stays with it."""
    district = await _district(request, "put_population")
    form = await read_form(request)
    note = form.text("note", limit=LONGEST_NOTE, need=_("Please write why the figures are right."))
    if form.errors:
        return go(request, HISTORY, said=next(iter(form.errors.values())), tone="no")
    for one in (await checked(district.id)).alarms:
        if one.key == form.value("alarm"):
            await settle_alarm(district.id, one, note=note, by=_by(request))
            return go(request, HISTORY, said=_("Noted. It is said again only when the figures change."))
    return go(request, HISTORY, said=_("The figures have changed meanwhile. Please look again."), tone="wait")


@get("/population/places/{place_id:int}")
async def show_elders_of(request: AnyRequest, place_id: FromPath[int]) -> Response[Any]:
    """Every figure of a place ever written down, and of a street those of its communities."""
    place = await _hers(request, place_id, "read_reports")
    entries = await history_of(place.id)
    below = await list_places(within=place.id)
    shown = [(basis, *_below(place, below, await figures_on_file(place.district_id), basis)) for basis in BASES]
    above = await place_by_id(place.parent_id) if place.parent_id else None
    return page(
        request,
        "office/population/place.html",
        place=place,
        above=(above.name, history_address(above)) if above and above.level != "district" else None,
        years=[
            (
                _("%(year)s, %(basis)s", year=year, basis=_(BASES[basis])),
                list(of_year),
                _form(place, above, year, basis),
            )
            for (year, basis), of_year in groupby(entries, key=lambda one: (one.year, one.basis))
        ],
        again=_again(entries),
        tables=[(_(BASES[basis]), years, table) for basis, years, table in shown if years],
        may_change=may(signed_in(request).role, "put_population"),
    )


@post("/population/places/{place_id:int}", status_code=200)
async def take_preferred(request: AnyRequest, place_id: FromPath[int]) -> Response[Any]:
    """An earlier `figure` of this place holds again."""
    place, form = await _hers(request, place_id, "put_population"), await read_form(request)
    figure = id_sent(form.value("figure"))
    if figure not in {one.id for one in await history_of(place.id)} or figure is None:
        raise Missing
    await prefer_again(figure, by=_by(request))
    return go(request, history_address(place), said=_("Saved. Reports use this figure from now on."))


ELDERS = (show_elders, take_settled, show_elders_of, take_preferred)


def table_of(
    shown: Sequence[PlaceRow], places: Sequence[PlaceRow], on_file: Sequence[OnFile], basis: str
) -> tuple[list[int], list[Row]]:
    """The latest years with any figure of these places, and a row for each."""
    here = [one for one in on_file if one.basis == basis and one.is_preferred]
    below = below_of({one.id: one.parent_id for one in places})
    inside = {one.id for one in places}
    years = sorted({one.year for one in here if one.place_id in inside}, reverse=True)[:MOST_YEARS]
    given = {year: {one.place_id: one.elders for one in here if one.year == year} for year in years}
    rows = [
        Row(
            one.name,
            history_address(one),
            [(elders_of_tree(one.id, given[year], below), one.id not in given[year]) for year in years],
        )
        for one in shown
    ]
    return years, rows


def _below(
    place: PlaceRow, below: Sequence[PlaceRow], on_file: Sequence[OnFile], basis: str
) -> tuple[list[int], list[Row]]:
    return table_of(below, below, on_file, basis) if place.level == "town_street" else ([], [])


def _gaps(found: Checked, by_id: dict[int, PlaceRow]) -> list[tuple[str, list[Said]]]:
    """By year and basis, the latest first."""
    return [
        (_("%(year)s, %(basis)s", year=year, basis=_(BASES[basis])), [gap_in_words(one, by_id) for one in gaps])
        for (year, basis), gaps in groupby(found.gaps, key=lambda one: (one.year, one.basis))
    ]


def _form(place: PlaceRow, above: PlaceRow | None, year: int, basis: str) -> str:
    return address_of(above if above and place.level == "community" else place, year, basis)


def _again(entries: Sequence[Entry]) -> set[int]:
    """Those that say what an earlier one of the same source said, with another in between."""
    seen: set[tuple[object, ...]] = set()
    found = set()
    for one in reversed(entries):
        said = (one.year, one.basis, one.source, one.elders)
        if said in seen:
            found.add(one.id)
        seen.add(said)
    return found


async def _district(request: AnyRequest, action: str = "read_reports") -> PlaceRow:
    viewer = signed_in(request)
    if viewer.district_id is None or viewer.place_id != viewer.district_id or not may(viewer.role, action):
        raise Missing
    return await place_by_id(viewer.district_id)


async def _hers(request: AnyRequest, place_id: int, action: str) -> PlaceRow:
    await _district(request, action)
    place = await place_by_id(id_in_address(place_id))
    if not may_there(signed_in(request), action, place):
        raise Missing
    return place


def _by(request: AnyRequest) -> Actor:
    return Actor("staff", signed_in(request).id, "office")
