"""Venues: the list, adding, changing, ending."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.venue_queries import VenueRow, venues
from elderlearn.catalogue.venues import add_venue, change_venue, end_venue
from elderlearn.ground.errors import Refusal
from elderlearn.ground.trail_queries import changes_of
from elderlearn.locale import _
from elderlearn.web.planning import reach
from elderlearn.web.planning.endings import ask_ending, ending, take_ending
from elderlearn.web.planning.lists import A_PAGE, Asked
from elderlearn.web.planning.sentences import blame
from elderlearn.web.planning.sheet import Field, Sheet, name_field, place_options, show
from elderlearn.web.planning.words import VENUE_ORDERS, options
from elderlearn.web.shell.forms import Form, read_form, read_query
from elderlearn.web.shell.page import AnyRequest, go, page

PATH = "/planning/venues"
ASKED = ("words", "ended", "order")


@get("/venues")
async def list_venues(request: AnyRequest) -> Response[Any]:
    """`words`, `ended`, `order`, `page`."""
    form = read_query(request)
    asked = Asked.of(PATH, form, ASKED)
    found = await venues(
        reach.home(request),
        words=asked.given.get("words", ""),
        with_ended=form.ticked("ended"),
        order=asked.order(VENUE_ORDERS, "place"),
        limit=A_PAGE + 1,
        offset=asked.offset,
    )
    return page(
        request,
        "planning/venues/list.html",
        form=form,
        asked=asked,
        found=found[:A_PAGE],
        orders=options(VENUE_ORDERS),
        later=asked.later(asked.offset + len(found)),
        may_change=reach.able(request, "change_venue"),
    )


@get("/venues/{venue_id:int}")
async def show_venue(request: AnyRequest, venue_id: FromPath[int]) -> Response[Any]:
    """One, with what was changed."""
    one = await reach.venue_of(request, venue_id)
    return page(
        request,
        "planning/venues/show.html",
        one=one,
        changes=await changes_of("venue", one.id),
        may_change=reach.able(request, "change_venue") and one.ended_on is None,
    )


@get("/venues/new")
async def new_venue(request: AnyRequest) -> Response[Any]:
    """An empty form."""
    reach.need(request, "change_venue")
    return show(request, await _sheet(request), Form())


@post("/venues/new", status_code=200)
async def add_venue_here(request: AnyRequest) -> Response[Any]:
    """Added."""
    reach.need(request, "change_venue")
    form = await read_form(request)
    codes = [one.code for one in await reach.her_places(request)]
    place = form.choice("place", codes, need=_("Please choose the place."))
    values = _read(form)
    if form.is_good and place:
        try:
            id = await add_venue(**values, place_code=place, by=reach.by(request))
        except Refusal as refusal:
            blame(form, refusal)
        else:
            return go(request, f"{PATH}/{id}", said=_("The venue was added."))
    return show(request, await _sheet(request), form)


@get("/venues/{venue_id:int}/edit")
async def edit_venue(request: AnyRequest, venue_id: FromPath[int]) -> Response[Any]:
    """As it is."""
    reach.need(request, "change_venue")
    one = await reach.venue_of(request, venue_id)
    form = Form.of(name=one.name, address=one.address, capacity=one.capacity)
    return show(request, await _sheet(request, one), form)


@post("/venues/{venue_id:int}/edit", status_code=200)
async def change_venue_here(request: AnyRequest, venue_id: FromPath[int]) -> Response[Any]:
    """Changed."""
    reach.need(request, "change_venue")
    one = await reach.venue_of(request, venue_id)
    form = await read_form(request)
    values = _read(form)
    if form.is_good:
        try:
            await change_venue(one.id, **values, by=reach.by(request))
        except Refusal as refusal:
            blame(form, refusal)
        else:
            return go(request, f"{PATH}/{one.id}", said=_("Saved."))
    return show(request, await _sheet(request, one), form)


@get("/venues/{venue_id:int}/ending")
async def ask_venue_ending(request: AnyRequest, venue_id: FromPath[int]) -> Response[Any]:
    """Since when?"""
    reach.need(request, "change_venue")
    return ask_ending(request, _ending(await reach.venue_of(request, venue_id)))


@post("/venues/{venue_id:int}/ending", status_code=200)
async def end_venue_here(request: AnyRequest, venue_id: FromPath[int]) -> Response[Any]:
    """Ended, or what must be done before."""
    reach.need(request, "change_venue")
    one = await reach.venue_of(request, venue_id)
    return await take_ending(
        request, _ending(one), one.name, lambda on: end_venue(one.id, on, by=reach.by(request))
    )


def _read(form: Form) -> dict[str, Any]:
    return {
        "name": form.text("name", limit=100, need=_("Please write the name.")),
        "address": form.text("address", limit=200),
        "capacity": form.number("capacity", low=1, high=100_000),
    }


async def _sheet(request: AnyRequest, one: VenueRow | None = None) -> Sheet:
    fields = [
        name_field(_("Name of the venue")),
        Field("address", _("Address"), limit=200, optional=True, hint=_("So that somebody new finds it.")),
        Field("capacity", _("How many people fit in"), "number", optional=True),
    ]
    if one is not None:
        return Sheet(_("Change: %(what)s", what=one.name), fields, _("Save"), f"{PATH}/{one.id}", one.name)
    places = place_options(await reach.her_places(request))
    fields.insert(1, Field("place", _("Place"), "select", options=places, first=_("Please choose")))
    return Sheet(_("Add a venue"), fields, _("Add"), PATH, _("Venues"))


def _ending(one: VenueRow) -> Sheet:
    return ending(one.name, f"{PATH}/{one.id}", _("It is offered for no new session."))
