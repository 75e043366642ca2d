"""What may be changed at a session: the reasons to call it off, and the way to another time, room or teacher."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from elderlearn.catalogue.session_queries import SessionCard
from elderlearn.ground.trail_queries import changes_of
from elderlearn.web.leader.hers import her_session
from elderlearn.web.leader.reasons import CALL_OFF, RESTORE, buttons
from elderlearn.web.shell.forms import Form
from elderlearn.web.shell.page import page

AnyRequest = Request[Any, Any, Any]
CHANGES = 5


@get("/sessions/{session_id:int}/change")
async def ask_change(request: AnyRequest, session_id: FromPath[int]) -> Response[str]:
    """Reasons as big buttons; nothing happens before the next page was confirmed."""
    return await change_page(request, await her_session(request, session_id, "change_session"), Form())


async def change_page(
    request: AnyRequest, session: SessionCard, form: Form, *, status: int = 200
) -> Response[str]:
    """The same page when the reason was missing."""
    is_off = session.state == "called_off"
    return page(
        request,
        "leader/sessions/change.html",
        status=status,
        one=session,
        form=form,
        reasons=buttons(RESTORE if is_off else CALL_OFF),
        to="hold" if is_off else "call-off",
        changes_list=await changes_of("session", session.id, CHANGES),
    )
