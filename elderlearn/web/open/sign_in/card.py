"""By card: the number printed on it (or the code in its QR) and the birth date."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post

from elderlearn.ground.errors import Refusal
from elderlearn.locale import _
from elderlearn.people.sign_in.cards import sign_in_by_card
from elderlearn.web.open.sign_in.way import STEPS, enter, here, onward, say, ways
from elderlearn.web.shell.draft import go_on
from elderlearn.web.shell.forms import EXAMPLE_OF_BIRTH, read_form
from elderlearn.web.shell.pace import got_in, may_try, too_often
from elderlearn.web.shell.page import AnyRequest, page


@get("/sign-in/card")
async def ask_card(request: AnyRequest) -> Response[Any]:
    """Number and birth date."""
    form = here(request, "card", "born_on")
    return onward(request) or page(request, "open/sign_in/card.html", form=form, **ways(form))


@post("/sign-in/card", status_code=200)
async def take_card(request: AnyRequest) -> Response[Any]:
    """Few tries for each card, then the desk helps. What was typed stays."""
    form = await read_form(request)
    card = form.text("card", limit=120, need=_("Please type the 8 digits on your card."))
    born_on = form.day("born_on", need=_("Please type your birth date."), example=EXAMPLE_OF_BIRTH)
    if form.is_good and not await may_try(request, "card"):
        form.complain("card", too_often(request))
    if form.is_good and born_on:
        try:
            token = await sign_in_by_card(card, born_on)
        except Refusal as refusal:
            is_about_date = refusal.code in ("wrong_birth_date", "no_birth_date")
            form.complain("born_on" if is_about_date else "card", say(refusal))
        else:
            await got_in(request, "card")
            return await enter(request, token, form)
    return go_on(request, f"/sign-in/card{ways(form)['with_next']}", STEPS, form)
