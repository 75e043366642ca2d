"""Somebody's number is typed: the way in that works on any phone, without camera and without JavaScript."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from litestar import Request, Response, post
from litestar.params import FromPath

from elderlearn.checkin.items import read_item
from elderlearn.checkin.reach import check_reach
from elderlearn.checkin.receive import ScanVerdict, receive
from elderlearn.ground.clock import now
from elderlearn.locale import _
from elderlearn.web.leader.sentences import SAID, TONES, verdict_in_words
from elderlearn.web.leader.session import leader, session_page
from elderlearn.web.shell.forms import read_form
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.page import go


@post("/sessions/{session_id:int}/typed", status_code=200)
async def type_number(request: Request[Any, Any, Any], session_id: FromPath[int]) -> Response[Any]:
    """One number or code, one sentence; what was refused stays in the field."""
    await check_reach([id_in_address(session_id)], leader(request))
    form = await read_form(request)
    code = form.text("code", limit=300, need=_("Please type the 8 digits under the code."))
    if not form.is_good:
        return await session_page(request, session_id, form, status=422)
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
        form.complain("code", verdict_in_words(verdict))
        return await session_page(request, session_id, form, status=422)
    return go(request, f"/lead/sessions/{session_id}", said=_said(verdict), tone=TONES[verdict.verdict])


def _said(verdict: ScanVerdict) -> str:
    return _(SAID, name=verdict.name or "", verdict=verdict_in_words(verdict)).strip()
