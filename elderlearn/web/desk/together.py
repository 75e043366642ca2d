"""Two come to the desk and want the same course as one: both get a seat, or both wait side by side."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.queries import RunCard, run_card
from elderlearn.enrolment.enrol_together import enrol_together
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.locale import _
from elderlearn.people.queries import Person
from elderlearn.people.search import find_people
from elderlearn.people.search_words import LONGEST
from elderlearn.web.desk.channel import channel_of
from elderlearn.web.desk.reach import by, person_of, place_and_district
from elderlearn.web.desk.why_not import why_not
from elderlearn.web.shell.again import once, send_back, status_of, typed_before
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.page import AnyRequest, go, page


@get("/people/{resident_id:int}/enrolments/{run_id:int}/together")
async def ask_other(request: AnyRequest, resident_id: FromPath[int], run_id: FromPath[int]) -> Response[Any]:
    """Who is the other one?"""
    found = await person_of(request, resident_id, "enrol_other")
    return once(request, _screen(request, found, await _run(found, run_id), typed_before(request)))


@post("/people/{resident_id:int}/enrolments/{run_id:int}/together", status_code=200)
async def enrol_both(request: AnyRequest, resident_id: FromPath[int], run_id: FromPath[int]) -> Response[Any]:
    """Both or neither; a refusal says whom it is about. Sent twice, it says how they stand."""
    found = await person_of(request, resident_id, "enrol_other")
    run = await _run(found, run_id)
    form = await read_form(request)
    other = await _other(request, form)
    if other is None:
        return _again(request, found, run, form)
    try:
        both = await enrol_together(run.id, found.id, other.id, channel_of(request, form), by=by(request))
    except Refusal as refusal:
        whose = {found.id: found.name, other.id: other.name}.get(refusal.values.get("resident_id"), "")  # type: ignore[call-overload]
        form.complain(
            "words", _("%(title)s: %(why)s", title=whose, why=why_not(refusal)) if whose else why_not(refusal)
        )
        return _again(request, found, run, form)
    if all(one.state == "seated" for one in both):
        told = _("Both have a seat in %(title)s.", title=run.title)
    else:
        told = _("There are no two seats now: both wait in line for %(title)s, side by side.", title=run.title)
    return go(request, f"/desk/people/{found.id}#courses", said=told)


async def _run(found: Person, run_id: int) -> RunCard:
    """Raises Missing."""
    run = await run_card(id_in_address(run_id))
    if run.district_id != found.district_id or run.course_state == "draft":
        raise Missing
    return run


async def _other(request: AnyRequest, form: Form) -> Person | None:
    """Exactly one whom this desk may enrol; else a complaint."""
    place_id, district_id = place_and_district(request, "enrol_other")
    words = form.text("words", limit=LONGEST, need=_("Please write who the other one is."))
    if not form.is_good:
        return None
    found = await find_people(words, place_id=place_id, district_id=district_id, limit=2)
    if found.how_many > 1:
        form.complain("words", _("Several people fit. Please scan the card or write the number."))
        return None
    try:
        return await person_of(request, found.people[0].id if found.people else 0, "enrol_other")
    except Missing:
        form.complain("words", _("Nobody was found. Please look at it again, or register the other one first."))
        return None


def _again(request: AnyRequest, found: Person, run: RunCard, form: Form) -> Response[Any]:
    return send_back(request, request.url.path, form) or _screen(request, found, run, form)


def _screen(request: AnyRequest, found: Person, run: RunCard, form: Form) -> Response[Any]:
    return page(
        request,
        "desk/people/together.html",
        status=status_of(request, form),
        person=found,
        run=run,
        form=form,
    )
