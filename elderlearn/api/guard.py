"""Who calls: the bearer token, and whether its role may make this call at all. Closed by default."""

from __future__ import annotations

from typing import Any, cast

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from elderlearn.api.bodies import AnyRequest
from elderlearn.api.errors import NotAllowed, NoToken
from elderlearn.ground.actor import Actor
from elderlearn.people.roles import may
from elderlearn.people.sign_in.who import SignedIn
from elderlearn.people.tokens import who_by_token

LONGEST_TOKEN = 200
SEEN = "api_viewer"


async def guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Lets a call pass only with a token whose role may take the call's `action`.

    A call that names no action is open to nobody. Raises NoToken (401) and NotAllowed (403); what belongs to
    whom is asked later, row by row, and answers 404.
    """
    seen = await _by_token(connection.headers.get("authorization", ""))
    if seen is None:
        raise NoToken
    call = handler.opt.get("call")
    if call is None or not may(seen.role, call.action):
        raise NotAllowed
    connection.scope["state"][SEEN] = seen


def viewer(request: AnyRequest) -> SignedIn:
    """The member of staff behind the token of a guarded call."""
    return cast(SignedIn, request.scope["state"][SEEN])


def actor(request: AnyRequest) -> Actor:
    """The same, as the trail remembers it."""
    return Actor("staff", viewer(request).id, "api")


async def _by_token(header: str) -> SignedIn | None:
    scheme, _, token = header.partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not 0 < len(token) <= LONGEST_TOKEN or not token.isascii():
        return None
    return await who_by_token(token)
