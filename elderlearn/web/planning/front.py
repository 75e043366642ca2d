"""The front door of planning: what do you want to do? And what waits to be done."""

from __future__ import annotations

from typing import Any

from litestar import Response, get

from elderlearn.catalogue.course_queries import SoughtCourse, courses, how_many_courses
from elderlearn.places.queries import place_by_id
from elderlearn.web.planning import reach
from elderlearn.web.shell.page import AnyRequest, page

SHOWN = 5


@get("/")
async def show_planning(request: AnyRequest) -> Response[Any]:
    """Doors to what one comes for; below them courses nobody can enrol in, and drafts."""
    here = reach.home(request)
    never_held, drafts = SoughtCourse(here, never_held=True), SoughtCourse(here, state="draft")
    return page(
        request,
        "planning/front.html",
        place=await place_by_id(here),
        never_held=await courses(never_held, order="newest", limit=SHOWN),
        how_many_never_held=await how_many_courses(never_held),
        drafts=await courses(drafts, order="newest", limit=SHOWN),
        how_many_drafts=await how_many_courses(drafts),
        may_plan=reach.able(request, "add_run"),
        may_add=reach.able(request, "add_organisation"),
        may_change_calendar=reach.able(request, "change_calendar"),
    )
