"""A helper's pass in her browser: a cookie of its own kind, which opens the helper's door and no other."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import MediaType, Response
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.handlers.base import BaseRouteHandler

from elderlearn.checkin.passes import GRACE, Pass, pass_of
from elderlearn.ground.clock import now
from elderlearn.ground.settings import settings
from elderlearn.web.shell.page import AnyRequest, go, is_htmx

COOKIE = "helper"
PATH = "/helper"

Connection = ASGIConnection[Any, Any, Any, Any]


class PassNeeded(Exception):
    """There is no pass in this browser, or it is over."""


async def load_pass(connection: Connection) -> Pass | None:
    """The pass of this browser, ended or not."""
    key = connection.cookies.get(COOKIE)
    return await pass_of(key) if key else None


async def guard_helper(connection: Connection, _: BaseRouteHandler) -> None:
    """Whoever holds a pass that may still scan, or send what was scanned before midnight."""
    held = await load_pass(connection)
    if held is None or held.state == "over":
        raise PassNeeded
    connection.scope["state"]["pass"] = held


def helper_pass(request: AnyRequest) -> Pass:
    """The pass behind the guarded door."""
    held: Pass = request.scope["state"]["pass"]
    return held


def handle_pass_needed(request: AnyRequest, _needed: PassNeeded) -> Response[Any]:
    """To the page that says whom to ask; 401 to whatever sends scans, so that the phone keeps them."""
    if is_htmx(request):
        return Response('{"code":"pass_ended"}', status_code=401, media_type=MediaType.JSON)
    return go(request, PATH)


def pass_cookie(key: str, until: datetime) -> Cookie:
    """Kept until sending is over."""
    return _cookie(key, max(1, int((until + GRACE - now()).total_seconds())))


def give_back_cookie() -> Cookie:
    """Takes it away."""
    return _cookie("", 0)


def _cookie(value: str, max_age: int) -> Cookie:
    return Cookie(COOKIE, "/", value, max_age, httponly=True, secure=settings().is_https, samesite="lax")
