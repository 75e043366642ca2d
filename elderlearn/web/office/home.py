"""Where the office begins: with its number, or at the desk with what the desk is for."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get

from elderlearn.people.roles import may
from elderlearn.places.queries import place_by_id
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.page import go, page


@get("/")
async def show_home(request: Request[Any, Any, Any]) -> Response[Any]:
    """Whoever reads reports goes to the report; the desk reads none."""
    person = signed_in(request)
    if may(person.role, "read_reports"):
        return go(request, "/office/participation")
    place = await place_by_id(person.place_id) if person.place_id else None
    return page(request, "office/desk.html", place=place)
