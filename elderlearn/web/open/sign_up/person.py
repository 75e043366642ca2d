"""Who signs up."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post

from elderlearn.web.open.home import home_of
from elderlearn.web.open.sign_in.way import ways
from elderlearn.web.open.sign_up.answers import check_person
from elderlearn.web.open.sign_up.screens import home_screen, person_screen
from elderlearn.web.shell.forms import Form, read_form, read_query
from elderlearn.web.shell.page import AnyRequest, go
from elderlearn.web.shell.viewer import viewer


@get("/sign-up")
async def ask_person(request: AnyRequest) -> Response[Any]:
    """Name, birth date, phone; somebody signed in is on the register already."""
    wanted = read_query(request).value("next")
    person = viewer(request)
    if person is not None:
        return go(request, ways(Form.of(next=wanted))["next"] or home_of(person))
    return person_screen(request, Form.of(next=wanted))


@post("/sign-up", status_code=200)
async def take_person(request: AnyRequest) -> Response[Any]:
    """On to the second screen, or back to this one with everything that needs attention."""
    form = await read_form(request)
    check_person(form)
    return await home_screen(request, form) if form.is_good else person_screen(request, form)
