"""By card: the number printed on it (or the code in its QR) and the birth date."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post

from elderlearn.ground.errors import Refusal
from elderlearn.locale import _
from elderlearn.people.sign_in.cards import sign_in_by_card
from elderlearn.web.open.sign_in.way import enter, say, ways
from elderlearn.web.shell.forms import Form, read_form, read_query
from elderlearn.web.shell.page import AnyRequest, page


@get("/sign-in/card")
async def ask_card(request: AnyRequest) -> Response[Any]:
    """Number and birth date."""
    return _page(request, read_query(request))


@post("/sign-in/card", status_code=200)
async def take_card(request: AnyRequest) -> Response[Any]:
    """Few tries for each card, then the desk helps. What was typed stays."""
    form = await read_form(request)
    card = form.text("card", limit=120, need=_("Please type the 8 digits on your card."))
    born_on = form.day("born_on", need=_("Please type your birth date."))
    if form.is_good and born_on:
        try:
            return await enter(request, await sign_in_by_card(card, born_on), form)
        except Refusal as refusal:
            is_about_date = refusal.code in ("wrong_birth_date", "no_birth_date")
            form.complain("born_on" if is_about_date else "card", say(refusal))
    return _page(request, form)


def _page(request: AnyRequest, form: Form) -> Response[Any]:
    status = 200 if form.is_good else 422
    return page(request, "open/sign_in/card.html", status=status, form=form, **ways(form))
