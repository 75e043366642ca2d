"""A new telephone number: six digits are sent there before it counts."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post

from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Refusal
from elderlearn.ground.settings import settings
from elderlearn.locale import _
from elderlearn.people.change_phone import change_own_phone
from elderlearn.people.sign_in.codes import ask_code
from elderlearn.web.resident.sentences import CODES
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.kept import kept_form
from elderlearn.web.shell.page import AnyRequest, go, page
from elderlearn.web.shell.refusals import sentence

SENT_BEFORE = ("too_soon", "too_many_codes")  # there is a code on the phone already: go on and type that one


@get("/my/details/phone")
async def ask_number(request: AnyRequest) -> Response[Any]:
    """The new number."""
    return _page(request, "phone", kept_form(request) or Form())


@post("/my/details/phone", status_code=200)
async def send_code(request: AnyRequest) -> Response[Any]:
    """Six digits go to the new number."""
    form = await read_form(request)
    number = form.text("phone", limit=30, need=_("Please type the new mobile number."))
    if not form.is_good:
        return _page(request, "phone", form)
    try:
        await ask_code(number, "resident", even_unknown=True)
    except Refusal as refusal:
        if refusal.code in SENT_BEFORE:
            return _page(request, "phone_code", form, said=sentence(refusal, CODES), tone="wait")
        form.complain("phone", sentence(refusal, CODES))
        return _page(request, "phone", form)
    return _page(request, "phone_code", form)


@get("/my/details/phone/code")
async def start_again(request: AnyRequest) -> Response[Any]:
    """This page only follows a number."""
    return go(request, "/my/details/phone")


@post("/my/details/phone/code", status_code=200)
async def take_code(request: AnyRequest) -> Response[Any]:
    """The right digits: the number is hers."""
    me = signed_in(request).id
    form = await read_form(request)
    code = form.text("code", limit=20, need=_("Please type the 6 digits."))
    if form.is_good:
        try:
            await change_own_phone(me, form.value("phone"), code, by=Actor("resident", me, "resident"))
        except Refusal as refusal:
            form.complain("code", sentence(refusal, CODES))
    if not form.is_good:
        return _page(request, "phone_code", form)
    return go(request, "/my/details", said=_("Your new number is kept. Codes and messages go there from now on."))


def _page(request: AnyRequest, name: str, form: Form, **more: Any) -> Response[Any]:
    status = 200 if form.is_good else 422
    pretends = settings().gateway == "pretend"
    return page(request, f"resident/details/{name}.html", status=status, form=form, pretends=pretends, **more)
