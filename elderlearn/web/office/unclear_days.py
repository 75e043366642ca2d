"""How many days an unclear scan may wait before leaders and offices are told: the district chooses."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post

from elderlearn.checkin.old_unclear import days_allowed
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing
from elderlearn.locale import _
from elderlearn.people.roles import may
from elderlearn.people.sign_in.who import SignedIn
from elderlearn.places.change_setting import change_setting
from elderlearn.web.shell.again import once, send_back, status_of, typed_before
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.page import AnyRequest, go, page

LIST = "/office/conflicts"
PATH = f"{LIST}/days"
LONGEST = 60


def may_choose_days(viewer: SignedIn) -> bool:
    """Only the district's own people."""
    return viewer.place_id == viewer.district_id and may(viewer.role, "change_rule")


@get("/conflicts/days")
async def ask_unclear_days(request: AnyRequest) -> Response[Any]:
    """One field. Raises Missing for everybody else."""
    days = await days_allowed(_district(request))
    form = typed_before(request)
    return once(request, _show(request, form if form.errors else Form.of(days=days)))


@post("/conflicts/days", status_code=200)
async def take_unclear_days(request: AnyRequest) -> Response[Any]:
    """It holds at once, for those that wait already too."""
    district_id = _district(request)
    form = await read_form(request)
    days = form.number("days", low=1, high=LONGEST, need=_("Please write how many days."))
    if days is None:
        return send_back(request, PATH, form) or _show(request, form)
    await change_setting(district_id, unclear_days=days, by=Actor("staff", signed_in(request).id, "office"))
    return go(request, LIST, said=_("Saved."))


UNCLEAR_DAYS = (ask_unclear_days, take_unclear_days)


def _show(request: AnyRequest, form: Form) -> Response[Any]:
    return page(request, "office/conflicts/days.html", status=status_of(request, form), form=form, longest=LONGEST)


def _district(request: AnyRequest) -> int:
    viewer = signed_in(request)
    if viewer.district_id is None or not may_choose_days(viewer):
        raise Missing
    return viewer.district_id
