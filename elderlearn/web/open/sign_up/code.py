"""The six digits: they prove the phone, and open the account."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post

from elderlearn.ground.errors import Refusal
from elderlearn.locale import _
from elderlearn.people.sign_up import SignedUp, sign_up
from elderlearn.web.open.sign_in.way import say, ways
from elderlearn.web.open.sign_up.answers import check_home, check_person, consents, new_resident
from elderlearn.web.open.sign_up.screens import code_screen, home_screen, person_screen
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.page import AnyRequest, go, page
from elderlearn.web.shell.viewer import sign_in_cookie


@get("/sign-up/code")
async def start_over(request: AnyRequest) -> Response[Any]:
    """This screen only follows the second one."""
    return go(request, "/sign-up")


@post("/sign-up/code", status_code=200)
async def take_code(request: AnyRequest) -> Response[Any]:
    """Signed up and signed in, back where she came from. Anything doubtful: please come to the desk."""
    form = await read_form(request)
    check_person(form)
    if not form.is_good:
        return person_screen(request, form)
    await check_home(form)
    if not form.is_good:
        return await home_screen(request, form)
    code = form.text("code", limit=20, need=_("Please type the 6 digits."))
    if not form.is_good:
        return code_screen(request, form)
    try:
        done = await sign_up(new_resident(form), code, consents=consents(form))
    except Refusal as refusal:
        form.complain("code", say(refusal))
        return code_screen(request, form)
    return _welcome(request, form, done)


def _welcome(request: AnyRequest, form: Form, done: SignedUp) -> Response[Any]:
    if done.token is None:
        return page(request, "open/sign_up/desk.html")
    said = _("Welcome. You are signed up.") if done.is_new else _("You were signed up already. Welcome back.")
    answer = go(request, ways(form)["next"] or "/my/home", said=said)
    answer.set_cookie(sign_in_cookie(done.token, "resident"))
    return answer
