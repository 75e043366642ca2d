"""Helping somebody from now on: who it is, how she agrees, done."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post

from elderlearn.ground.errors import Refusal
from elderlearn.ground.settings import settings
from elderlearn.locale import _
from elderlearn.people.care.ask_to_care import ask_to_care
from elderlearn.people.care.confirm_care import confirm_by_card, confirm_by_code
from elderlearn.people.care.queries import elder_of
from elderlearn.web.resident.family.mine import by
from elderlearn.web.resident.family.sentences import CARE
from elderlearn.web.shell.draft import done, draft, go_on
from elderlearn.web.shell.forms import EXAMPLE_OF_BIRTH, Form, read_form
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.pace import What, got_in, may_try, too_often
from elderlearn.web.shell.page import AnyRequest, go, page
from elderlearn.web.shell.refusals import sentence

STEPS = "/my/family/new"
AGREEMENT = f"{STEPS}/agreement"
WHO = ("name", "phone")
SENT_BEFORE = ("too_soon", "too_many_codes")  # there are digits on the phone already: go on and type those
ABOUT_DATE = ("wrong_birth_date", "no_birth_date")


@get(STEPS)
async def ask_who(request: AnyRequest) -> Response[Any]:
    """Name and phone; without a phone the card will do."""
    form = draft(request)
    form.errors = {name: said for name, said in form.errors.items() if name in WHO}
    return page(request, "resident/family/who.html", form=form)


@post(STEPS, status_code=200)
async def take_who(request: AnyRequest) -> Response[Any]:
    """Six digits go to that phone; the answer is the same whether we know it or not."""
    form = await read_form(request)
    name = form.text("name", limit=60, need=_("Please write the name of the person you help."))
    number = form.text("phone", limit=30)
    if number and form.is_good and not await may_try(request, "send"):
        form.complain("phone", too_often(request))
    if not form.is_good:
        return go_on(request, STEPS, STEPS, form)
    me = signed_in(request).id
    try:
        if number:
            await ask_to_care(me, name, number, by=by(me))
    except Refusal as refusal:
        if refusal.code in SENT_BEFORE:
            return go_on(request, AGREEMENT, STEPS, form, said=sentence(refusal, CARE))
        form.complain("phone" if refusal.code == "invalid_phone" else "name", sentence(refusal, CARE))
        return go_on(request, STEPS, STEPS, form)
    return go_on(request, AGREEMENT, STEPS, form)


@get(AGREEMENT)
async def ask_agreement(request: AnyRequest) -> Response[Any]:
    """This page only follows a name."""
    form = draft(request)
    if not form.value("name"):
        return go(request, STEPS)
    form.errors = {name: said for name, said in form.errors.items() if name not in WHO}
    pretends = settings().gateway == "pretend"
    return page(request, "resident/family/agreement.html", form=form, pretends=pretends)


@post(AGREEMENT, status_code=200)
async def take_agreement(request: AnyRequest) -> Response[Any]:
    """The digits she read out, or her card and birth date."""
    typed, form = await read_form(request), draft(request)
    form.errors = {}
    form.typed |= {name: typed.typed.get(name, []) for name in ("code", "card", "born_on")}
    link_id = await (_by_card(request, form) if typed.value("way") == "card" else _by_code(request, form))
    form.typed.pop("code", None)
    if link_id is None:
        return go_on(request, AGREEMENT, STEPS, form)
    name = (await elder_of(link_id, signed_in(request).id)).elder
    said = _("Done. From now on you may enrol %(name)s in courses.", name=name)
    return done(request, STEPS, go(request, f"/my/family/{link_id}", said=said))


async def _by_code(request: AnyRequest, form: Form) -> int | None:
    me = signed_in(request).id
    code = form.text("code", limit=20, need=_("Please type the 6 digits."))
    if not await _may_try(request, form, "code"):
        return None
    try:
        link_id = await confirm_by_code(me, code, by=by(me))
    except Refusal as refusal:
        form.complain("code", sentence(refusal, CARE))
        return None
    await got_in(request, "send", "code")
    return link_id


async def _by_card(request: AnyRequest, form: Form) -> int | None:
    me = signed_in(request).id
    card = form.text("card", limit=120, need=_("Please type the 8 digits on the card."))
    born_on = form.day("born_on", need=_("Please type the birth date."), example=EXAMPLE_OF_BIRTH)
    if born_on is None or not await _may_try(request, form, "card"):
        return None
    try:
        link_id = await confirm_by_card(me, card, born_on, by=by(me))
    except Refusal as refusal:
        form.complain("born_on" if refusal.code in ABOUT_DATE else "card", sentence(refusal, CARE))
        return None
    await got_in(request, "card")
    return link_id


async def _may_try(request: AnyRequest, form: Form, what: What) -> bool:
    if form.is_good and not await may_try(request, what):
        form.complain(what, too_often(request))
    return form.is_good
