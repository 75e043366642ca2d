"""Somebody was checked in by mistake: taken back, with a reason. Nothing is deleted."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from elderlearn.checkin.at_hand import AtHand, at_hand
from elderlearn.checkin.queries import attendance
from elderlearn.checkin.void import void
from elderlearn.checkin.who_scanned import who_scanned
from elderlearn.ground.errors import Missing
from elderlearn.locale import _
from elderlearn.web.leader.hers import her_session, leader, session_path
from elderlearn.web.leader.part import part
from elderlearn.web.leader.reasons import UNDO, buttons, read_reason
from elderlearn.web.shell.forms import Form, read_form, read_query
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.page import go, page
from elderlearn.web.shell.phone_words import phone_words

AnyRequest = Request[Any, Any, Any]


@get("/sessions/{session_id:int}/undo")
async def choose_undo(request: AnyRequest, session_id: FromPath[int]) -> Response[str]:
    """Everybody who is here, the last first, each a link that tells namesakes apart."""
    session = await her_session(request, session_id, "void")
    here = [one for one in await at_hand(session_id, by=leader(request)) if one.is_here]
    here.sort(key=lambda one: (one.came_at or session.starts_at, one.attendance_id or 0), reverse=True)
    listed = part(here, read_query(request), session_path(session_id, "undo"))
    return page(request, "leader/sessions/undo.html", one=session, people=listed, is_anybody=bool(here))


@get("/attendances/{attendance_id:int}/undo")
async def ask_undo(request: AnyRequest, attendance_id: FromPath[int]) -> Response[str]:
    """Why, as big buttons."""
    return await _ask(request, attendance_id)


@post("/attendances/{attendance_id:int}/undo", status_code=200)
async def undo(request: AnyRequest, attendance_id: FromPath[int]) -> Response[Any]:
    """It counts nothing from now on; twice is the same."""
    facts = await attendance(id_in_address(attendance_id), by=leader(request))
    form = await read_form(request)
    reason = read_reason(form, UNDO)
    if not form.is_good:
        address = f"/lead/attendances/{facts.id}/undo"
        return go(request, address, said=_("Please choose a reason, or write one."), tone="no")
    await void(facts.id, reason=reason, by=leader(request))
    return go(request, session_path(facts.session_id), said=_("Taken back. She does not count as here."))


async def _ask(request: AnyRequest, attendance_id: int) -> Response[Any]:
    facts = await attendance(id_in_address(attendance_id), by=leader(request))
    session = await her_session(request, facts.session_id, "void")
    if facts.voided_at is not None:
        return go(request, session_path(session.id), said=_("Taken back. She does not count as here."))
    who = _who(await at_hand(session.id, by=leader(request)), facts.id)
    return page(
        request,
        "leader/sessions/undo_one.html",
        one=session,
        who=who,
        scanner=await who_scanned(facts.id),
        phone_words=phone_words,
        form=Form(),
        reasons=buttons(UNDO),
    )


def _who(people: list[AtHand], attendance_id: int) -> AtHand:
    for one in people:
        if one.attendance_id == attendance_id:
            return one
    raise Missing
