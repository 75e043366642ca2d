"""Somebody is here without her card: her name is ticked."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, post
from litestar.params import FromPath

from elderlearn.checkin.at_hand import at_hand
from elderlearn.checkin.tick import tick
from elderlearn.ground.errors import Missing
from elderlearn.locale import _
from elderlearn.web.leader.hers import leader, session_path
from elderlearn.web.leader.part import part
from elderlearn.web.leader.sentences import TICKS
from elderlearn.web.leader.session import session_page
from elderlearn.web.shell.forms import read_form
from elderlearn.web.shell.ids import id_in_address, id_sent
from elderlearn.web.shell.page import go, is_htmx


@post("/sessions/{session_id:int}/ticks", status_code=200)
async def tick_person(request: Request[Any, Any, Any], session_id: FromPath[int]) -> Response[Any]:
    """A name of the list; twice is the same. To htmx the list anew, so that the camera stays open."""
    form = await read_form(request)
    resident_id = id_sent(form.value("resident_id"))
    listed = {one.id for one in await at_hand(id_in_address(session_id), by=leader(request))}
    if resident_id is None or resident_id not in listed:
        raise Missing
    sheet = await tick(session_id, resident_id, by=leader(request))
    refused = [_(TICKS[one.reason]) for one in sheet.refused]
    if is_htmx(request):
        return await session_page(request, session_id, asked=form, said=refused[0] if refused else None, tone="no")
    back = part([], form, session_path(session_id)).here
    if refused:
        return go(request, back, said=refused[0], tone="no")
    return go(request, back, said=_("Ticked: here."))
