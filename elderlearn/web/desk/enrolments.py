"""Enrolling somebody who stands at the window or rings, and giving a seat back for her."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.queries import Wanted, how_many_runs, open_runs, run_card
from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.queries import Standing, enrolments_of, standing
from elderlearn.enrolment.withdraw import withdraw
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.locale import _
from elderlearn.people.queries import Person
from elderlearn.web.desk.channel import CHANNELS, channel_of, kept
from elderlearn.web.desk.reach import by, person_of
from elderlearn.web.desk.why_not import why_not
from elderlearn.web.shell.again import once, send_back, status_of, typed_before
from elderlearn.web.shell.clash import clash_said
from elderlearn.web.shell.forms import Form, read_form, read_query
from elderlearn.web.shell.ids import BIGGEST_ID
from elderlearn.web.shell.lists import A_PAGE, Look
from elderlearn.web.shell.page import AnyRequest, go, page

PUT_ON_FILE = ("signature_needed", "contact_needed", "health_notice_needed")  # on her page, at once


@get("/people/{resident_id:int}/enrolments")
async def choose_run(request: AnyRequest, resident_id: FromPath[int]) -> Response[Any]:
    """Runs one may enrol in now, in the whole district, with their free seats. `channel` is remembered."""
    found = await person_of(request, resident_id, "enrol_other")
    if found.state == "died":
        return go(request, f"/desk/people/{found.id}")
    form = typed_before(request)
    form.typed |= read_query(request).typed
    return once(request, await _screen(request, found, form))


@post("/people/{resident_id:int}/enrolments", status_code=200)
async def enrol_her(request: AnyRequest, resident_id: FromPath[int]) -> Response[Any]:
    """A seat or a place in line; a refusal says why above the same list."""
    found = await person_of(request, resident_id, "enrol_other")
    if found.state == "died":  # written down at another window meanwhile; her page says so
        return go(request, f"/desk/people/{found.id}")
    form = await read_form(request)
    run_id = form.number("run", low=1, high=BIGGEST_ID)
    if run_id is None:
        raise Missing
    run = await run_card(run_id)
    if run.district_id != found.district_id or run.course_state == "draft":
        raise Missing
    try:
        done = await enrol(run.id, found.id, channel_of(request, form), by=by(request))
    except Refusal as refusal:
        why = await clash_said(refusal, found.id, run.id) or why_not(refusal)
        form.complain("run", _("%(title)s: %(why)s", title=run.title, why=why))
        form.typed["put_on_file"] = ["yes"] if refusal.code in PUT_ON_FILE else []
        back = _look(found, form)
        return send_back(request, back.path, form, back.address().removeprefix(back.path)) or await _screen(
            request, found, form
        )
    return go(request, f"/desk/people/{found.id}#courses", said=_said(done.state, done.position, run.title))


@get("/people/{resident_id:int}/enrolments/{enrolment_id:int}/withdrawal")
async def ask_withdrawal(
    request: AnyRequest, resident_id: FromPath[int], enrolment_id: FromPath[int]
) -> Response[Any]:
    """Asks once more, because a seat given back may be gone the next minute."""
    found = await person_of(request, resident_id, "withdraw_other")
    seat = await _hers(found, enrolment_id)
    if seat.state not in ("seated", "waiting", "offered"):
        return go(request, f"/desk/people/{found.id}")
    return page(request, "desk/people/withdraw.html", person=found, seat=seat, run=await run_card(seat.run_id))


@post("/people/{resident_id:int}/enrolments/{enrolment_id:int}/withdrawal", status_code=200)
async def withdraw_her(
    request: AnyRequest, resident_id: FromPath[int], enrolment_id: FromPath[int]
) -> Response[Any]:
    """Given back; twice is harmless."""
    found = await person_of(request, resident_id, "withdraw_other")
    seat = await _hers(found, enrolment_id)
    await withdraw(seat.id, by=by(request))
    title = (await run_card(seat.run_id)).title
    return go(
        request, f"/desk/people/{found.id}#courses", said=_("The seat in %(title)s is given back.", title=title)
    )


def _look(found: Person, form: Form) -> Look:
    return Look.of(f"/desk/people/{found.id}/enrolments", form, ("words",))


async def _screen(request: AnyRequest, found: Person, form: Form) -> Response[Any]:
    look, channel = _look(found, form), channel_of(request, form)
    wanted = Wanted(
        place_id=found.district_id, words=look.given.get("words", "")[:60], is_open=True, not_over=True
    )
    answer = page(
        request,
        "desk/people/enrol.html",
        status=status_of(request, form),
        form=form,
        person=found,
        look=look,
        runs=await open_runs(wanted, limit=A_PAGE, offset=look.offset),
        how_many=await how_many_runs(wanted),
        held={one.run.id: one.enrolment for one in await enrolments_of(found.id)},
        is_missing=form.ticked("put_on_file"),
        channel=channel,
        channels=[(one, _(said)) for one, said in CHANNELS.items()],
        now=now(),
    )
    return kept(request, answer, channel)


async def _hers(found: Person, enrolment_id: int) -> Standing:
    """Raises Missing for another person's."""
    if not 0 < enrolment_id <= BIGGEST_ID:
        raise Missing
    seat = await standing(enrolment_id)
    if seat.resident_id != found.id:
        raise Missing
    return seat


def _said(state: str, position: int | None, title: str) -> str:
    if state == "seated":
        return _("She has a seat in %(title)s.", title=title)
    return _("She is number %(position)s in line for %(title)s.", position=position, title=title)
