"""My family: whom she helps, who helps her; either side ends it with one button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.queries import RunCard
from elderlearn.enrolment.queries import enrolments_of
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Refusal
from elderlearn.locale import _
from elderlearn.people.care.confirm_care import confirm_herself
from elderlearn.people.care.end_care import end_care
from elderlearn.people.care.queries import Pair, carers_of, elders_of
from elderlearn.web.resident.family.sentences import CARE
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.page import AnyRequest, go, page
from elderlearn.web.shell.refusals import sentence


@dataclass(frozen=True)
class Helped:
    """Somebody she helps, and that person's next class if there is one."""

    pair: Pair
    next: RunCard | None


@get("/my/family")
async def show_family(request: AnyRequest) -> Response[Any]:
    """Names and next classes, nothing else of others."""
    me = signed_in(request).id
    helped = [Helped(one, await _next_class(one.elder_id)) for one in await elders_of(me)]
    return page(request, "resident/family/index.html", helped=helped, carers=await carers_of(me))


@post("/my/family/{link_id:int}/agreement", status_code=200)
async def agree(request: AnyRequest, link_id: FromPath[int]) -> Response[Any]:
    """Signed in as herself she says yes to somebody who asked; twice is harmless."""
    me = signed_in(request).id
    try:
        await confirm_herself(id_in_address(link_id), me, by=by(me))
    except Refusal as refusal:
        return go(request, "/my/family", said=sentence(refusal, CARE), tone="no")
    return go(request, "/my/family", said=_("You have agreed. You can end it here any time."))


@post("/my/family/{link_id:int}/ending", status_code=200)
async def end_here(request: AnyRequest, link_id: FromPath[int]) -> Response[Any]:
    """At once, whichever side she is; twice is harmless."""
    me = signed_in(request).id
    await end_care(id_in_address(link_id), by=by(me))
    return go(request, "/my/family", said=_("That has ended. Seats that were taken stay."))


def by(resident_id: int) -> Actor:
    """Who does it, for the trail: the carer, or the elder herself."""
    return Actor("resident", resident_id, "resident")


async def _next_class(elder_id: int) -> RunCard | None:
    seated = [one.run for one in await enrolments_of(elder_id) if one.enrolment.state == "seated"]
    return next((one for one in seated if one.next_at), None)
