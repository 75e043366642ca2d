"""Reporting units of the district: what they are called, and when they end."""

from __future__ import annotations

from collections import Counter
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import today
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.locale import _
from elderlearn.people.roles import may
from elderlearn.places.end_unit import end_unit
from elderlearn.places.name_unit import add_unit, change_unit
from elderlearn.places.units import Unit, unit_by_id, unit_on, units_of
from elderlearn.web.office.unit_words import KINDS, complain
from elderlearn.web.shell.again import once, send_back, status_of, typed_before
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.page import go, page

PATH = "/office/units"
AnyRequest = Request[Any, Any, Any]


@get("/units")
async def list_units(request: AnyRequest) -> Response[Any]:
    """All of the district, with how many communities each has today."""
    district_id = district_of(request, "read_reports")
    return page(
        request,
        "office/units/list.html",
        units=await units_of(district_id),
        many=Counter((await unit_on(district_id, today())).values()),
        kinds=KINDS,
        today=today(),
        may_change=may(signed_in(request).role, "change_units"),
    )


@get("/units/new")
async def ask_unit(request: AnyRequest) -> Response[Any]:
    """Name, kind and code."""
    district_of(request, "change_units")
    return once(request, _form(request, typed_before(request), None))


@post("/units/new", status_code=200)
async def take_unit(request: AnyRequest) -> Response[Any]:
    """It exists; next its communities are chosen."""
    district_id, form = district_of(request, "change_units"), await read_form(request)
    try:
        new = await add_unit(district_id, **_typed(form), by=by(request))
    except Refusal as refusal:
        complain(form, refusal, "name")
        return send_back(request, f"{PATH}/new", form) or _form(request, form, None)
    return go(request, f"{PATH}/{new}", said=_("Written down. Now choose its communities."))


@get("/units/{unit_id:int}/change")
async def ask_unit_change(request: AnyRequest, unit_id: FromPath[int]) -> Response[Any]:
    """As it is called now."""
    unit, form = await unit_of(request, unit_id, "change_units"), typed_before(request)
    filled = form if form.errors else Form.of(code=unit.code, name=unit.name, kind=unit.kind)
    return once(request, _form(request, filled, unit))


@post("/units/{unit_id:int}/change", status_code=200)
async def take_unit_change(request: AnyRequest, unit_id: FromPath[int]) -> Response[Any]:
    """Also in the reports of earlier years: it is the same unit."""
    unit, form = await unit_of(request, unit_id, "change_units"), await read_form(request)
    try:
        await change_unit(unit.id, **_typed(form), by=by(request))
    except Refusal as refusal:
        complain(form, refusal, "name")
        return send_back(request, f"{PATH}/{unit.id}/change", form) or _form(request, form, unit)
    return go(request, f"{PATH}/{unit.id}", said=_("Saved."))


@get("/units/{unit_id:int}/end")
async def ask_unit_end(request: AnyRequest, unit_id: FromPath[int]) -> Response[Any]:
    """Its last day; all its communities leave with it."""
    unit, form = await unit_of(request, unit_id, "change_units"), typed_before(request)
    filled = form if form.errors else Form.of(ends_on=unit.ends_on or today())
    return once(request, _ask_end(request, filled, unit))


@post("/units/{unit_id:int}/end", status_code=200)
async def take_unit_end(request: AnyRequest, unit_id: FromPath[int]) -> Response[Any]:
    """Reports of days until then keep it."""
    unit, form = await unit_of(request, unit_id, "change_units"), await read_form(request)
    ends_on = form.day("ends_on", need=_("Please write its last day."))
    if ends_on is None:
        return send_back(request, f"{PATH}/{unit.id}/end", form) or _ask_end(request, form, unit)
    await end_unit(unit.id, ends_on=ends_on, by=by(request))
    return go(request, f"{PATH}/{unit.id}", said=_("Saved. Reports of days until then keep it."))


UNITS = (list_units, ask_unit, take_unit, ask_unit_change, take_unit_change, ask_unit_end, take_unit_end)


def district_of(request: AnyRequest, action: str) -> int:
    """Raises Missing for everybody but the district's own people."""
    viewer = signed_in(request)
    if viewer.district_id is None or viewer.place_id != viewer.district_id or not may(viewer.role, action):
        raise Missing
    return viewer.district_id


async def unit_of(request: AnyRequest, unit_id: int, action: str) -> Unit:
    """Raises Missing for a unit of another district."""
    unit = await unit_by_id(id_in_address(unit_id))
    if unit.district_id != district_of(request, action):
        raise Missing
    return unit


def by(request: AnyRequest) -> Actor:
    """Whoever is signed in, in the office."""
    return Actor("staff", signed_in(request).id, "office")


def _typed(form: Form) -> dict[str, str]:
    return {name: form.value(name) for name in ("code", "name", "kind")}


def _ask_end(request: AnyRequest, form: Form, unit: Unit) -> Response[Any]:
    return page(request, "office/units/end.html", status=status_of(request, form), form=form, unit=unit)


def _form(request: AnyRequest, form: Form, unit: Unit | None) -> Response[Any]:
    return page(
        request,
        "office/units/new.html",
        status=status_of(request, form),
        form=form,
        unit=unit,
        kinds=[(name, _(said)) for name, said in KINDS.items()],
    )
