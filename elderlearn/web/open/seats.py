"""The seats of one course alone: what a page that waits for the opening asks for once more."""

from __future__ import annotations

from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from elderlearn.catalogue.queries import run_card
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
    person = viewer(request)
    is_resident = person is not None and person.kind == "resident"
    seat = await standing_of(run.id, person.id) if person and is_resident else None
    cares = person is not None and is_resident and await cares_for_somebody(person.id)
    return page(request, SEATS, fragment=SEATS, run=run, seat=seat, cares=cares, refused="", now=now())
