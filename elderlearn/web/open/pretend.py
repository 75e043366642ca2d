"""In a trial nothing is really sent: here stands what would have been."""

from __future__ import annotations

from typing import Any

from litestar import Response, get

from elderlearn.notices.queries import recent_pretended
from elderlearn.web.shell.page import AnyRequest, page


@get("/pretend")
async def list_pretended(request: AnyRequest) -> Response[Any]:
    """The latest messages first. Where messages are really sent there is no such page (Missing)."""
    return page(request, "open/pretend.html", notices=await recent_pretended())
