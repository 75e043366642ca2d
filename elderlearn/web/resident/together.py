"""Two of us, both or neither: the other one agrees with card and birth date, or with digits on the phone."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.queries import RunCard, run_card
from elderlearn.enrolment.enrol_together import enrol_together
from elderlearn.enrolment.way_out import way_out
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.settings import settings
from elderlearn.locale import _
from elderlearn.people.care.ask_partner import ask_partner
from elderlearn.people.care.partner import partner_by_card, partner_by_code
from elderlearn.web.resident.before_class import where_to_mend
from elderlearn.web.resident.enrolments import by_her
from elderlearn.web.resident.family.sentences import COUPLE, about_two, said_of_both
from elderlearn.web.shell.draft import done, draft, go_on
from elderlearn.web.shell.forms import EXAMPLE_OF_BIRTH, Form, read_form
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.pace import What, got_in, may_try, too_often
from elderlearn.web.shell.page import AnyRequest, go, page
from elderlearn.web.shell.refusals import sentence

SENT_BEFORE = ("too_soon", "too_many_codes")  # there are digits on the phone already: go on and type those
ABOUT_DATE = ("wrong_birth_date", "no_birth_date")


@get("/courses/{run_id:int}/together")
async def ask_partner_here(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """Two ways to agree, whichever is at hand."""
    run = await _run(run_id)
    form = draft(request)
    form.errors = {name: said for name, said in form.errors.items() if name != "code"}
    return page(request, "resident/together/who.html", run=run, form=form)


@post("/courses/{run_id:int}/together", status_code=200)
async def take_partner(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """`way` card: both are enrolled at once; phone: six digits go there. The answer is the same if nobody of that
    name has this phone."""
    run, form = await _run(run_id), await read_form(request)
    if form.value("way") == "phone":
        return await _send(request, run, form)
    partner_id = await _by_card(request, run, form)
    if partner_id is None:
        return go_on(request, _path(run), _path(run), form)
    return await _enrol(request, run, partner_id)


@get("/courses/{run_id:int}/together/agreement")
async def ask_digits(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """This page only follows a name and a phone."""
    run, form = await _run(run_id), draft(request)
    if not form.value("phone"):
        return go(request, _path(run))
    form.errors = {name: said for name, said in form.errors.items() if name == "code"}
    pretends = settings().gateway == "pretend"
    return page(request, "resident/together/agreement.html", run=run, form=form, pretends=pretends)


@post("/courses/{run_id:int}/together/agreement", status_code=200)
async def take_digits(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """Those the other one read out; then both are enrolled at once."""
    run, typed, form = await _run(run_id), await read_form(request), draft(request)
    form.errors, form.typed["code"] = {}, typed.typed.get("code", [])
    partner_id = await _by_code(request, run, form)
    form.typed.pop("code", None)
    if partner_id is None:
        return go_on(request, f"{_path(run)}/agreement", _path(run), form)
    return await _enrol(request, run, partner_id)


async def _run(run_id: int) -> RunCard:
    """Raises Missing where nobody takes a seat."""
    run = await run_card(id_in_address(run_id))
    if run.course_state == "draft" or run.entry != "enrol":
        raise Missing
    return run


async def _send(request: AnyRequest, run: RunCard, form: Form) -> Response[Any]:
    me = signed_in(request).id
    name = form.text("name", limit=60, need=_("Please write the name of the other one."))
    number = form.text("phone", limit=30, need=_("Please write the mobile number, or take the card."))
    if form.is_good and not await may_try(request, "send"):
        form.complain("phone", too_often(request))
    agreement = f"{_path(run)}/agreement"
    if form.is_good:
        try:
            await ask_partner(me, name, number, run_id=run.id, title=run.title, by=by_her(me))
        except Refusal as refusal:
            if refusal.code in SENT_BEFORE:
                return go_on(request, agreement, _path(run), form, said=sentence(refusal, COUPLE))
            form.complain("name" if refusal.code == "invalid_name" else "phone", sentence(refusal, COUPLE))
    return go_on(request, agreement if form.is_good else _path(run), _path(run), form)


async def _by_card(request: AnyRequest, run: RunCard, form: Form) -> int | None:
    me = signed_in(request).id
    card = form.text("card", limit=120, need=_("Please type the 8 digits on the card."))
    born_on = form.day("born_on", need=_("Please type the birth date."), example=EXAMPLE_OF_BIRTH)
    if born_on is None or not await _may_try(request, form, "card"):
        return None
    try:
        partner_id = await partner_by_card(me, card, born_on, run_id=run.id, by=by_her(me))
    except Refusal as refusal:
        form.complain("born_on" if refusal.code in ABOUT_DATE else "card", sentence(refusal, COUPLE))
        return None
    await got_in(request, "card")
    return partner_id


async def _by_code(request: AnyRequest, run: RunCard, form: Form) -> int | None:
    me = signed_in(request).id
    code = form.text("code", limit=20, need=_("Please type the 6 digits."))
    if not await _may_try(request, form, "code"):
        return None
    try:
        partner_id = await partner_by_code(me, code, run_id=run.id, by=by_her(me))
    except Refusal as refusal:
        form.complain("code", sentence(refusal, COUPLE))
        return None
    await got_in(request, "send", "code")
    return partner_id


async def _enrol(request: AnyRequest, run: RunCard, partner_id: int) -> Response[Any]:
    """Both, or the reason why not, which says whom it is about; the typed answers are forgotten."""
    me = signed_in(request).id
    try:
        both = await enrol_together(run.id, me, partner_id, "self", by=by_her(me))
    except Refusal as refusal:
        is_mine = refusal.values.get("resident_id") == me
        mend = where_to_mend(refusal, run.id, then="together") if is_mine else None
        address = mend or f"/courses/{run.id}/enrolments?way={way_out(refusal)}"
        answer = go(request, address, said=None if mend else about_two(refusal, me), tone="no")
    else:
        answer = go(request, f"/courses/{run.id}#seats", said=said_of_both(both, run.title))
    return done(request, _path(run), answer)


async def _may_try(request: AnyRequest, form: Form, what: What) -> bool:
    if form.is_good and not await may_try(request, what):
        form.complain(what, too_often(request))
    return form.is_good


def _path(run: RunCard) -> str:
    return f"/courses/{run.id}/together"
