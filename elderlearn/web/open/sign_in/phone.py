"""By phone: number, six digits, and a name when several people share the number."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post

from elderlearn.ground.errors import Refusal
from elderlearn.ground.settings import settings
from elderlearn.locale import _
from elderlearn.people.sign_in.codes import Audience, ask_code, choose, enter_code
from elderlearn.web.open.home import home_of
from elderlearn.web.open.sign_in.way import enter, say, ways
from elderlearn.web.shell.forms import Form, read_form, read_query
from elderlearn.web.shell.ids import BIGGEST_ID
from elderlearn.web.shell.page import AnyRequest, go, page
from elderlearn.web.shell.viewer import viewer

SENT_BEFORE = ("too_soon", "too_many_codes")  # there is a code on the phone already: go on and type that one


@get("/sign-in")
async def ask_phone(request: AnyRequest) -> Response[Any]:
    """The number; somebody already signed in has nothing to do here."""
    person = viewer(request)
    form = read_query(request)
    if person is not None:
        return go(request, ways(form)["next"] or home_of(person))
    return _page(request, "phone", form)


@post("/sign-in", status_code=200)
async def send_code(request: AnyRequest) -> Response[Any]:
    """Send six digits. The answer is the same whether the number is known or not."""
    form = await read_form(request)
    phone = form.text("phone", limit=30, need=_("Please type your mobile number."))
    if not form.is_good:
        return _page(request, "phone", form)
    try:
        await ask_code(phone, _audience(form))
    except Refusal as refusal:
        if refusal.code in SENT_BEFORE:
            return _page(request, "code", form, said=say(refusal), tone="wait")
        form.complain("phone", say(refusal))
        return _page(request, "phone", form)
    return _page(request, "code", form)


@get("/sign-in/code")
async def start_again(request: AnyRequest) -> Response[Any]:
    """This page only follows a number: whoever comes here without one starts again."""
    return go(request, "/sign-in")


@post("/sign-in/code", status_code=200)
async def take_code(request: AnyRequest) -> Response[Any]:
    """The right digits let in, or ask who of several people it is."""
    form = await read_form(request)
    code = form.text("code", limit=20, need=_("Please type the 6 digits."))
    if not form.is_good:
        return _page(request, "code", form)
    try:
        entered = await enter_code(form.value("phone"), code, _audience(form))
    except Refusal as refusal:
        form.complain("code", say(refusal))
        return _page(request, "code", form)
    if entered.token:
        return await enter(request, entered.token, form)
    return _page(request, "person", form, choices=entered.choices, ticket=entered.ticket)


@get("/sign-in/person")
async def start_over(request: AnyRequest) -> Response[Any]:
    """This page only follows the right digits."""
    return go(request, "/sign-in")


@post("/sign-in/person", status_code=200)
async def take_person(request: AnyRequest) -> Response[Any]:
    """One of the people behind the number. A ticket too old leads back to the beginning."""
    form = await read_form(request)
    try:
        token = await choose(form.value("ticket"), form.number("person", high=BIGGEST_ID) or 0)
    except Refusal as refusal:
        form.errors.clear()
        form.complain("phone", say(refusal))
        return _page(request, "phone", form)
    return await enter(request, token, form)


def _audience(form: Form) -> Audience:
    return "leader" if form.value("audience") == "leader" else "resident"


def _page(request: AnyRequest, name: str, form: Form, **more: Any) -> Response[Any]:
    status = 200 if form.is_good else 422
    pretends = settings().gateway == "pretend"
    context = {"form": form, "audience": _audience(form), "pretends": pretends, **ways(form), **more}
    return page(request, f"open/sign_in/{name}.html", status=status, **context)
