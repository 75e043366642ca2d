"""What a physical course asks for: whom to ring in an emergency, and the health notice. Then the seat at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Response, get, post

from elderlearn.catalogue.conditions import conditions_of
from elderlearn.catalogue.queries import RunCard, run_card
from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.way_out import way_out
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.locale import _
from elderlearn.people.consents import HEALTH_VERSION, consents_of, give
from elderlearn.people.emergency_contact import Contact, contact_of, put_contact
from elderlearn.web.resident.sentences import why_not
from elderlearn.web.shell.draft import done, draft, go_on
from elderlearn.web.shell.forms import Form, read_form, read_query
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.ids import BIGGEST_ID
from elderlearn.web.shell.page import AnyRequest, go, page

STEPS = "/my/before-class"
FOR_TWO = ("together", "family")  # the pages of a course where two are asked for as one
CAN_BE_MENDED = ("contact_needed", "health_notice_needed")


@dataclass(frozen=True)
class OnFile:
    """What she has given already, and what the run she comes from asks for."""

    run: RunCard | None
    contact: Contact | None
    has_agreed: bool
    needs_contact: bool
    needs_health_notice: bool


def where_to_mend(refusal: Refusal, run_id: int, *, then: str = "") -> str | None:
    """The page that asks for what is missing and takes the seat then, or leads back to where two of them are
    asked for; none when she cannot mend it herself."""
    address = f"{STEPS}?run={run_id}" + (f"&then={then}" if then else "")
    return address if refusal.code in CAN_BE_MENDED else None


@get("/my/before-class")
async def ask_before_class(request: AnyRequest) -> Response[Any]:
    """`run`: the course she wants a seat in; without it only what is on file."""
    asked, typed = read_query(request), draft(request)
    form = typed if typed.value("run") == asked.value("run") else asked
    return _screen(request, form, await _on_file(request, asked))


@post("/my/before-class", status_code=200)
async def take_before_class(request: AnyRequest) -> Response[Any]:
    """Written down, and her seat asked for again, so that the first press was not in vain."""
    me, form = signed_in(request).id, await read_form(request)
    there = await _on_file(request, form)
    name, phone = _read(form, there)
    if form.is_good:
        await _write(me, form, name, phone)
    then = form.value("then") if there.run and form.value("then") in FOR_TWO else ""
    if not form.is_good:
        address = f"{STEPS}?run={there.run.id}" if there.run else STEPS
        return go_on(request, f"{address}&then={then}" if then else address, STEPS, form)
    return done(request, STEPS, await _led_on(request, me, there.run, then))


async def _led_on(request: AnyRequest, me: int, run: RunCard | None, then: str) -> Response[None]:
    if run is None or then:
        address = f"/courses/{run.id}/{then}" if run else "/my/details"
        return go(request, address, said=_("Thank you. It is written down."))
    try:
        await enrol(run.id, me, "self", by=_by(me))
    except Refusal as refusal:
        address = f"/courses/{run.id}/enrolments?way={way_out(refusal)}"
        return go(request, address, said=why_not(refusal), tone="no")
    return go(request, f"/courses/{run.id}#seats")


async def _on_file(request: AnyRequest, form: Form) -> OnFile:
    """Raises Missing for a course nobody can see."""
    me = signed_in(request).id
    run_id = form.number("run", low=1, high=BIGGEST_ID)
    if form.value("run") and run_id is None:
        raise Missing
    run = await run_card(run_id) if run_id is not None else None
    if run is not None and run.course_state == "draft":
        raise Missing
    contact = await contact_of(me)
    agreed = ("health", HEALTH_VERSION) in {(one.purpose, one.version) for one in await consents_of(me)}
    rules = (await conditions_of(run.id)).rules if run else None
    return OnFile(
        run=run,
        contact=contact,
        has_agreed=agreed,
        needs_contact=bool(rules and rules.needs_contact and contact is None),
        needs_health_notice=bool(rules and rules.needs_health_notice and not agreed),
    )


def _read(form: Form, there: OnFile) -> tuple[str, str]:
    """With all complaints; a contact on file stays when both fields are empty."""
    name, phone = form.text("name", limit=60), form.text("phone", limit=30)
    if there.needs_contact or name or phone:
        form.text("name", need=_("Please write her or his name."))
        form.text("phone", need=_("Please write her or his telephone number."))
    if there.needs_health_notice and not form.ticked("health"):
        form.complain("health", _("Please read the notice and put the tick, or ring us."))
    return name, phone


async def _write(me: int, form: Form, name: str, phone: str) -> None:
    if name and phone:
        try:
            await put_contact(me, name, phone, by=_by(me))
        except Refusal as refusal:
            is_name = refusal.code == "invalid_name"
            form.complain("name" if is_name else "phone", why_not(refusal))
            return
    if form.ticked("health"):
        await give(me, "health", HEALTH_VERSION, "phone", by=_by(me))


def _screen(request: AnyRequest, form: Form, there: OnFile) -> Response[Any]:
    return page(
        request,
        "resident/details/before_class.html",
        status=200 if form.is_good else 422,
        form=form,
        there=there,
        then=form.value("then") if there.run and form.value("then") in FOR_TWO else "",
    )


def _by(resident_id: int) -> Actor:
    return Actor("resident", resident_id, "resident")
