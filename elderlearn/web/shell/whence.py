"""On which page somebody stands: asked by GET it is that page; a form says on which one it was filled in."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from litestar import Request

FIELD = "_page"  # goes with every form, next to the CSRF token


def page_here(request: Request[Any, Any, Any]) -> str:
    """The address of the page, never one that only takes forms; empty when nobody knows."""
    if request.method == "GET" and request.headers.get("hx-request") != "true":
        return _local(request.url.path, request.url.query)
    told = request.scope["state"].get("page") or request.headers.get("hx-current-url")
    before = urlsplit(told or request.headers.get("referer") or "")
    return _local(before.path, before.query)


def remember_page(request: Request[Any, Any, Any], told: str) -> None:
    """What the form said, for the rest of this request."""
    request.scope["state"]["page"] = local_path(told, "")


def local_path(asked: str | None, otherwise: str = "/") -> str:
    """`asked` when it is a path of ours, so that no link can lead a signed-in person to another site."""
    if not asked or not asked.startswith("/") or asked.startswith("//"):
        return otherwise
    return otherwise if any(sign == "\\" or ord(sign) < 33 for sign in asked) else asked


def _local(path: str, query: str) -> str:
    return local_path(path + (f"?{query}" if query else ""), "")
