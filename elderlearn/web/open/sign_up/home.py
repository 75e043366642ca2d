"""Where she lives, and what she agrees to; then a code is sent."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post

from elderlearn.ground.errors import Refusal
from elderlearn.people.documents import masked_document
from elderlearn.people.sign_in.codes import ask_code
from elderlearn.web.open.sign_in.way import here, onward, say
from elderlearn.web.open.sign_up.answers import WHERE, check_home, check_person, is_person
from elderlearn.web.open.sign_up.screens import answered, screen, to
from elderlearn.web.shell.forms import Form, read_form, read_query
from elderlearn.web.shell.homes import homes_for
from elderlearn.web.shell.kept import kept_form
from elderlearn.web.shell.pace import may_try, too_often
from elderlearn.web.shell.page import AnyRequest, go, page, wants_fragment

SENT_BEFORE = ("too_soon", "too_many_codes")  # there is a code on the phone already: go on and type that one


@get("/sign-up/home")
async def ask_home(request: AnyRequest) -> Response[Any]:
    """This screen only follows the first one."""
    form = here(request, *WHERE)
    if away := onward(request):
        return away
    if not is_person(form):
        return to(request, "", form)
    number, shown = form.value("document"), Form({**form.typed, "document": []}, form.errors)
    masked = masked_document(number) if number else ""
    return screen(request, "home", shown, document=masked, **await homes_for(kept_form(request) or form))


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
    typed = await read_form(request)
    form = answered(request, typed, () if typed.value("do") == "again" else WHERE)
    _keep_document(request, form, is_sent=typed.value("do") == "send")
    if typed.value("do") == "back":
        return to(request, "", form)
    check_person(form)
    if not form.is_good:
        return to(request, "", form)
    if typed.value("do") == "find":
        return to(request, "/home", form)
    await check_home(form)
    return await _send(request, form) if form.is_good else to(request, "/home", form)


def _keep_document(request: AnyRequest, form: Form, *, is_sent: bool) -> None:
    """The number is never drawn again: an empty box means the one typed before, unless its consent is gone."""
    if not form.value("document") and (form.ticked("sensitive") or not is_sent):
        form.typed["document"] = here(request).typed.get("document", [])


async def _send(request: AnyRequest, form: Form) -> Response[Any]:
    if not await may_try(request, "send"):
        form.complain("phone", too_often(request))
        return to(request, "", form)
    try:
        await ask_code(form.value("phone"), "resident", even_unknown=True)
    except Refusal as refusal:
        if refusal.code not in SENT_BEFORE:
            form.complain("phone", say(refusal))
            return to(request, "", form)
        return to(request, "/code", form, said=say(refusal))
    return to(request, "/code", form)
