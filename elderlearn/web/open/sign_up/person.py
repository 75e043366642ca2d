"""Who signs up."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post

from elderlearn.web.open.sign_in.way import here, onward
from elderlearn.web.open.sign_up.answers import WHO, check_person
from elderlearn.web.open.sign_up.screens import STEPS, answered, screen, to
from elderlearn.web.shell.draft import done
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.page import AnyRequest


@get("/sign-up")
async def ask_person(request: AnyRequest) -> Response[Any]:
    """Name, birth date, phone; somebody signed in is on the register already."""
    form = here(request, *WHO)
    return onward(request) or screen(request, "person", form, is_begun=any(map(form.value, WHO)))


@post("/sign-up", status_code=200)
async def take_person(request: AnyRequest) -> Response[Any]:
    """On to the second screen, or back to this one with everything that needs attention."""
    typed = await read_form(request)
    if typed.value("do") == "empty":
        return done(request, STEPS, to(request, "", Form({"next": typed.typed.get("next", [])})))
    form = answered(request, typed, WHO)
    check_person(form)
    return to(request, "/home" if form.is_good else "", form)
