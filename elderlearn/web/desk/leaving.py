"""Somebody died or moved away, and the way back when it was a mistake."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.enrolment.queries import enrolments_of
from elderlearn.ground.clock import now, today
from elderlearn.ground.errors import Refusal
from elderlearn.locale import N_, _, ngettext
from elderlearn.people.queries import Person
from elderlearn.stewardship.bring_back import bring_back
from elderlearn.stewardship.take_out import take_out
from elderlearn.web.desk.person_forms import complain
from elderlearn.web.desk.reach import by, person_of
from elderlearn.web.shell.again import once, send_back, status_of, typed_before
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.page import AnyRequest, go, page

REASONS = {"died": N_("She or he has died"), "left": N_("She or he has moved out of the district")}


@get("/people/{resident_id:int}/leaving")
async def ask_leaving(request: AnyRequest, resident_id: FromPath[int]) -> Response[Any]:
    """What will happen, before it happens; for whoever has left, the way back."""
    found = await person_of(request, resident_id, "take_out")
    form = typed_before(request)
    if "on" not in form.errors:
        form.typed.setdefault("on", [today().isoformat()])
    return once(request, await _screen(request, found, form))


@post("/people/{resident_id:int}/leaving", status_code=200)
async def take_leaving(request: AnyRequest, resident_id: FromPath[int]) -> Response[Any]:
    """Her seats go to the next in line, her card and sign-ins end, what she did stays counted."""
    found = await person_of(request, resident_id, "take_out")
    form = await read_form(request)
    state = form.choice("state", REASONS, need=_("Please choose what happened."))
    on = form.day("on", need=_("Please write the day, or about the day."))
    if state is None or on is None or not form.is_good:
        return await _again(request, found, form)
    try:
        freed = await take_out(found.id, state, on, by=by(request))  # type: ignore[arg-type]  # one of REASONS
    except Refusal as refusal:
        complain(form, refusal, "state")
        return await _again(request, found, form)
    return go(request, f"/desk/people/{found.id}", said=_said(freed))


@post("/people/{resident_id:int}/return", status_code=200)
async def take_return(request: AnyRequest, resident_id: FromPath[int]) -> Response[Any]:
    """On the register again; her card opens again, her seats stay with those who have them."""
    found = await person_of(request, resident_id, "take_out")
    form = await read_form(request)
    try:
        await bring_back(found.id, form.text("reason"), by=by(request))
    except Refusal as refusal:
        complain(form, refusal, "reason")
        return await _again(request, found, form)
    return go(request, f"/desk/people/{found.id}", said=_("Back on the register. The card opens again."))


@get("/people/{resident_id:int}/return")
async def ask_return(request: AnyRequest, resident_id: FromPath[int]) -> Response[Any]:
    """Where a reload lands."""
    return go(request, f"/desk/people/{resident_id}/leaving")


async def _again(request: AnyRequest, found: Person, form: Form) -> Response[Any]:
    return send_back(request, f"/desk/people/{found.id}/leaving", form) or await _screen(request, found, form)


async def _screen(request: AnyRequest, found: Person, form: Form) -> Response[Any]:
    return page(
        request,
        "desk/people/leaving.html",
        status=status_of(request, form),
        form=form,
        person=found,
        learning=[one for one in await enrolments_of(found.id) if not one.run.ends_at or one.run.ends_at > now()],
        reasons=[(one, _(said)) for one, said in REASONS.items()],
    )


def _said(freed: int) -> str:
    if not freed:
        return _("Written down. Card and sign-ins have ended.")
    return ngettext(
        "Written down. Card and sign-ins have ended; %(n)s course was left, and the next in line were told.",
        "Written down. Card and sign-ins have ended; %(n)s courses were left, and the next in line were told.",
        freed,
    )
