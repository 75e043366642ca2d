"""A society: its members, somebody new, somebody who leaves."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.join_by_card import join_by_card
from elderlearn.catalogue.members import join, leave
from elderlearn.catalogue.societies import Society, member, members_of, society_led_by
from elderlearn.checkin.society_visitors import has_visited, visitors_of
from elderlearn.ground.clock import today
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.trail_queries import changes_of
from elderlearn.locale import _
from elderlearn.web.leader.refusals import REFUSALS
from elderlearn.web.leader.session import leader
from elderlearn.web.shell.forms import Form, read_form, read_query
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.ids import BIGGEST_ID, id_in_address
from elderlearn.web.shell.page import go, page
from elderlearn.web.shell.refusals import sentence

AnyRequest = Request[Any, Any, Any]
PAGE = 50
FURTHEST = 10_000
CHANGES = 5


@get("/societies/{organisation_id:int}")
async def show_society(request: AnyRequest, organisation_id: FromPath[int]) -> Response[str]:
    """Members by name; `left=yes` shows those who left. Not hers: there is nothing here."""
    return await _society(request, await _hers(request, organisation_id), Form())


@post("/societies/{organisation_id:int}/members", status_code=200)
async def add_member(request: AnyRequest, organisation_id: FromPath[int]) -> Response[Any]:
    """By the number or code of her card, or by one touch for somebody who came to its sessions."""
    society = await _hers(request, organisation_id)
    form = await read_form(request)
    if form.value("resident_id"):
        resident_id = form.number("resident_id", low=1, high=BIGGEST_ID)
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
    return _joined(request, society.id) if form.is_good else await _society(request, society, form, status=422)


@get("/societies/{organisation_id:int}/members/{resident_id:int}/leave")
async def ask_leave(
    request: AnyRequest, organisation_id: FromPath[int], resident_id: FromPath[int]
) -> Response[str]:
    """From which day on."""
    society = await _hers(request, organisation_id)
    return await _leave(request, society, id_in_address(resident_id), Form.of(on=today()))


@post("/societies/{organisation_id:int}/members/{resident_id:int}/leave", status_code=200)
async def end_member(
    request: AnyRequest, organisation_id: FromPath[int], resident_id: FromPath[int]
) -> Response[Any]:
    """No member from that day on; twice is the same."""
    society = await _hers(request, organisation_id)
    form = await read_form(request)
    on = form.day("on", need=_("Please choose the day."))
    if form.is_good:
        try:
            await leave(society.id, id_in_address(resident_id), by=leader(request), on=on)
        except Refusal as refusal:
            form.complain("on", sentence(refusal, REFUSALS))
    if not form.is_good:
        return await _leave(request, society, id_in_address(resident_id), form, status=422)
    return go(request, f"/lead/societies/{society.id}", said=_("Written down: she left."))


async def _hers(request: AnyRequest, organisation_id: int) -> Society:
    return await society_led_by(signed_in(request).id, id_in_address(organisation_id))


def _joined(request: AnyRequest, organisation_id: int) -> Response[None]:
    return go(request, f"/lead/societies/{organisation_id}", said=_("She is a member now."))


async def _society(request: AnyRequest, society: Society, form: Form, *, status: int = 200) -> Response[str]:
    asked = read_query(request)
    words, with_left = asked.value("q")[:60], asked.value("left") == "yes"
    at = asked.number("page", low=1, high=FURTHEST) or 1
    found = await members_of(society.id, words=words, with_left=with_left, limit=PAGE + 1, offset=(at - 1) * PAGE)

    def address(number: int, *, left: bool = with_left) -> str:
        chosen = {"q": words, "left": "yes" if left else "", "page": number if number > 1 else ""}
        query = urlencode({name: one for name, one in chosen.items() if one})
        return f"/lead/societies/{society.id}" + (f"?{query}" if query else "")

    return page(
        request,
        "leader/societies/show.html",
        status=status,
        society=society,
        form=form,
        words=words,
        with_left=with_left,
        members=found[:PAGE],
        visitors=await visitors_of(society.id),
        now_address=address(1, left=False),
        left_address=address(1, left=True),
        earlier=address(at - 1) if at > 1 else "",
        later=address(at + 1) if len(found) > PAGE else "",
        changes_list=await changes_of("organisation", society.id, CHANGES),
    )


async def _leave(
    request: AnyRequest, society: Society, resident_id: int, form: Form, *, status: int = 200
) -> Response[str]:
    who = await member(society.id, resident_id)
    return page(request, "leader/societies/leave.html", status=status, society=society, who=who, form=form)
