"""Somebody she helps: the next classes, the enrolments, and answering or giving back for her. Nothing else."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.queries import run_card
from elderlearn.enrolment.enrol_for import accept_for, decline_for, withdraw_for
from elderlearn.enrolment.queries import Learning, Standing, enrolments_of, standing
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.locale import _
from elderlearn.people.care.queries import Pair, elder_of
from elderlearn.web.resident.family.mine import by
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.page import AnyRequest, go, page


@get("/my/family/{link_id:int}")
async def show_elder(request: AnyRequest, link_id: FromPath[int]) -> Response[Any]:
    """What goes on, the next class on top. The past stays her own."""
    pair = await _pair(request, link_id)
    learning = [one for one in await enrolments_of(pair.elder_id) if _goes_on(one)]
    return page(request, "resident/family/show.html", pair=pair, learning=learning)


@get("/my/family/{link_id:int}/enrolments/{enrolment_id:int}/withdrawal")
async def ask_withdrawal(
    request: AnyRequest, link_id: FromPath[int], enrolment_id: FromPath[int]
) -> Response[Any]:
    """Asks once more, because a seat given back may be gone the next minute."""
    pair, seat = await _hers(request, link_id, enrolment_id)
    if seat.state not in ("seated", "waiting", "offered"):
        return go(request, f"/my/family/{pair.id}")
    return page(request, "resident/family/withdraw.html", pair=pair, seat=seat, run=await run_card(seat.run_id))


@post("/my/family/{link_id:int}/enrolments/{enrolment_id:int}/withdrawal", status_code=200)
async def withdraw_hers(request: AnyRequest, link_id: FromPath[int], enrolment_id: FromPath[int]) -> Response[Any]:
    """Given back; twice is harmless."""
    pair, seat = await _hers(request, link_id, enrolment_id)
    await withdraw_for(seat.id, by=by(pair.carer_id))
    title = (await run_card(seat.run_id)).title
    said = _("%(name)s no longer has a place in %(title)s.", name=pair.elder, title=title)
    return go(request, f"/my/family/{pair.id}", said=said)


@post("/my/family/{link_id:int}/enrolments/{enrolment_id:int}/acceptance", status_code=200)
async def accept_hers(request: AnyRequest, link_id: FromPath[int], enrolment_id: FromPath[int]) -> Response[Any]:
    """The seat that is offered to her is taken; twice is harmless."""
    pair, seat = await _hers(request, link_id, enrolment_id)
    path = f"/my/family/{pair.id}"
    try:
        await accept_for(seat.id, by=by(pair.carer_id))
    except Refusal:
        return go(request, path, said=_("This seat is no longer offered. You may ask for one again."), tone="wait")
    return go(request, path, said=_("%(name)s has the seat now.", name=pair.elder))


@post("/my/family/{link_id:int}/enrolments/{enrolment_id:int}/refusal", status_code=200)
async def decline_hers(request: AnyRequest, link_id: FromPath[int], enrolment_id: FromPath[int]) -> Response[Any]:
    """The seat goes to the next in line; twice is harmless. Who took it meanwhile keeps it."""
    pair, seat = await _hers(request, link_id, enrolment_id)
    state = await decline_for(seat.id, by=by(pair.carer_id))
    path, title = f"/my/family/{pair.id}", (await run_card(seat.run_id)).title
    if state == "seated":
        return go(request, path, said=_("%(name)s has the seat now.", name=pair.elder))
    return go(request, path, said=_("The seat in %(title)s goes to the next in line.", title=title))


async def _pair(request: AnyRequest, link_id: int) -> Pair:
    """Raises Missing unless she is this person's carer now."""
    return await elder_of(id_in_address(link_id), signed_in(request).id)


async def _hers(request: AnyRequest, link_id: int, enrolment_id: int) -> tuple[Pair, Standing]:
    pair = await _pair(request, link_id)
    found = await standing(id_in_address(enrolment_id))
    if found.resident_id != pair.elder_id:
        raise Missing
    return pair, found


def _goes_on(one: Learning) -> bool:
    return one.run.ends_at is None or one.run.ends_at >= now()
