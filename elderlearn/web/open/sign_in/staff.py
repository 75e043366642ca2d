"""By name and password: offices, and leaders who have one."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post

from elderlearn.ground.errors import Refusal
from elderlearn.locale import _
from elderlearn.people.sign_in.passwords import sign_in_by_password
from elderlearn.web.open.sign_in.way import enter, say, ways
from elderlearn.web.shell.forms import Form, read_form, read_query
from elderlearn.web.shell.page import AnyRequest, page


@get("/sign-in/staff")
async def ask_password(request: AnyRequest) -> Response[Any]:
    """Name and password."""
    return _page(request, read_query(request))


@post("/sign-in/staff", status_code=200)
async def take_password(request: AnyRequest) -> Response[Any]:
    """The name stays in its field, the password never does."""
    form = await read_form(request)
    name = form.text("name", limit=60, need=_("Please type your name."))
    password = form.text("password", need=_("Please type your password."))
    if form.is_good:
        try:
            return await enter(request, await sign_in_by_password(name, password), form)
        except Refusal as refusal:
            form.complain("name", say(refusal))
    return _page(request, form)


def _page(request: AnyRequest, form: Form) -> Response[Any]:
    status = 200 if form.is_good else 422
    return page(request, "open/sign_in/staff.html", status=status, form=form, **ways(form))
