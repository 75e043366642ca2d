"""Who is looking, read from the sign-in cookie once per request."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.types import Scope

from elderlearn.ground.settings import settings
from elderlearn.people.sign_in.who import SignedIn, who

__all__ = ["COOKIE", "SignedIn", "load_viewer", "sign_in_cookie", "sign_out_cookie", "viewer"]

COOKIE = "el"
DAY = 24 * 3600
KEPT_FOR = {"resident": 180 * DAY, "leader": 90 * DAY}  # others: until the browser closes, 30 minutes idle


def viewer(connection: ASGIConnection[Any, Any, Any, Any]) -> SignedIn | None:
    """The signed-in person of this request, or none. The database was asked at most once, before the handler."""
    found: SignedIn | None = connection.scope["state"].get("viewer")
    return found


async def load_viewer(scope: Scope) -> SignedIn | None:
    """Looks the cookie up and keeps the answer in the request's state."""
    token = ASGIConnection[Any, Any, Any, Any](scope).cookies.get(COOKIE)
    found: SignedIn | None = await who(token) if token else None
    scope["state"]["viewer"] = found
    return found


def sign_in_cookie(token: str, kind_or_role: str) -> Cookie:
    """The cookie to set after a sign-in: residents 180 days, leaders 90, others until the browser closes."""
    return Cookie(key=COOKIE, value=token, max_age=KEPT_FOR.get(kind_or_role), **_flags())


def sign_out_cookie() -> Cookie:
    """Takes the sign-in cookie away."""
    return Cookie(key=COOKIE, value="", max_age=0, **_flags())


def _flags() -> dict[str, Any]:
    return {"path": "/", "httponly": True, "secure": settings().is_https, "samesite": "lax"}
