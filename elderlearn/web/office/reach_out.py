"""Ringing and inviting those who need a few days more: buttons of the street's own officer."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import today
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.locale import _, ngettext
from elderlearn.participation.call_list import A_SHEET, ToCall, call_list
from elderlearn.participation.counted import Counted, counted_by
from elderlearn.participation.invite import invite
from elderlearn.participation.own_officer import is_own_officer
from elderlearn.places.labels import calendar_label
from elderlearn.places.queries import PlaceRow
from elderlearn.web.office.addresses import address
from elderlearn.web.office.needed import PATH, needed_page
from elderlearn.web.office.reach import place_asked
from elderlearn.web.shell.again import send_back
from elderlearn.web.shell.forms import read_form, read_query
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.page import go, page
from elderlearn.web.shell.shown_once import go_and_show, shown, to_show

CALLS = f"{PATH}/calls"
SHEETS = 200  # more than anybody rings


@post("/participation/needed/calls", status_code=200)
async def take_purpose(request: Request[Any, Any, Any]) -> Response[Any]:
    """`purpose` opens names and telephones of one `sheet`, once; the trail keeps who looked at whom and why."""
    place = await _own_place(request)
    form = await read_form(request)
    sheet = form.number("sheet", low=1, high=SHEETS) or 1
    purpose = form.text("purpose", need=_("Please write what you need the names and telephones for."))
    if form.is_good:
        try:
            people = await call_list(
                place, await _counted(place), purpose=purpose, by=_by(request), offset=A_SHEET * (sheet - 1)
            )
        except Refusal:
            form.complain("purpose", _("Please write what you need the names and telephones for."))
        else:
            secret = {"purpose": purpose, "sheet": sheet, "people": [_kept(one) for one in people]}
            return go_and_show(request, address(CALLS, {"place": place.code}), secret)
    again = address("", {"place": place.code})
    return send_back(request, PATH, form, again) or await needed_page(request, form)


@get("/participation/needed/calls")
async def show_calls(request: Request[Any, Any, Any]) -> Response[Any]:
    """The list just opened, to be printed; a reload leads back."""
    place = await _own_place(request)
    found = to_show(request, CALLS)
    back = address(PATH, {"place": place.code})
    if not found:
        told = _("The list was shown once. Please write the purpose again to open it.")
        return go(request, back, said=told, tone="wait")
    calls = page(
        request,
        "office/participation/calls.html",
        place=place,
        purpose=found["purpose"],
        sheet=found["sheet"],
        people=found["people"],
        first=A_SHEET * (found["sheet"] - 1),
        following=found["sheet"] + 1 if len(found["people"]) == A_SHEET else None,
        back=back,
        on=today(),
    )
    return shown(request, calls, CALLS)


@post("/participation/needed/invitations", status_code=200)
async def send_invitations(request: Request[Any, Any, Any]) -> Response[Any]:
    """To all who can be reached and were not invited lately; pressed twice, the second invites nobody."""
    place = await _own_place(request)
    done = await invite(place, await _counted(place), by=_by(request))
    said = ngettext("%(n)s invitation is on its way.", "%(n)s invitations are on their way.", done.invited)
    if not done.invited:
        said = _("Nobody was invited: everybody who can be reached has an invitation already.")
    return go(request, address(PATH, {"place": place.code}), said=said, tone="done" if done.invited else "wait")


@get("/participation/needed/invitations")
async def ask_again(request: Request[Any, Any, Any]) -> Response[Any]:
    """Where a reload lands."""
    return go(request, address(PATH, {"place": (await _own_place(request)).code}))


async def _own_place(request: Request[Any, Any, Any]) -> PlaceRow:
    """The `place` of the address. Raises Missing for everybody but its officer."""
    place = await place_asked(request, read_query(request).value("place"))
    if not is_own_officer(signed_in(request), place):
        raise Missing
    return place


async def _counted(place: PlaceRow) -> Counted:
    return await counted_by(place.district_id, calendar_label(today()))


def _by(request: Request[Any, Any, Any]) -> Actor:
    return Actor("staff", signed_in(request).id, "office")


def _kept(one: ToCall) -> list[Any]:
    return [one.name, one.phone or "", one.near.place, one.near.missing]


REACH_OUT = (take_purpose, show_calls, send_invitations, ask_again)
