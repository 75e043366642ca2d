"""Somebody's number is typed: the way in that works on any phone, without camera and without JavaScript."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from litestar import Request, Response, post
from litestar.params import FromPath

from elderlearn.checkin.items import read_item
from elderlearn.checkin.receive import ScanVerdict, receive
from elderlearn.ground.clock import now
from elderlearn.locale import _
from elderlearn.web.leader.hers import her_session, leader, session_path
from elderlearn.web.leader.sentences import SAID
from elderlearn.web.shell.again import send_back
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.page import go
from elderlearn.web.shell.scan_words import TONES, verdict_in_words


@post("/sessions/{session_id:int}/typed", status_code=200)
async def type_number(request: Request[Any, Any, Any], session_id: FromPath[int]) -> Response[Any]:
    """One number or code, one sentence; what was refused stays in the field."""
    session = await her_session(request, session_id)
    form = await read_form(request)
    code = form.text("code", limit=300, need=_("Please type the 8 digits under the code."))
    if not form.is_good:
        return _again(request, session_id, form)
    scan = read_item(
        {
            "scan_id": str(uuid4()),
            "session_id": session_id,
            "code": code,
            "scanned_at": now(),
            "method": "typed",
        }
    )
    [verdict] = await receive([scan], by=leader(request))
    if verdict.verdict in ("refused", "retry"):
        form.complain("code", verdict_in_words(verdict, has_list=session.entry != "drop_in"))
        return _again(request, session_id, form)
    return go(request, session_path(session_id, "scan"), said=_said(verdict), tone=TONES[verdict.verdict])


def _again(request: Request[Any, Any, Any], session_id: int, form: Form) -> Response[Any]:
    form.typed = {"code": [form.value("code")[:300]]}
    path = session_path(session_id, "scan")
    return send_back(request, path, form) or go(request, path, said=form.errors["code"], tone="no")


def _said(verdict: ScanVerdict) -> str:
    return _(SAID, name=verdict.name or "", verdict=verdict_in_words(verdict)).strip()
