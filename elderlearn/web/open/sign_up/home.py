"""Where she lives, and what she agrees to; then a code is sent."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post

from elderlearn.ground.errors import Refusal
from elderlearn.people.sign_in.codes import ask_code
from elderlearn.web.open.sign_in.way import say
from elderlearn.web.open.sign_up.answers import check_home, check_person
from elderlearn.web.open.sign_up.screens import code_screen, home_screen, person_screen
from elderlearn.web.shell.forms import read_form, read_query
from elderlearn.web.shell.homes import homes_for
from elderlearn.web.shell.page import AnyRequest, go, page, wants_fragment

SENT_BEFORE = ("too_soon", "too_many_codes")  # there is a code on the phone already: go on and type that one


@get("/sign-up/home")
async def start_again(request: AnyRequest) -> Response[Any]:
    """This screen only follows the first one."""
    return go(request, "/sign-up")


@get("/sign-up/homes")
async def find_homes(request: AnyRequest) -> Response[Any]:
    """While she types: the communities these words mean. Without JavaScript the button does the same."""
    if not wants_fragment(request):
        return go(request, "/sign-up")
    form = read_query(request)
    found = await homes_for(form)
    return page(request, "layout/_homes.html", fragment="layout/_homes.html", form=form, **found)


@post("/sign-up/home", status_code=200)
async def take_home(request: AnyRequest) -> Response[Any]:
    """Search, back, or on: then six digits go to her phone, the same whether anybody knows the number or not."""
    form = await read_form(request)
    if form.value("do") == "back":
        return person_screen(request, form)
    check_person(form)
    if not form.is_good:
        return person_screen(request, form)
    if form.value("do") == "find":
        return await home_screen(request, form)
    await check_home(form)
    if not form.is_good:
        return await home_screen(request, form)
    try:
        await ask_code(form.value("phone"), "resident", even_unknown=True)
    except Refusal as refusal:
        if refusal.code not in SENT_BEFORE:
            form.complain("phone", say(refusal))
            return person_screen(request, form)
        return code_screen(request, form, said=say(refusal))
    return code_screen(request, form)
