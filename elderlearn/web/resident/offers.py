"""A seat is offered: yes or no, and until when. Both answers stand on one page, each a large button."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.queries import run_card
from elderlearn.enrolment.accept_offer import accept_offer
from elderlearn.enrolment.decline_offer import decline_offer
from elderlearn.ground.errors import Refusal
from elderlearn.locale import _
from elderlearn.web.resident.enrolments import by_her, hers
from elderlearn.web.resident.sentences import why_not
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.page import AnyRequest, go, page


@get("/my/enrolments/{enrolment_id:int}/offer")
async def show_offer(request: AnyRequest, enrolment_id: FromPath[int]) -> Response[Any]:
    """The course, the last moment to answer, two buttons."""
    seat = await hers(request, enrolment_id)
    if seat.state != "offered":
        return go(request, "/my")
    return page(request, "resident/learning/offer.html", seat=seat, run=await run_card(seat.run_id))


@post("/my/enrolments/{enrolment_id:int}/offer", status_code=200)
async def accept_here(request: AnyRequest, enrolment_id: FromPath[int]) -> Response[Any]:
    """The seat is hers; twice is harmless. Too late is said where she can ask again."""
    seat = await hers(request, enrolment_id)
    try:
        await accept_offer(seat.id, by=by_her(signed_in(request).id))
    except Refusal as refusal:
        return go(request, f"/courses/{seat.run_id}#seats", said=why_not(refusal), tone="no")
    title = (await run_card(seat.run_id)).title
    return go(request, "/my", said=_("You have a seat in %(title)s.", title=title))


@post("/my/enrolments/{enrolment_id:int}/offer/refusal", status_code=200)
async def decline_here(request: AnyRequest, enrolment_id: FromPath[int]) -> Response[Any]:
    """The next in line is asked; twice is harmless. Who took the seat meanwhile keeps it."""
    seat = await hers(request, enrolment_id)
    state = await decline_offer(seat.id, by=by_her(signed_in(request).id))
    title = (await run_card(seat.run_id)).title
    if state == "seated":
        return go(request, "/my", said=_("You have a seat in %(title)s.", title=title))
    return go(request, "/my", said=_("The seat in %(title)s goes to the next in line.", title=title))
