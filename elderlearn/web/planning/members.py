"""Members of a society, kept by the office: who belongs, joining, leaving."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.member_queries import members_of
from elderlearn.catalogue.members import join, leave
from elderlearn.catalogue.organisation_queries import OrganisationRow
from elderlearn.ground.errors import Missing
from elderlearn.locale import _
from elderlearn.people.names import masked_name
from elderlearn.people.queries import Person, card_by_code_or_number, people_of, person
from elderlearn.web.planning import reach
from elderlearn.web.planning.lists import A_PAGE, Asked
from elderlearn.web.shell.forms import read_form, read_query
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.page import AnyRequest, go, page

MOST_FOUND = 20


@get("/organisations/{organisation_id:int}/members")
async def list_members(request: AnyRequest, organisation_id: FromPath[int]) -> Response[Any]:
    """Who belongs now; `words` (a name, or the number on the card) looks for somebody who wants to join."""
    one = await _society(request, organisation_id)
    form = read_query(request)
    asked = Asked.of(f"/planning/organisations/{one.id}/members", form, ("words",))
    near = await reach.near_ids(signed_in(request))
    members = await members_of(one.id, limit=A_PAGE, offset=asked.offset)
    may_change = reach.able(request, "add_member") and one.ended_on is None
    return page(
        request,
        "planning/organisations/members.html",
        one=one,
        form=form,
        asked=asked,
        members=[(m, m.name or "" if m.place_id in near else masked_name(m.name)) for m in members],
        found=await _found(request, form.value("words")) if may_change and form.value("words") else None,
        may_change=may_change,
    )


@post("/organisations/{organisation_id:int}/members", status_code=200)
async def join_here(request: AnyRequest, organisation_id: FromPath[int]) -> Response[Any]:
    """A member from today."""
    one = await _society(request, organisation_id)
    reach.need(request, "add_member")
    form = await read_form(request)
    card, who = form.value("card"), form.value("resident")
    if card:
        joining = await _by_card(request, card)
    else:
        joining = await person(id_in_address(int(who) if who.isascii() and who.isdecimal() else 0))
        if joining.place_id not in await reach.near_ids(signed_in(request)):
            raise Missing
    await join(one.id, joining.id, by=reach.by(request))
    said = _("%(name)s is a member now.", name=joining.name or joining.name_masked)
    return go(request, f"/planning/organisations/{one.id}/members", said=said)


@post("/organisations/{organisation_id:int}/members/{resident_id:int}/leaving", status_code=200)
async def leave_here(
    request: AnyRequest, organisation_id: FromPath[int], resident_id: FromPath[int]
) -> Response[Any]:
    """No member from today; she may come back."""
    one = await _society(request, organisation_id)
    reach.need(request, "add_member")
    await leave(one.id, id_in_address(resident_id), by=reach.by(request))
    return go(request, f"/planning/organisations/{one.id}/members", said=_("One member less."), tone="wait")


async def _society(request: AnyRequest, organisation_id: int) -> OrganisationRow:
    one = await reach.organisation_of(request, organisation_id)
    if one.kind != "society":
        raise Missing
    return one


async def _found(request: AnyRequest, words: str) -> list[tuple[Person, str, str]]:
    """People with this beginning of a name in her place, each with her card if it was shown, and her home; by
    card number anybody of the district."""
    names = {one.id: one.name for one in await reach.her_places(request)}
    try:
        found = [(await _by_card(request, words), words)]
    except Missing:
        people = await people_of(reach.home(request), words[:60], limit=MOST_FOUND)
        found = [(one, "") for one in people if one.place_id in names]
    return [(one, card, names.get(one.place_id or 0, "")) for one, card in found]


async def _by_card(request: AnyRequest, typed: str) -> Person:
    """Whoever shows her card may be written down. Raises Missing."""
    card = await card_by_code_or_number(typed)
    if card.state != "active" or card.resident_id is None or card.district_id != reach.district(request):
        raise Missing
    return await person(card.resident_id)
