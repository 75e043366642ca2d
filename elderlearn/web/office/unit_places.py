"""One reporting unit: its communities from day to day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.ground.clock import today
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.locale import _, ngettext
from elderlearn.people.roles import may
from elderlearn.places.assign_places import assign_places
from elderlearn.places.end_unit import end_place
from elderlearn.places.queries import PlaceRow, list_places
from elderlearn.places.units import Member, Unit, member, members_of, unit_on, units_of
from elderlearn.web.office.unit_words import KINDS, complain, days_in_words
from elderlearn.web.office.units import PATH, AnyRequest, by, unit_of
from elderlearn.web.shell.again import once, send_back, status_of, typed_before
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.ids import id_in_address, id_sent
from elderlearn.web.shell.page import go, page

MEMBER = "/units/{unit_id:int}/places/{member_id:int}"


@dataclass(frozen=True)
class Street:
    """The communities of a street that can be ticked: id and label, which names the unit one is in today."""

    name: str
    places: Sequence[tuple[str, str]]
    is_open: bool


@get("/units/{unit_id:int}")
async def show_unit(request: AnyRequest, unit_id: FromPath[int]) -> Response[Any]:
    """Who belongs to it today, who did or will, and the form that brings more."""
    unit = await unit_of(request, unit_id, "read_reports")
    return once(request, await _show(request, unit, typed_before(request)))


@post("/units/{unit_id:int}/places", status_code=200)
async def take_unit_places(request: AnyRequest, unit_id: FromPath[int]) -> Response[Any]:
    """The ticked communities come from the day on."""
    unit, form = await unit_of(request, unit_id, "change_units"), await read_form(request)
    starts_on = form.day("starts_on", need=_("Please write the first day."))
    ends_on = form.day("ends_on")
    ids = [id for one in form.many("place") if (id := id_sent(one)) is not None]
    if form.is_good and starts_on is not None:
        moves = form.ticked("moves")
        try:
            many = await assign_places(
                unit.id, ids, starts_on=starts_on, ends_on=ends_on, moves=moves, by=by(request)
            )
        except Refusal as refusal:
            complain(form, refusal, "place")
        else:
            said = ngettext("%(n)s community came to it.", "%(n)s communities came to it.", many)
            return go(request, f"{PATH}/{unit.id}", said=said)
    return send_back(request, f"{PATH}/{unit.id}", form) or await _show(request, unit, form)


@get(MEMBER)
async def ask_unit_place(request: AnyRequest, unit_id: FromPath[int], member_id: FromPath[int]) -> Response[Any]:
    """Its last day, or that it never belonged to it."""
    unit, held = await _held(request, unit_id, member_id)
    form = typed_before(request)
    filled = form if form.errors else Form.of(ends_on=held.ends_on or today())
    return once(request, _ask_end(request, unit, held, filled))


@post(MEMBER, status_code=200)
async def take_unit_place(request: AnyRequest, unit_id: FromPath[int], member_id: FromPath[int]) -> Response[Any]:
    """It leaves after that day; `never` says that it was a mistake."""
    unit, held = await _held(request, unit_id, member_id)
    form = await read_form(request)
    never = form.ticked("never")
    ends_on = None if never else form.day("ends_on", need=_("Please write the last day."))
    if form.is_good:
        try:
            await end_place(held.id, ends_on=ends_on, by=by(request))
        except Refusal as refusal:
            complain(form, refusal, "ends_on")
        else:
            said = (
                _("%(place)s: taken back.", place=held.name) if never else _("%(place)s: saved.", place=held.name)
            )
            return go(request, f"{PATH}/{unit.id}", said=said)
    path = f"{PATH}/{unit.id}/places/{held.id}"
    return send_back(request, path, form) or _ask_end(request, unit, held, form)


@get("/units/{unit_id:int}/places")
async def ask_unit_again(request: AnyRequest, unit_id: FromPath[int]) -> Response[Any]:
    """Where a reload lands."""
    return go(request, f"{PATH}/{unit_id}")


UNIT_PLACES = (show_unit, take_unit_places, ask_unit_place, take_unit_place, ask_unit_again)


async def _held(request: AnyRequest, unit_id: int, member_id: int) -> tuple[Unit, Member]:
    unit = await unit_of(request, unit_id, "change_units")
    held = await member(id_in_address(member_id))
    if held.unit_id != unit.id:
        raise Missing
    return unit, held


def _ask_end(request: AnyRequest, unit: Unit, held: Member, form: Form) -> Response[Any]:
    days = days_in_words(held.starts_on, held.ends_on)
    status = status_of(request, form)
    return page(request, "office/units/place.html", status=status, unit=unit, held=held, days=days, form=form)


async def _show(request: AnyRequest, unit: Unit, form: Form) -> Response[Any]:
    held = await members_of(unit.id)
    if not form.errors:
        form = Form.of(starts_on=today())
    may_change = may(signed_in(request).role, "change_units")
    return page(
        request,
        "office/units/show.html",
        status=status_of(request, form),
        unit=unit,
        kind=_(KINDS[unit.kind]),
        now=[(one, days_in_words(one.starts_on, one.ends_on)) for one in held if one.is_in(today())],
        others=[(one, days_in_words(one.starts_on, one.ends_on)) for one in held if not one.is_in(today())],
        form=form,
        streets=await _streets(unit, form) if may_change else [],
        may_change=may_change,
        today=today(),
    )


async def _streets(unit: Unit, form: Form) -> list[Street]:
    """What is in this unit already cannot be ticked again."""
    names = {one.id: one.name for one in await units_of(unit.district_id)}
    in_unit = await unit_on(unit.district_id, today())
    places = await list_places(within=unit.district_id)

    def label(place: PlaceRow) -> str:
        held = in_unit.get(place.id)
        return _("%(place)s (now in %(unit)s)", place=place.name, unit=names[held]) if held else place.name

    streets = []
    for street in places:
        if street.level == "town_street":
            below = [one for one in places if one.parent_id == street.id and in_unit.get(one.id) != unit.id]
            ticked = any(form.has("place", str(one.id)) for one in below)
            streets.append(Street(street.name, [(str(one.id), label(one)) for one in below], ticked))
    return streets
