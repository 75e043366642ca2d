"""Accounts of those who work here: listed, added."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post

from elderlearn.ground.errors import Refusal
from elderlearn.locale import N_, _
from elderlearn.people.new_password import new_password
from elderlearn.people.roles import APPOINTS, ROLES, may_appoint
from elderlearn.people.staff import add_staff
from elderlearn.people.staff_queries import ORDERS, accounts_of
from elderlearn.places.queries import PlaceRow, list_places, place_by_id
from elderlearn.web.desk.person_forms import complain, read_phone
from elderlearn.web.desk.reach import by, place_and_district
from elderlearn.web.desk.sentences import WRONG_PLACE_OF_ACCOUNT
from elderlearn.web.desk.staff_account import show_once
from elderlearn.web.desk.staff_words import roles_said
from elderlearn.web.shell.again import once, send_back, status_of, typed_before
from elderlearn.web.shell.forms import Form, read_form, read_query
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.lists import A_PAGE, Look
from elderlearn.web.shell.page import AnyRequest, page

ORDERS_SAID = {"name": N_("By name"), "role": N_("By role"), "seen": N_("Last seen first")}


@get("/staff")
async def list_staff(request: AnyRequest) -> Response[Any]:
    """Accounts of her place and below, page by page."""
    place_id, _district_id = place_and_district(request, "add_staff")
    form = read_query(request)
    look = Look.of("/desk/staff", form, ("words", "role", "order", "ended"))
    order = look.one_of("order", ORDERS, "name")
    found = await accounts_of(
        place_id,
        words=look.given.get("words", ""),
        role=look.one_of("role", ROLES, ""),
        with_ended="ended" in look.given,
        order=order,
        limit=A_PAGE,
        offset=look.offset,
    )
    return page(
        request,
        "desk/staff/list.html",
        form=form,
        look=look,
        found=found,
        order=order,
        orders=[(one, _(said)) for one, said in ORDERS_SAID.items()],
        place=await place_by_id(place_id),
        **roles_said(),
    )


@get("/staff/new")
async def ask_staff(request: AnyRequest) -> Response[Any]:
    """A name to sign in with, a role, a place, a telephone."""
    place_and_district(request, "add_staff")
    return once(request, await _screen(request, typed_before(request)))


@post("/staff", status_code=200)
async def take_staff(request: AnyRequest) -> Response[Any]:
    """The account with a password made for it, shown this once. A leader with a telephone needs none."""
    place_and_district(request, "add_staff")
    form = await read_form(request)
    name = form.text("name", limit=60, need=_("Please write the name to sign in with."))
    role = form.choice("role", _roles(request), need=_("Please choose what this account may do."))
    places = {one.code: one for one in await _places(request)}
    code = form.choice("place", places, need=_("Please choose the place."))
    phone = read_phone(form)
    if role is None or code is None or not form.is_good:
        return await _again(request, form)
    if not may_appoint(signed_in(request), role, places[code]):
        form.complain("role", _("Please choose what this account may do."))
        return await _again(request, form)
    password = new_password()
    try:
        staff_id = await add_staff(name, role, code, password=password, phone=phone, by=by(request))
    except Refusal as refusal:
        if refusal.code == "wrong_place":
            form.complain("place", _(WRONG_PLACE_OF_ACCOUNT))
        complain(form, refusal, "name")
        return await _again(request, form)
    return show_once(request, staff_id, password)


def _roles(request: AnyRequest) -> list[str]:
    return [one for one in ROLES if one in APPOINTS.get(signed_in(request).role or "", ())]


async def _places(request: AnyRequest) -> list[PlaceRow]:
    return await list_places(within=signed_in(request).place_id)


async def _again(request: AnyRequest, form: Form) -> Response[Any]:
    return send_back(request, "/desk/staff/new", form) or await _screen(request, form)


async def _screen(request: AnyRequest, form: Form) -> Response[Any]:
    said = roles_said()
    return page(
        request,
        "desk/staff/new.html",
        status=status_of(request, form),
        form=form,
        roles=[
            (one, _("%(title)s: %(why)s", title=said["role_said"][one], why=said["may_do"][one]))
            for one in _roles(request)
        ],
        places=[
            (one.code, ("\u3000" if one.level == "community" else "") + one.name) for one in await _places(request)
        ],
    )
