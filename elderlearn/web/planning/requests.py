"""Why did she not get in? Everybody who asked for a seat, and what was decided about each, in sentences."""

from __future__ import annotations

from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from elderlearn.enrolment.queries import standing_of
from elderlearn.enrolment.why import Request, decisions_about, requests_of
from elderlearn.ground.errors import Missing
from elderlearn.ground.trail_queries import changes_of
from elderlearn.people.names import masked_name
from elderlearn.people.queries import person
from elderlearn.web.planning import reach
from elderlearn.web.planning.filling import CHANNELS
from elderlearn.web.planning.line import PATH, with_a_line
from elderlearn.web.planning.lists import A_PAGE, Asked
from elderlearn.web.planning.why_words import how_it_was, how_she_stands
from elderlearn.web.planning.words import said
from elderlearn.web.shell.forms import read_query
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.page import AnyRequest, page


@get("/runs/{run_id:int}/requests")
async def list_requests(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """Whoever asked last on top; `only` refused: those without seat and place."""
    run = await with_a_line(request, run_id)
    asked = Asked.of(f"{PATH}/{run.id}/requests", read_query(request), ("only",))
    only = asked.one_of("only", ("refused",), "")
    found = await requests_of(run.id, only_refused=bool(only), limit=A_PAGE + 1, offset=asked.offset)
    near = await reach.near_ids(signed_in(request))
    return page(
        request,
        "planning/runs/requests.html",
        run=run,
        asked=asked,
        only=only,
        found=[(one, _name(one, near), how_it_was(one.last)) for one in found[:A_PAGE]],
        later=asked.later(asked.offset + len(found)),
    )


@get("/runs/{run_id:int}/requests/{resident_id:int}")
async def explain(request: AnyRequest, run_id: FromPath[int], resident_id: FromPath[int]) -> Response[Any]:
    """The answer in one sentence, then how it came about. Who never asked is not told apart from nobody."""
    run = await with_a_line(request, run_id)
    decisions = await decisions_about(run.id, id_in_address(resident_id))
    seat = await standing_of(run.id, resident_id)
    if not decisions and seat is None:
        raise Missing
    return page(
        request,
        "planning/runs/request.html",
        run=run,
        name=await _name_of(request, resident_id),
        answer=how_she_stands(seat, decisions),
        channel_said=said(CHANNELS),
        decisions=[(one, how_it_was(one)) for one in decisions],
        changes=await changes_of("enrolment", seat.id) if seat else [],
    )


async def _name_of(request: AnyRequest, resident_id: int) -> str:
    found = await person(resident_id)
    near = await reach.near_ids(signed_in(request))
    return found.name or "" if found.place_id in near else masked_name(found.name)


def _name(one: Request, near: set[int]) -> str:
    return one.name or "" if one.place_id in near else masked_name(one.name)
