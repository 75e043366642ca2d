"""A sign-in that lasts longer now: the browser is told to keep its cookie as long."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

from elderlearn.people.sign_in.who import SignedIn
from elderlearn.web.shell.viewer import COOKIE, sign_in_cookie


async def keep_signed_in(message: Message, scope: Scope) -> None:
    """Litestar's `before_send`. An answer that signs in or out itself says what becomes of the cookie."""
    if message["type"] != "http.response.start":
        return
    person: SignedIn | None = scope.get("state", {}).get("viewer")
    if person is None or not person.is_prolonged:
        return
    headers = MutableScopeHeaders.from_message(message)
    if any(one.startswith(f"{COOKIE}=") for one in headers.getall("set-cookie", [])):
        return
    token = ASGIConnection[Any, Any, Any, Any](scope).cookies.get(COOKIE, "")
    headers.add("set-cookie", sign_in_cookie(token, person.role or person.kind).to_header(header=""))
