"""What lies at the desk for one person: a signature of a relative, whom to ring, the health notice agreed to."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.ground.clock import today
from elderlearn.ground.errors import Refusal
from elderlearn.locale import _
from elderlearn.people.consents import HEALTH_VERSION, consents_of, give
from elderlearn.people.emergency_contact import contact_of, put_contact, see_contact
from elderlearn.people.papers import end_paper, papers_of, put_paper
from elderlearn.people.queries import Person
from elderlearn.web.desk.person_forms import complain
from elderlearn.web.desk.reach import able, by, person_of
from elderlearn.web.shell.again import once, send_back, status_of, typed_before
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.page import AnyRequest, go, page
from elderlearn.web.shell.shown_once import go_and_show, shown, to_show

ACTION = "change_resident"


@get("/people/{resident_id:int}/on-file")
async def show_on_file(request: AnyRequest, resident_id: FromPath[int]) -> Response[Any]:
    """All three, each with its own small form; numbers stay masked."""
    found, path = await person_of(request, resident_id, ACTION), f"/desk/people/{resident_id}/on-file"
    number = to_show(request, path).get("contact", "")
    return shown(request, once(request, await _screen(request, found, typed_before(request), number)), path)


@post("/people/{resident_id:int}/papers", status_code=200)
async def take_paper(request: AnyRequest, resident_id: FromPath[int]) -> Response[Any]:
    """The signed paper lies here from now on; what it says is not typed in."""
    found = await person_of(request, resident_id, ACTION)
    form = await read_form(request)
    since = form.day("on_file_since", need=_("Please write since when the paper is here."))
    until = form.day("until")
    if since and form.is_good:
        try:
            await put_paper(found.id, "relative_signature", on_file_since=since, until=until, by=by(request))
        except Refusal as refusal:
            complain(form, refusal, "until" if since <= today() else "on_file_since")
    return await _done_or_again(request, found, form, _("The paper is on file."))


@post("/people/{resident_id:int}/papers/{paper_id:int}/end", status_code=200)
async def end_paper_here(
    request: AnyRequest, resident_id: FromPath[int], paper_id: FromPath[int]
) -> Response[Any]:
    """Taken back, or written down by mistake; twice is the same."""
    found = await person_of(request, resident_id, ACTION)
    await end_paper(found.id, id_in_address(paper_id), by=by(request))
    return go(request, f"/desk/people/{found.id}/on-file", said=_("The paper is off the file."), tone="wait")


@post("/people/{resident_id:int}/contact", status_code=200)
async def take_contact(request: AnyRequest, resident_id: FromPath[int]) -> Response[Any]:
    """The one to ring from now on."""
    found = await person_of(request, resident_id, ACTION)
    form = await read_form(request)
    name = form.text("name", limit=60, need=_("Please write the name."))
    phone = form.text("phone", limit=30, need=_("Please write the telephone number."))
    if form.is_good:
        try:
            await put_contact(found.id, name, phone, by=by(request))
        except Refusal as refusal:
            complain(form, refusal)
    return await _done_or_again(request, found, form, _("The contact is written down."))


@post("/people/{resident_id:int}/contact/number", status_code=200)
async def show_contact_number(request: AnyRequest, resident_id: FromPath[int]) -> Response[Any]:
    """Something has happened: the full number, once, with a reason that stays in the trail."""
    found = await person_of(request, resident_id, ACTION)
    form = await read_form(request)
    try:
        number = await see_contact(found.id, reason=form.text("reason"), by=by(request))
    except Refusal as refusal:
        complain(form, refusal)
        return await _again(request, found, form)
    return go_and_show(request, f"/desk/people/{found.id}/on-file", {"contact": number})


@post("/people/{resident_id:int}/health-notice", status_code=200)
async def take_health_notice(request: AnyRequest, resident_id: FromPath[int]) -> Response[Any]:
    """Read to her here, and she agrees."""
    found = await person_of(request, resident_id, ACTION)
    form = await read_form(request)
    if not form.ticked("agrees"):
        form.complain("agrees", _("Please read the notice to her and ask whether she agrees."))
    else:
        await give(found.id, "health", HEALTH_VERSION, "read_at_desk", by=by(request))
    return await _done_or_again(request, found, form, _("Written down: she agrees to the health notice."))


@get(
    [
        "/people/{resident_id:int}/papers",
        "/people/{resident_id:int}/contact",
        "/people/{resident_id:int}/contact/number",
        "/people/{resident_id:int}/health-notice",
    ]
)
async def ask_on_file_again(request: AnyRequest, resident_id: FromPath[int]) -> Response[Any]:
    """Where a reload lands."""
    return go(request, f"/desk/people/{resident_id}/on-file")


async def _done_or_again(request: AnyRequest, found: Person, form: Form, said: str) -> Response[Any]:
    if form.is_good:
        return go(request, f"/desk/people/{found.id}/on-file", said=said)
    return await _again(request, found, form)


async def _again(request: AnyRequest, found: Person, form: Form) -> Response[Any]:
    return send_back(request, f"/desk/people/{found.id}/on-file", form) or await _screen(request, found, form)


async def _screen(request: AnyRequest, found: Person, form: Form, number: str = "") -> Response[Any]:
    if "on_file_since" not in form.errors:
        form.typed.setdefault("on_file_since", [today().isoformat()])
    agreed = {(one.purpose, one.version) for one in await consents_of(found.id)}
    return page(
        request,
        "desk/people/on_file.html",
        status=status_of(request, form),
        form=form,
        person=found,
        papers=await papers_of(found.id),
        contact=await contact_of(found.id),
        number=number,
        may_enrol=able(request, "enrol_other") and found.state != "died",
        has_agreed=("health", HEALTH_VERSION) in agreed,
        today=today(),
    )
