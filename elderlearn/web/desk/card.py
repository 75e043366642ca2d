"""Her card: printed, replaced when it is lost, or taken from the pile of blank ones."""

from __future__ import annotations

import asyncio
import base64
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from markupsafe import Markup

from elderlearn.checkin.card_picture import card_picture
from elderlearn.checkin.picture import code_svg
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.settings import settings
from elderlearn.locale import _
from elderlearn.people.cards import CardCode, current_code, issue_card
from elderlearn.people.codes import card_url
from elderlearn.people.hand_over_card import hand_over_card
from elderlearn.people.queries import Person
from elderlearn.places.queries import Setting, district_setting
from elderlearn.web.desk.person_forms import complain
from elderlearn.web.desk.reach import able, by, person_of
from elderlearn.web.shell.again import once, send_back, status_of, typed_before
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.numbers import spaced_phone
from elderlearn.web.shell.page import AnyRequest, go, page


@get("/people/{resident_id:int}/card")
async def show_card(request: AnyRequest, resident_id: FromPath[int]) -> Response[Any]:
    """The card in its true size, to be printed and cut out."""
    found = await person_of(request, resident_id, "print_cards")
    return once(request, await _screen(request, found, typed_before(request)))


@get("/people/{resident_id:int}/card/new")
async def ask_new_card(request: AnyRequest, resident_id: FromPath[int]) -> Response[Any]:
    """Asks once more: the card she carries stops at once."""
    found = await _here(request, resident_id)
    return page(request, "desk/people/new_card.html", person=found, card=await current_code(found.id))


@post("/people/{resident_id:int}/card", status_code=200)
async def replace_card(request: AnyRequest, resident_id: FromPath[int]) -> Response[Any]:
    """A new one; the old one opens nothing any more."""
    found = await _here(request, resident_id)
    await issue_card(found.id, by=by(request))
    return go(request, f"/desk/people/{found.id}/card", said=_("A new card is made. The old one has stopped."))


@post("/people/{resident_id:int}/blank-card", status_code=200)
async def take_blank_card(request: AnyRequest, resident_id: FromPath[int]) -> Response[Any]:
    """A pre-printed card becomes hers: its number typed, or its code scanned into the field."""
    found = await _here(request, resident_id)
    form = await read_form(request)
    typed = form.text("card", limit=300, need=_("Please type the 8 digits of the card, or scan it."))
    if form.is_good:
        try:
            await hand_over_card(found.id, typed, by=by(request))
            return go(
                request, f"/desk/people/{found.id}", said=_("This card is hers now. The old one has stopped.")
            )
        except Refusal as refusal:
            complain(form, refusal, "card")
        except Missing:
            form.complain("card", _("We do not know this card. Please look at its number again."))
    again = send_back(request, f"/desk/people/{found.id}/card", form)
    return again or await _screen(request, found, form)


@get("/people/{resident_id:int}/blank-card")
async def ask_blank_card(request: AnyRequest, resident_id: FromPath[int]) -> Response[Any]:
    """Where a reload lands."""
    return go(request, f"/desk/people/{resident_id}/card")


async def _here(request: AnyRequest, resident_id: int) -> Person:
    """Who died or moved away gets no card. Raises Missing."""
    found = await person_of(request, resident_id, "issue_card")
    if found.state != "active":
        raise Missing
    return found


async def _screen(request: AnyRequest, found: Person, form: Form) -> Response[Any]:
    card, setting = await current_code(found.id), await district_setting(found.district_id)
    return page(
        request,
        "desk/people/card.html",
        status=status_of(request, form),
        form=form,
        person=found,
        card=card,
        picture=await asyncio.to_thread(_picture, found, card, setting) if card else "",
        code=_code(card) if card else "",
        setting=setting,
        may_replace=able(request, "issue_card") and found.state == "active",
    )


def _picture(found: Person, card: CardCode, setting: Setting) -> str:
    """An address that holds the picture itself; nothing when the font lacks a character of the name."""
    phone = spaced_phone(setting.help_phone) if setting.help_phone else ""
    try:
        drawn = card_picture(found.name, _url(card), card.number, phone, setting.title)
    except Refusal:
        return ""
    return f"data:image/png;base64,{base64.b64encode(drawn).decode()}"


def _code(card: CardCode) -> Markup:
    """The code alone, for a card that is written by hand."""
    return Markup(code_svg(_url(card), said=_("Square code for checking in")))  # noqa: S704 - drawn by us


def _url(card: CardCode) -> str:
    return card_url(card.code, settings().public_url)
