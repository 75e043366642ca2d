"""The scanner: one session, one page, one big thing at a time; and the list to begin with in a hall."""

from __future__ import annotations

from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from elderlearn.web.leader.hers import her_session, session_path
from elderlearn.web.leader.pack import sessions_at_hand
from elderlearn.web.shell.again import once, typed_before
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.page import AnyRequest, page
from elderlearn.web.shell.scanning import Scanner, scanner_page


@get("/sessions/{session_id:int}/scan")
async def show_scanner(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """It opens before the session too, so that the phone has it when the hall has no network. Raises Missing."""
    session = await her_session(request, session_id)
    path = session_path(session_id)
    scanner = Scanner(
        who=f"staff:{signed_in(request).id}",
        scans="/lead/scans",
        pack="/lead/pack",
        typed=f"{path}/typed",
        sign_in=f"/sign-in?next={path}/scan",
        ended="/lead/devices",
        back=path,
        walk_in=f"{path}/walk-in",
    )
    return once(request, await scanner_page(request, session, scanner, typed_before(request)))


@get("/scan")
async def choose_session(request: AnyRequest) -> Response[str]:
    """The sessions of these days. Without a network the phone opens this page instead of any other of hers."""
    return page(request, "leader/sessions/choose.html", sessions=await sessions_at_hand(request))
