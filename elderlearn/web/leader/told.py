"""Who was told of a change, and the telephone list of those whom messages do not reach."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from elderlearn.checkin.told import ToCall, phone_list, told_about
from elderlearn.locale import N_, _
from elderlearn.web.leader.hers import her_session, leader
from elderlearn.web.shell.page import page

AnyRequest = Request[Any, Any, Any]
WHAT = {
    "session_called_off": N_("It was called off"),
    "session_restored": N_("It takes place after all"),
    "session_changed": N_("It was changed"),
}
WHY = {
    "no_phone": N_("no telephone on file"),
    "landline": N_("a landline: no messages"),
    "not_sent": N_("the message did not arrive"),
}


@get("/sessions/{session_id:int}/told")
async def show_told(request: AnyRequest, session_id: FromPath[int]) -> Response[str]:
    """How many got a message, and the names of those to be called; numbers only when asked for."""
    return await _told(request, session_id)


@get("/sessions/{session_id:int}/told/numbers")
async def show_numbers(request: AnyRequest, session_id: FromPath[int]) -> Response[str]:
    """The same page with the numbers, to be printed; every look at them stays in the trail, a reload too."""
    await her_session(request, session_id, "call_people")
    return await _told(request, session_id, listed=await phone_list(session_id, by=leader(request)))


async def _told(request: AnyRequest, session_id: int, listed: list[ToCall] | None = None) -> Response[str]:
    session = await her_session(request, session_id, "call_people")
    told = await told_about(session.id, by=leader(request))
    return page(
        request,
        "leader/sessions/told.html",
        one=session,
        told=told,
        what=_(WHAT[told.kind]) if told else "",
        to_call=listed if listed is not None else (told.to_call if told else ()),
        with_numbers=listed is not None,
        why={name: _(words) for name, words in WHY.items()},
    )
