"""She has moved house: from now on her new street counts her."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post

from elderlearn.ground.actor import Actor
from elderlearn.locale import _
from elderlearn.stewardship.move_home import move_home
from elderlearn.web.shell.draft import done, draft, go_on
from elderlearn.web.shell.forms import read_form
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.homes import homes_for, is_home
from elderlearn.web.shell.kept import kept_form
from elderlearn.web.shell.page import AnyRequest, go, page

STEPS = "/my/details/home"


@get("/my/details/home")
async def ask_home(request: AnyRequest) -> Response[Any]:
    """Search, and choose."""
    form = kept_form(request) or draft(request)
    return page(request, "resident/details/home.html", form=form, **await homes_for(form))


@post("/my/details/home", status_code=200)
async def take_home(request: AnyRequest) -> Response[Any]:
    """Search again, or move."""
    form = await read_form(request)
    if form.value("do") == "find":
        return go_on(request, STEPS, STEPS, form)
    if not await is_home(form.value("home")):
        form.complain("home", _("Please search for the place where you live, and choose it."))
        return go_on(request, STEPS, STEPS, form)
    me = signed_in(request).id
    has_moved = await move_home(me, form.value("home"), by=Actor("resident", me, "resident"))
    said = _("Your new home is kept.") if has_moved else _("That is the home we had already. Nothing was changed.")
    return done(request, STEPS, go(request, "/my/details", said=said))
