"""One session of a run: moved, called off, or held after all; everybody concerned gets the reason."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.session_queries import SessionCard, session_card
from elderlearn.checkin.change_session import change_session
from elderlearn.ground.errors import Refusal
from elderlearn.locale import _
from elderlearn.web.planning import reach
from elderlearn.web.planning.moments import typed_clock, typed_day
from elderlearn.web.planning.new_run import chosen_id
from elderlearn.web.planning.run_forms import read_times, time_fields
from elderlearn.web.planning.sentences import blame
from elderlearn.web.planning.sheet import Field, Sheet, show
from elderlearn.web.planning.where_and_who import where_fields
from elderlearn.web.shell.dates import when
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.page import AnyRequest, go

LONGEST = 200


@get("/sessions/{session_id:int}/edit")
async def edit_session(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """As it is."""
    one = await _session(request, session_id)
    form = Form.of(
        on=typed_day(one.starts_at),
        starts=typed_clock(one.starts_at),
        ends=typed_clock(one.ends_at),
        venue=one.venue_id,
        teacher=one.teacher_id,
    )
    return show(request, await _sheet(request, one), form)


@post("/sessions/{session_id:int}/edit", status_code=200)
async def change_session_here(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """Changed, with a message to everybody concerned; nothing different, nobody told."""
    one = await _session(request, session_id)
    form = await read_form(request)
    times, reason = read_times(form), _reason(form)
    sheet = await _sheet(request, one)
    if times is not None and form.is_good:
        venue, teacher = (list(field.options) for field in sheet.fields if field.kind == "select")
        try:
            await change_session(
                one.id,
                reason=reason,
                by=reach.by(request),
                starts_at=times.starts_at,
                ends_at=times.ends_at,
                venue_id=chosen_id(form, "venue", venue),
                teacher_id=chosen_id(form, "teacher", teacher),
            )
        except Refusal as refusal:
            blame(form, refusal, otherwise="on")
        else:
            return _back(request, one, _("The session was changed. Everybody concerned gets a message."))
    return show(request, sheet, form)


@get("/sessions/{session_id:int}/calling-off")
async def ask_calling_off(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """Why? For a session called off already: hold it after all, and why."""
    return show(request, _calling_off(await _session(request, session_id)), Form())


@post("/sessions/{session_id:int}/calling-off", status_code=200)
async def call_off_here(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """`state` says which of the two was meant, so that sending it twice does not undo it."""
    one = await _session(request, session_id)
    form = await read_form(request)
    reason = _reason(form)
    state = "planned" if form.value("state") == "planned" else "called_off"
    if form.is_good:
        try:
            await change_session(one.id, reason=reason, state=state, by=reach.by(request))
        except Refusal as refusal:
            blame(form, refusal, otherwise="reason")
        else:
            off = _("The session is called off. Everybody concerned gets a message.")
            on = _("The session takes place after all. Everybody concerned gets a message.")
            return _back(request, one, off if state == "called_off" else on)
    return show(request, _calling_off(one), form)


async def _session(request: AnyRequest, session_id: int) -> SessionCard:
    reach.need(request, "change_session")
    one = await session_card(id_in_address(session_id))
    await reach.run_of(request, one.run_id)
    return one


def _back(request: AnyRequest, one: SessionCard, said: str) -> Response[Any]:
    return go(request, f"/planning/runs/{one.run_id}#sessions", said=said)


def _reason(form: Form) -> str:
    return form.text("reason", limit=LONGEST, need=_("Please write the reason. Everybody concerned will read it."))


def _reason_field() -> Field:
    return Field("reason", _("Reason"), limit=LONGEST, hint=_("Everybody concerned reads it in the message."))


async def _sheet(request: AnyRequest, one: SessionCard) -> Sheet:
    fields = [*time_fields(), *await where_fields(request, one.organisation_id, one.district_id), _reason_field()]
    title = _("Change the session of %(when)s", when=when(one.starts_at))
    return Sheet(title, fields, _("Change and tell everybody"), f"/planning/runs/{one.run_id}", one.title)


def _calling_off(one: SessionCard) -> Sheet:
    is_off = one.state == "called_off"
    fields = [_reason_field(), Field("state", "", "hidden", hint="planned" if is_off else "called_off")]
    back = f"/planning/runs/{one.run_id}"
    if is_off:
        title = _("Hold after all: %(when)s", when=when(one.starts_at, one.ends_at))
        return Sheet(title, fields, _("Hold it and tell everybody"), back, one.title)
    title = _("Call off: %(when)s", when=when(one.starts_at, one.ends_at))
    lead = _("While it is called off it counts for nobody.")
    return Sheet(title, fields, _("Call off and tell everybody"), back, one.title, lead, is_end=True)
