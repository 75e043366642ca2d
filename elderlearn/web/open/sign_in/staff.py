"""By name and password: offices, and leaders who have one."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post

from elderlearn.ground.errors import Refusal
from elderlearn.locale import _
from elderlearn.people.sign_in.passwords import sign_in_by_password
from elderlearn.web.open.sign_in.way import STEPS, enter, here, onward, say, ways
from elderlearn.web.shell.draft import go_on
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.pace import got_in, may_try, too_often
from elderlearn.web.shell.page import AnyRequest, page


@get("/sign-in/staff")
async def ask_password(request: AnyRequest) -> Response[Any]:
    """Name and password."""
    form = here(request, "name")
    return onward(request) or page(request, "open/sign_in/staff.html", form=form, **ways(form))


@post("/sign-in/staff", status_code=200)
async def take_password(request: AnyRequest) -> Response[Any]:
    """The name stays in its field, the password never does."""
    form = await read_form(request)
    name = form.text("name", limit=60, need=_("Please type your name."))
    password = form.text("password", need=_("Please type your password."))
    if form.is_good and not await may_try(request, "password"):
        form.complain("name", too_often(request))
    if form.is_good:
        try:
            token = await sign_in_by_password(name, password)
        except Refusal as refusal:
            form.complain("name", say(refusal))
        else:
            await got_in(request, "password")
            return await enter(request, token, form)
    name_only = Form({"name": form.typed.get("name", [])}, form.errors)
    return go_on(request, f"/sign-in/staff{ways(form)['with_next']}", STEPS, name_only)
