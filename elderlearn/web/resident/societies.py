"""Societies on her own phone: asking to join, taking it back, leaving."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.ask_to_join import ask_to_join, take_back_request
from elderlearn.catalogue.join_queries import Belongs, belongs
from elderlearn.catalogue.members import leave
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.locale import N_, _
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.page import AnyRequest, go, page
from elderlearn.web.shell.refusals import sentence

REFUSED = {
    "organisation_ended": N_("This society has ended. Please look for another one."),
    "other_district": N_("This society is for people of its district. Please look for one near you, or ring us."),
    "declined_lately": N_("Your question was answered a short time ago. Please wait a day, or ring us."),
    "asked_often": N_("You asked several times today. Please wait until tomorrow, or ring us."),
    "too_many_requests": N_(
        "You wait for an answer of %(most)s societies. Please take one of these back first, or wait."
    ),
}


@post("/organisations/{organisation_id:int}/join-requests", status_code=200)
async def ask_here(request: AnyRequest, organisation_id: FromPath[int]) -> Response[Any]:
    """Her question goes to the leader; asked twice is asked once."""
    me, back = signed_in(request).id, _page_of(organisation_id)
    try:
        state = await ask_to_join(id_in_address(organisation_id), me, by=_by(me))
    except Refusal as refusal:
        if refusal.code == "not_a_society":
            raise Missing from None
        return go(request, back, said=sentence(refusal, REFUSED), tone="wait")
    if state == "member":
        return go(request, back, said=_("You are a member already."))
    return go(request, back, said=_("You have asked to join. The leader answers, and we tell you."))


@post("/organisations/{organisation_id:int}/join-requests/taking-back", status_code=200)
async def take_back_here(request: AnyRequest, organisation_id: FromPath[int]) -> Response[Any]:
    """She does not want to any more; twice is harmless."""
    me = signed_in(request).id
    society = await _society(request, organisation_id)
    if await take_back_request(society.organisation_id, me, by=_by(me)):
        return go(request, _page_of(organisation_id), said=_("You have taken your question back."))
    return go(request, _page_of(organisation_id))


@get("/my/societies/{organisation_id:int}/leaving")
async def ask_leaving(request: AnyRequest, organisation_id: FromPath[int]) -> Response[Any]:
    """Asks once more."""
    society = await _society(request, organisation_id)
    if society.state != "member":
        return go(request, _page_of(organisation_id))
    return page(request, "resident/societies/leave.html", society=society)


@post("/my/societies/{organisation_id:int}/leaving", status_code=200)
async def leave_here(request: AnyRequest, organisation_id: FromPath[int]) -> Response[Any]:
    """No member from today; twice is harmless."""
    me = signed_in(request).id
    society = await _society(request, organisation_id)
    await leave(society.organisation_id, me, by=_by(me))
    return go(
        request, "/my", said=_("You have left %(name)s. You may ask to join again any time.", name=society.name)
    )


async def _society(request: AnyRequest, organisation_id: int) -> Belongs:
    return await belongs(id_in_address(organisation_id), signed_in(request).id)


def _page_of(organisation_id: int) -> str:
    return f"/organisations/{organisation_id}#joining"


def _by(resident_id: int) -> Actor:
    return Actor("resident", resident_id, "resident")
