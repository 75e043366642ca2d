"""By phone: number, six digits, and a name when several people share the number."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from litestar import Response, get, post

from elderlearn.ground.errors import Refusal
from elderlearn.ground.settings import settings
from elderlearn.locale import _
from elderlearn.people.sign_in.codes import Audience, Choice, ask_code, choose, enter_code
from elderlearn.web.open.sign_in.way import STEPS, enter, here, onward, say, ways
from elderlearn.web.shell.draft import go_on
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.ids import BIGGEST_ID
from elderlearn.web.shell.pace import got_in, may_try, too_often
from elderlearn.web.shell.page import AnyRequest, go, page

OFFICES = ("/office", "/desk", "/planning")
SENT_BEFORE = ("too_soon", "too_many_codes")  # there is a code on the phone already: go on and type that one


@get("/sign-in")
async def ask_phone(request: AnyRequest) -> Response[Any]:
    """The number; somebody already signed in has nothing to do here, and offices sign in by name."""
    form = here(request, "phone")
    if form.value("next").startswith(OFFICES) and not form.value("audience"):
        return onward(request) or go(request, f"/sign-in/staff{ways(form)['with_next']}")
    if form.value("next").startswith("/lead"):
        form.typed["audience"] = ["leader"]
    return onward(request) or _page(request, "phone", form)


@post("/sign-in", status_code=200)
async def send_code(request: AnyRequest) -> Response[Any]:
    """Send six digits. The answer is the same whether the number is known or not."""
    form = await read_form(request)
    phone = form.text("phone", limit=30, need=_("Please type your mobile number."))
    if form.is_good and not await may_try(request, "send"):
        form.complain("phone", too_often(request))
    if not form.is_good:
        return _on(request, "/sign-in", form)
    try:
        await ask_code(phone, _audience(form))
    except Refusal as refusal:
        if refusal.code in SENT_BEFORE:
            return _on(request, "/sign-in/code", form, said=say(refusal))
        form.complain("phone", say(refusal))
        return _on(request, "/sign-in", form)
    return _on(request, "/sign-in/code", form)


@get("/sign-in/code")
async def ask_digits(request: AnyRequest) -> Response[Any]:
    """This page only follows a number: whoever comes here without one starts again."""
    form = here(request, "code")
    if not form.value("phone"):
        return onward(request) or go(request, _address("/sign-in", form))
    return onward(request) or _page(request, "code", form)


@post("/sign-in/code", status_code=200)
async def take_code(request: AnyRequest) -> Response[Any]:
    """The right digits let in, or ask who of several people it is."""
    form = await read_form(request)
    code = form.text("code", limit=20, need=_("Please type the 6 digits."))
    if form.is_good and not await may_try(request, "code"):
        form.complain("code", too_often(request))
    if not form.is_good:
        return _on(request, "/sign-in/code", form)
    try:
        entered = await enter_code(form.value("phone"), code, _audience(form))
    except Refusal as refusal:
        form.complain("code", say(refusal))
        return _on(request, "/sign-in/code", form)
    await got_in(request, "send", "code")
    if entered.token:
        return await enter(request, entered.token, form)
    form.typed["ticket"] = [entered.ticket or ""]
    form.typed["choices"] = [_packed(one) for one in entered.choices]
    return _on(request, "/sign-in/person", form)


@get("/sign-in/person")
async def ask_who(request: AnyRequest) -> Response[Any]:
    """This page only follows the right digits."""
    form = here(request)
    if not form.value("ticket"):
        return onward(request) or go(request, _address("/sign-in", form))
    try:
        choices = [_unpacked(one) for one in form.many("choices")]
    except ValueError:  # whoever signs in may write anything into her own draft
        return onward(request) or go(request, _address("/sign-in", form))
    return onward(request) or _page(request, "person", form, choices=choices, ticket=form.value("ticket"))


@post("/sign-in/person", status_code=200)
async def take_person(request: AnyRequest) -> Response[Any]:
    """One of the people behind the number. A ticket too old leads back to the beginning."""
    form = await read_form(request)
    try:
        token = await choose(form.value("ticket"), form.number("person", high=BIGGEST_ID) or 0)
    except Refusal as refusal:
        begun = Form({"phone": here(request).typed.get("phone", []), "next": form.typed.get("next", [])})
        begun.complain("phone", say(refusal))
        return _on(request, "/sign-in", begun)
    return await enter(request, token, form)


def _audience(form: Form) -> Audience:
    return "leader" if form.value("audience") == "leader" else "resident"


def _address(step: str, form: Form) -> str:
    """Where to go and for whom stands in the address; who it is never does."""
    asked = {"audience": "leader" if _audience(form) == "leader" else "", "next": ways(form)["next"]}
    query = urlencode({name: value for name, value in asked.items() if value}, safe="/")
    return step + (f"?{query}" if query else "")


def _on(request: AnyRequest, step: str, form: Form, *, said: str | None = None) -> Response[Any]:
    return go_on(request, _address(step, form), STEPS, form, said=said)


def _page(request: AnyRequest, name: str, form: Form, **more: Any) -> Response[Any]:
    pretends = settings().gateway == "pretend"
    context = {"form": form, "audience": _audience(form), "pretends": pretends, **ways(form), **more}
    return page(request, f"open/sign_in/{name}.html", **context)


def _packed(one: Choice) -> str:
    return f"{one.resident_id}|{one.born_year or ''}|{one.name_masked}"


def _unpacked(text: str) -> Choice:
    id, born_year, name = text.split("|", 2)
    return Choice(int(id), name, int(born_year) if born_year else None)
