"""Somebody would like to join a society of hers: taken in, or told kindly why not now."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.answer_request import accept_request, decline_request
from elderlearn.catalogue.join_queries import request_at
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.locale import _
from elderlearn.web.leader.hers import leader
from elderlearn.web.leader.reasons import buttons, read_reason
from elderlearn.web.leader.refusals import REFUSALS
from elderlearn.web.leader.societies import her_society, society_path
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.join_words import ANSWERED, DECLINE
from elderlearn.web.shell.page import go, page
from elderlearn.web.shell.refusals import sentence

AnyRequest = Request[Any, Any, Any]


@get("/societies/{organisation_id:int}/requests/{request_id:int}")
async def show_request(
    request: AnyRequest, organisation_id: FromPath[int], request_id: FromPath[int]
) -> Response[Any]:
    """Who asks, yes as one button, no with a sentence. Answered meanwhile: back to the society."""
    society = await her_society(request, organisation_id)
    asked = await request_at(society.id, id_in_address(request_id))
    if asked is None:
        return go(request, society_path(society.id), said=_(ANSWERED["gone"]), tone="wait")
    return page(
        request,
        "leader/societies/request.html",
        society=society,
        asked=asked,
        form=Form(),
        reasons=buttons(DECLINE),
    )


@post("/societies/{organisation_id:int}/requests/{request_id:int}/acceptance", status_code=200)
async def take_in(request: AnyRequest, organisation_id: FromPath[int], request_id: FromPath[int]) -> Response[Any]:
    """A member from today; twice is the same."""
    society = await her_society(request, organisation_id)
    try:
        state = await accept_request(id_in_address(request_id), organisation_id=society.id, by=leader(request))
    except Missing:
        state = "gone"
    return _answered(request, society.id, state)


@post("/societies/{organisation_id:int}/requests/{request_id:int}/refusal", status_code=200)
async def say_no(request: AnyRequest, organisation_id: FromPath[int], request_id: FromPath[int]) -> Response[Any]:
    """She is told the sentence; twice is the same."""
    society = await her_society(request, organisation_id)
    form = await read_form(request)
    reason = read_reason(form, DECLINE)
    back = f"{society_path(society.id)}/requests/{request_id}"
    if not form.is_good:
        return go(request, back, said=form.errors["other"], tone="no")
    try:
        state = await decline_request(
            id_in_address(request_id), reason, organisation_id=society.id, by=leader(request)
        )
    except Missing:
        state = "gone"
    except Refusal as refusal:
        return go(request, back, said=sentence(refusal, REFUSALS), tone="no")
    return _answered(request, society.id, state)


def _answered(request: AnyRequest, organisation_id: int, state: str) -> Response[Any]:
    """Also when it was answered in another tab, or she took it back."""
    tone: Any = "done" if state in ("accepted", "declined") else "wait"
    return go(request, society_path(organisation_id), said=_(ANSWERED[state]), tone=tone)
