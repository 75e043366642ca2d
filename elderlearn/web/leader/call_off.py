"""Calling a session off, or holding it after all: a reason, a page that says who will be told, then it is done."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from elderlearn.checkin.change_session import change_session
from elderlearn.checkin.queries import presence_of
from elderlearn.checkin.would_be_told import would_be_told
from elderlearn.ground.errors import Refusal
from elderlearn.locale import _
from elderlearn.web.leader.change import change_page
from elderlearn.web.leader.hers import her_session, leader, session_path
from elderlearn.web.leader.reasons import CALL_OFF, RESTORE, read_reason
from elderlearn.web.leader.refusals import REFUSALS
from elderlearn.web.shell.forms import read_form, read_query
from elderlearn.web.shell.page import go, page
from elderlearn.web.shell.refusals import sentence

AnyRequest = Request[Any, Any, Any]


@get("/sessions/{session_id:int}/call-off")
async def ask_call_off(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """The reason stands in the address; nobody was told yet."""
    return await _ask(request, session_id, "called_off")


@get("/sessions/{session_id:int}/hold")
async def ask_hold(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """The same before it takes place after all."""
    return await _ask(request, session_id, "planned")


@post("/sessions/{session_id:int}/call-off", status_code=200)
async def call_off(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """Twice is the same; nobody is told twice."""
    return await _put_state(request, session_id, "called_off")


@post("/sessions/{session_id:int}/hold", status_code=200)
async def hold(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """It takes place after all."""
    return await _put_state(request, session_id, "planned")


async def _ask(request: AnyRequest, session_id: int, state: str) -> Response[Any]:
    session = await her_session(request, session_id, "change_session")
    form = read_query(request)
    reason = read_reason(form, CALL_OFF if state == "called_off" else RESTORE)
    if session.state == state:
        return go(request, session_path(session.id, "change"))
    if not form.is_good:
        return await change_page(request, session, form, status=422)
    return page(
        request,
        "leader/sessions/call_off.html",
        one=session,
        is_off=state == "called_off",
        reason=reason,
        form=form,
        told=await would_be_told(session.id, by=leader(request)),
        here=(await presence_of([session.id]))[session.id].present,
    )


async def _put_state(request: AnyRequest, session_id: int, state: str) -> Response[Any]:
    session = await her_session(request, session_id, "change_session")
    form = await read_form(request)
    reason = read_reason(form, CALL_OFF if state == "called_off" else RESTORE)
    refused = "".join(form.errors.values())
    if not refused:
        try:
            await change_session(session.id, state=state, reason=reason, by=leader(request))
        except Refusal as refusal:
            refused = sentence(refusal, REFUSALS)
    if refused:
        return go(request, session_path(session.id, "change"), said=refused, tone="no")
    said = _("It is called off.") if state == "called_off" else _("It takes place after all.")
    return go(request, session_path(session.id, "told"), said=said)
