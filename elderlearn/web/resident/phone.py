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
from elderlearn.web.shell.draft import done, draft, go_on
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.pace import may_try, too_often
from elderlearn.web.shell.page import AnyRequest, go, page
from elderlearn.web.shell.refusals import sentence

SENT_BEFORE = ("too_soon", "too_many_codes")  # there is a code on the phone already: go on and type that one
STEPS = "/my/details/phone"


@get("/my/details/phone")
async def ask_number(request: AnyRequest) -> Response[Any]:
    """The new number."""
    return _page(request, "phone", draft(request))


@post("/my/details/phone", status_code=200)
async def send_code(request: AnyRequest) -> Response[Any]:
    """Six digits go to the new number."""
    form = await read_form(request)
    number = form.text("phone", limit=30, need=_("Please type the new mobile number."))
    if form.is_good and not await may_try(request, "send"):
        form.complain("phone", too_often(request))
    if not form.is_good:
        return go_on(request, STEPS, STEPS, form)
    try:
        await ask_code(number, "resident", even_unknown=True)
    except Refusal as refusal:
        if refusal.code in SENT_BEFORE:
            return go_on(request, f"{STEPS}/code", STEPS, form, said=sentence(refusal, CODES))
        form.complain("phone", sentence(refusal, CODES))
        return go_on(request, STEPS, STEPS, form)
    return go_on(request, f"{STEPS}/code", STEPS, form)


@get("/my/details/phone/code")
async def ask_digits(request: AnyRequest) -> Response[Any]:
    """This page only follows a number."""
    form = draft(request)
    return _page(request, "phone_code", form) if form.value("phone") else go(request, STEPS)


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
        return go_on(request, f"{STEPS}/code", STEPS, form)
    said = _("Your new number is kept. Codes and messages go there from now on.")
    return done(request, STEPS, go(request, "/my/details", said=said))


def _page(request: AnyRequest, name: str, form: Form) -> Response[Any]:
    field = "phone" if name == "phone" else "code"
    form.errors = {one: said for one, said in form.errors.items() if one == field}
    pretends = settings().gateway == "pretend"
    return page(request, f"resident/details/{name}.html", form=form, pretends=pretends)
