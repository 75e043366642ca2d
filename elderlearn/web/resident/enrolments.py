"""Taking a seat or a place in line, and giving it back. Every form also works without JavaScript."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.queries import run_card
from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.queries import Standing, standing, standing_of
from elderlearn.enrolment.way_out import NO_WAY, way_out
from elderlearn.enrolment.withdraw import withdraw
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.locale import _
from elderlearn.web.resident.before_class import where_to_mend
from elderlearn.web.resident.sentences import why_not
from elderlearn.web.shell import said
from elderlearn.web.shell.clash import clash_said
from elderlearn.web.shell.forms import read_query
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.page import AnyRequest, go, page, wants_fragment

SEATS = "resident/courses/_seats.html"


@get("/courses/{run_id:int}/enrolments")
async def show_seats_again(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """Why there was no seat, once; later, or asked by hand, the course."""
    told = said.take(request)
    if not told:
        return go(request, f"/courses/{run_id}")
    return await _seats(request, run_id, told[-1].text, read_query(request).value("way"))


@post("/courses/{run_id:int}/enrolments", status_code=200)
async def enrol_here(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """A seat, a place in line, or the reason why not and the way out. Asked twice, it says how she stands."""
    me = signed_in(request).id
    refused, way = "", NO_WAY
    try:
        await enrol(id_in_address(run_id), me, "self", by=by_her(me))
    except Refusal as refusal:
        mend = where_to_mend(refusal, run_id)
        if mend is not None:
            return go(request, mend)
        refused, way = await clash_said(refusal, me, run_id) or why_not(refusal), way_out(refusal)
    if wants_fragment(request):
        return await _seats(request, run_id, refused, way)
    if refused:  # to a page of its own, so that Back does not ask to send it again
        return go(request, f"/courses/{run_id}/enrolments?way={way}", said=refused, tone="no")
    return go(request, f"/courses/{run_id}#seats")


async def _seats(request: AnyRequest, run_id: int, refused: str, way: str) -> Response[Any]:
    run = await run_card(id_in_address(run_id))
    if run.course_state == "draft":
        raise Missing
    return page(
        request,
        "resident/courses/refused.html",
        fragment=SEATS,
        status=422 if refused else 200,
        run=run,
        seat=await standing_of(run_id, signed_in(request).id),
        refused=refused,
        way=way,
        now=now(),
    )


@get("/my/enrolments/{enrolment_id:int}/withdrawal")
async def ask_withdrawal(request: AnyRequest, enrolment_id: FromPath[int]) -> Response[Any]:
    """Asks once more, because a seat given back may be gone the next minute."""
    mine = await hers(request, enrolment_id)
    if mine.state not in ("seated", "waiting"):
        return go(request, "/my")
    return page(request, "resident/learning/withdraw.html", seat=mine, run=await run_card(mine.run_id))


@post("/my/enrolments/{enrolment_id:int}/withdrawal", status_code=200)
async def withdraw_here(request: AnyRequest, enrolment_id: FromPath[int]) -> Response[Any]:
    """Given back; twice is harmless."""
    mine = await hers(request, enrolment_id)
    await withdraw(mine.id, by=by_her(signed_in(request).id))
    title = (await run_card(mine.run_id)).title
    if mine.state == "waiting":
        return go(request, "/my", said=_("You have left the line for %(title)s.", title=title))
    return go(request, "/my", said=_("You have given back your seat in %(title)s.", title=title))


async def hers(request: AnyRequest, enrolment_id: int) -> Standing:
    """Her own; another person's is as good as none. Raises Missing."""
    found = await standing(id_in_address(enrolment_id))
    if found.resident_id != signed_in(request).id:
        raise Missing
    return found


def by_her(resident_id: int) -> Actor:
    """She herself, for the trail."""
    return Actor("resident", resident_id, "resident")
