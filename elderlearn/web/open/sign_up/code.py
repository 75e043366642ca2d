"""The six digits: they prove the phone, and open the account."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post

from elderlearn.ground.errors import Refusal
from elderlearn.locale import _
from elderlearn.people.sign_up import SignedUp, sign_up
from elderlearn.web.open.sign_in.way import here, onward, say, ways
from elderlearn.web.open.sign_up.answers import check_home, check_person, consents, is_person, new_resident
from elderlearn.web.open.sign_up.screens import STEPS, answered, screen, to
from elderlearn.web.shell.draft import done
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.pace import got_in, may_try, too_often
from elderlearn.web.shell.page import AnyRequest, go, page
from elderlearn.web.shell.viewer import sign_in_cookie


@get("/sign-up/code")
async def ask_code_sent(request: AnyRequest) -> Response[Any]:
    """This screen only follows the second one."""
    form = here(request, "code")
    if away := onward(request):
        return away
    if not is_person(form) or not form.value("home"):
        return to(request, "/home" if is_person(form) else "", form)
    return screen(request, "code", form)


@post("/sign-up/code", status_code=200)
async def take_code(request: AnyRequest) -> Response[Any]:
    """Signed up and signed in, back where she came from. Anything doubtful: please come to the desk."""
    typed = await read_form(request)
    form = answered(request, typed, ())
    check_person(form)
    if not form.is_good:
        return to(request, "", form)
    await check_home(form)
    if not form.is_good:
        return to(request, "/home", form)
    code = typed.text("code", limit=20, need=_("Please type the 6 digits."))
    form.typed["code"], form.errors = [code], typed.errors
    if form.is_good and not await may_try(request, "code"):
        form.complain("code", too_often(request))
    if not form.is_good:
        return to(request, "/code", form)
    try:
        signed_up = await sign_up(new_resident(form), code, consents=consents(form))
    except Refusal as refusal:
        form.complain("code", say(refusal))
        return to(request, "/code", form)
    await got_in(request, "send", "code")
    return done(request, STEPS, _welcome(request, form, signed_up))


@get("/sign-up/desk")
async def show_desk(request: AnyRequest) -> Response[Any]:
    """Where a person has to look: tells nothing about anybody, so everybody may see it."""
    return page(request, "open/sign_up/desk.html")


def _welcome(request: AnyRequest, form: Form, signed_up: SignedUp) -> Response[Any]:
    if signed_up.token is None:
        return go(request, "/sign-up/desk")
    said = _("Welcome. You are signed up.") if signed_up.is_new else _("You were signed up already. Welcome back.")
    answer = go(request, ways(form)["next"] or "/my/home", said=said)
    answer.set_cookie(sign_in_cookie(signed_up.token, "resident"))
    return answer
