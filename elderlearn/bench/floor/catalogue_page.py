"""The floor of the list of courses: its template, with data that is already there."""

from __future__ import annotations

import asyncio
from typing import Any

from litestar import MediaType, Request, get

from elderlearn.ground.connection import open_pool
from elderlearn.web.open.courses import TEMPLATE, list_context
from elderlearn.web.shell.environment import environment
from elderlearn.web.shell.forms import read_query
from elderlearn.web.shell.page import surroundings

_values: dict[str, Any] = {}
_first = asyncio.Lock()


@get("/floor/courses", media_type=MediaType.HTML)
async def show_bare_page(request: Request[Any, Any, Any]) -> str:
    """The page as it was when it was first asked for: only drawing it is left."""
    if not _values:
        async with _first:
            await _look(request)
    return environment().get_template(TEMPLATE).render(_values)


async def _look(request: Request[Any, Any, Any]) -> None:
    if not _values:
        async with open_pool():
            context = await list_context(read_query(request))
        _values.update({**surroundings(request, TEMPLATE), **context, "said": []})
