"""Somebody would like to join a society: the office answers too, when its leader is away."""

from __future__ import annotations

from typing import Any

from litestar import Response, post
from litestar.params import FromPath

from elderlearn.catalogue.answer_request import accept_request, decline_request
from elderlearn.ground.errors import Missing
from elderlearn.locale import DEFAULT, _, speaking
from elderlearn.web.planning import reach
from elderlearn.web.shell.forms import read_form
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.join_words import ANSWERED, DECLINE
from elderlearn.web.shell.page import AnyRequest, go


@post("/organisations/{organisation_id:int}/members/requests/{request_id:int}", status_code=200)
async def answer_here(
    request: AnyRequest, organisation_id: FromPath[int], request_id: FromPath[int]
) -> Response[Any]:
    """`answer` is yes, or the name of the kind sentence she is told; answered before, it stays so."""
    one = await reach.organisation_of(request, organisation_id)
    reach.need(request, "add_member")
    answer, id = (await read_form(request)).value("answer"), id_in_address(request_id)
    try:
        if answer == "yes":
            state = await accept_request(id, organisation_id=one.id, by=reach.by(request))
        elif answer in DECLINE:
            with speaking(DEFAULT):
                reason = _(DECLINE[answer])
            state = await decline_request(id, reason, organisation_id=one.id, by=reach.by(request))
        else:
            raise Missing
    except Missing:
        state = "gone"
    tone: Any = "done" if state in ("accepted", "declined") else "wait"
    return go(request, f"/planning/organisations/{one.id}/members", said=_(ANSWERED[state]), tone=tone)
