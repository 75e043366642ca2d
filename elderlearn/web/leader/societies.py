"""A society: its members, somebody new, somebody who leaves."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.join_by_card import join_by_card
from elderlearn.catalogue.join_queries import how_many_wait, requests_at
from elderlearn.catalogue.members import join, leave
from elderlearn.catalogue.societies import Society, member, members_of, society_led_by
from elderlearn.checkin.society_visitors import has_visited, visitors_of
from elderlearn.ground.clock import today
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.trail_queries import changes_of
from elderlearn.locale import _
from elderlearn.web.leader.hers import leader
from elderlearn.web.leader.refusals import REFUSALS
from elderlearn.web.shell.again import once, send_back, typed_before
from elderlearn.web.shell.forms import Form, read_form, read_query
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.ids import id_in_address, id_sent
from elderlearn.web.shell.page import go, page
from elderlearn.web.shell.refusals import sentence

AnyRequest = Request[Any, Any, Any]
PAGE = 50
FURTHEST = 10_000
CHANGES = 5
MOST_ASKING = 20


@get("/societies/{organisation_id:int}")
async def show_society(request: AnyRequest, organisation_id: FromPath[int]) -> Response[Any]:
    """Who asks to join, then members by name; `left=yes` shows those who left. Not hers: there is nothing here."""
    society = await her_society(request, organisation_id)
    return once(request, await _society(request, society, typed_before(request)))


@post("/societies/{organisation_id:int}/members", status_code=200)
async def add_member(request: AnyRequest, organisation_id: FromPath[int]) -> Response[Any]:
    """By the number or code of her card, or by one touch for somebody who came to its sessions."""
    society = await her_society(request, organisation_id)
    form = await read_form(request)
    if form.value("resident_id"):
        resident_id = id_sent(form.value("resident_id"))
        if resident_id is None or not await has_visited(society.id, resident_id):
            raise Missing
        await join(society.id, resident_id, by=leader(request))
        return _joined(request, society.id)
    code = form.text("code", limit=300, need=_("Please type the 8 digits under the code."))
    if form.is_good:
        try:
            await join_by_card(society.id, code, by=leader(request))
        except Refusal as refusal:
            form.complain("code", sentence(refusal, REFUSALS))
    if form.is_good:
        return _joined(request, society.id)
    return send_back(request, society_path(society.id), form) or await _society(request, society, form, status=422)


@get("/societies/{organisation_id:int}/members/{resident_id:int}/leave")
async def ask_leave(
    request: AnyRequest, organisation_id: FromPath[int], resident_id: FromPath[int]
) -> Response[Any]:
    """From which day on."""
    society = await her_society(request, organisation_id)
    form = typed_before(request)
    form.typed.setdefault("on", [str(today())])
    who = await member(society.id, id_in_address(resident_id))
    return once(request, page(request, "leader/societies/leave.html", society=society, who=who, form=form))


@post("/societies/{organisation_id:int}/members/{resident_id:int}/leave", status_code=200)
async def end_member(
    request: AnyRequest, organisation_id: FromPath[int], resident_id: FromPath[int]
) -> Response[Any]:
    """No member from that day on; twice is the same."""
    society = await her_society(request, organisation_id)
    form = await read_form(request)
    on = form.day("on", need=_("Please choose the day."))
    if form.is_good:
        try:
            await leave(society.id, id_in_address(resident_id), by=leader(request), on=on)
        except Refusal as refusal:
            form.complain("on", sentence(refusal, REFUSALS))
    if form.is_good:
        return go(request, society_path(society.id), said=_("Written down: she left."))
    back = f"{society_path(society.id)}/members/{resident_id}/leave"
    return send_back(request, back, form) or go(request, back, said=form.errors["on"], tone="no")


async def her_society(request: AnyRequest, organisation_id: int) -> Society:
    """The society when whoever is signed in leads there. Raises Missing."""
    return await society_led_by(signed_in(request).id, id_in_address(organisation_id))


def society_path(organisation_id: int) -> str:
    """Where its pages live."""
    return f"/lead/societies/{organisation_id}"


def _joined(request: AnyRequest, organisation_id: int) -> Response[None]:
    return go(request, society_path(organisation_id), said=_("She is a member now."))


async def _society(request: AnyRequest, society: Society, form: Form, *, status: int = 200) -> Response[str]:
    asked = read_query(request)
    words, with_left = asked.value("q")[:60], asked.value("left") == "yes"
    at = asked.number("page", low=1, high=FURTHEST) or 1
    found = await members_of(society.id, words=words, with_left=with_left, limit=PAGE + 1, offset=(at - 1) * PAGE)

    def address(number: int, *, left: bool = with_left) -> str:
        chosen = {"q": words, "left": "yes" if left else "", "page": number if number > 1 else ""}
        query = urlencode({name: one for name, one in chosen.items() if one})
        return society_path(society.id) + (f"?{query}" if query else "")

    return page(
        request,
        "leader/societies/show.html",
        status=status,
        society=society,
        form=form,
        words=words,
        with_left=with_left,
        asking=await requests_at(society.id, limit=MOST_ASKING),
        waiting=await how_many_wait(society.id),
        members=found[:PAGE],
        visitors=await visitors_of(society.id),
        now_address=address(1, left=False),
        left_address=address(1, left=True),
        earlier=address(at - 1) if at > 1 else "",
        later=address(at + 1) if len(found) > PAGE else "",
        changes_list=await changes_of("organisation", society.id, CHANGES),
    )
