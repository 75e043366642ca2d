"""A session of hers, or nothing at all."""

from __future__ import annotations

from typing import Any

from litestar import Request

from elderlearn.catalogue.session_queries import SessionCard, session_card
from elderlearn.checkin.reach import check_reach
from elderlearn.ground.actor import Actor
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.ids import id_in_address


def leader(request: Request[Any, Any, Any]) -> Actor:
    """Whoever is signed in, as the one who did it."""
    return Actor("staff", signed_in(request).id, "leader")


async def her_session(request: Request[Any, Any, Any], session_id: int, action: str = "scan") -> SessionCard:
    """The session when whoever is signed in may do `action` there. Raises Missing."""
    await check_reach([id_in_address(session_id)], leader(request), action)
    return await session_card(session_id)


def session_path(session_id: int, page: str = "") -> str:
    """Where the pages of a session live."""
    return f"/lead/sessions/{session_id}" + (f"/{page}" if page else "")
