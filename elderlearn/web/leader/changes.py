"""One session is called off, takes place after all, or moves: two taps, and everybody concerned is told."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.activities import teachers_at, venues_around
from elderlearn.catalogue.session_queries import SessionCard
from elderlearn.checkin.change_session import change_session
from elderlearn.ground.errors import Refusal
from elderlearn.ground.trail_queries import changes_of
from elderlearn.locale import _
from elderlearn.web.leader.clock_fields import filled, lengths, read_times
from elderlearn.web.leader.hers import her_session, session_path
from elderlearn.web.leader.reasons import CALL_OFF, RESTORE, buttons, read_reason
from elderlearn.web.leader.refusals import REFUSALS
from elderlearn.web.leader.session import leader
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.ids import BIGGEST_ID
from elderlearn.web.shell.page import go, page
from elderlearn.web.shell.refusals import sentence

AnyRequest = Request[Any, Any, Any]
CHANGES = 5
FIELDS = {"unknown_venue": "venue_id", "unknown_teacher": "teacher_id", "reason_needed": "other"}


@get("/sessions/{session_id:int}/change")
async def ask_change(request: AnyRequest, session_id: FromPath[int]) -> Response[str]:
    """The reasons to call it off as big buttons; below, another time, room or teacher."""
    session = await her_session(request, session_id, "change_session")
    return await _ask(request, session, Form())


@post("/sessions/{session_id:int}/call-off", status_code=200)
async def call_off(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """Twice is the same; nobody is told twice."""
    return await _put_state(request, session_id, "called_off")


@post("/sessions/{session_id:int}/hold", status_code=200)
async def hold(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """It takes place after all."""
    return await _put_state(request, session_id, "planned")


@post("/sessions/{session_id:int}/change", status_code=200)
async def move(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """Another time, room or teacher; what stays as it was is left alone."""
    session = await her_session(request, session_id, "change_session")
    form = await read_form(request)
    times = read_times(form, present=_minutes(session))
    reason = read_reason(form, CALL_OFF, "words")
    venue_id = form.number("venue_id", low=1, high=BIGGEST_ID)
    teacher_id = form.number("teacher_id", low=1, high=BIGGEST_ID)
    if times is not None and form.is_good:
        try:
            await change_session(
                session.id, starts_at=times.starts_at, ends_at=times.ends_at, venue_id=venue_id,
                teacher_id=teacher_id, reason=reason, by=leader(request),
            )  # fmt: skip
        except Refusal as refusal:
            form.complain(FIELDS.get(refusal.code, "starts"), sentence(refusal, REFUSALS))
    if not form.is_good:
        return await _ask(request, session, form, status=422)
    return go(request, session_path(session.id, "told"), said=_("The change is written down."))


async def _put_state(request: AnyRequest, session_id: int, state: str) -> Response[Any]:
    session = await her_session(request, session_id, "change_session")
    form = await read_form(request)
    reason = read_reason(form, CALL_OFF if state == "called_off" else RESTORE)
    if form.is_good:
        try:
            await change_session(session.id, state=state, reason=reason, by=leader(request))
        except Refusal as refusal:
            form.complain("other", sentence(refusal, REFUSALS))
    if not form.is_good:
        return await _ask(request, session, form, status=422)
    said = _("It is called off.") if state == "called_off" else _("It takes place after all.")
    return go(request, session_path(session.id, "told"), said=said)


async def _ask(request: AnyRequest, session: SessionCard, form: Form, *, status: int = 200) -> Response[str]:
    minutes = _minutes(session)
    form.typed = {**Form.of(**filled(session.starts_at, minutes)).typed, **form.typed}
    rooms = [(one.id, one.name) for one in await venues_around(session.organisation_id)]
    return page(
        request,
        "leader/sessions/change.html",
        status=status,
        one=session,
        form=form,
        call_off=buttons(CALL_OFF),
        restore=buttons(RESTORE),
        lengths=lengths(minutes),
        venues=[one for one in rooms if one[0] != session.venue_id],
        teachers=[one for one in await teachers_at(session.organisation_id) if one[0] != session.teacher_id],
        changes_list=await changes_of("session", session.id, CHANGES),
    )


def _minutes(session: SessionCard) -> int:
    return int((session.ends_at - session.starts_at).total_seconds() // 60)
