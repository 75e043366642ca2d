"""The seats of one course alone: what a page that waits for the opening asks for once more."""

from __future__ import annotations

from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from elderlearn.catalogue.queries import run_card
from elderlearn.enrolment.opening import opens_for
from elderlearn.enrolment.queries import standing_of
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing
from elderlearn.people.care.queries import cares_for_somebody
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.page import AnyRequest, go, page, wants_fragment
from elderlearn.web.shell.viewer import viewer

SEATS = "resident/courses/_seats.html"


@get("/courses/{run_id:int}/seats")
async def show_seats(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """The fragment the course page includes, as it is now; to a browser without scripts the course again."""
    run = await run_card(id_in_address(run_id))
    if run.course_state == "draft":
        raise Missing
    if not wants_fragment(request):
        return go(request, f"/courses/{run.id}#seats")
    return page(request, SEATS, fragment=SEATS, run=run, refused="", now=now(), **await _hers(request, run.id))


async def _hers(request: AnyRequest, run_id: int) -> dict[str, Any]:
    """How she stands, whom she may ask for, and when it opens for her."""
    person = viewer(request)
    if person is None or person.kind != "resident":
        return {"seat": None, "cares": False, "opens_for_her": None}
    return {
        "seat": await standing_of(run_id, person.id),
        "cares": await cares_for_somebody(person.id),
        "opens_for_her": await opens_for(run_id, person.id),
    }
