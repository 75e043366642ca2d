"""Members of a society, kept by the office: who belongs, joining, leaving."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.join_queries import how_many_wait, requests_at
from elderlearn.catalogue.member_queries import members_of
from elderlearn.catalogue.members import join, leave
from elderlearn.catalogue.organisation_queries import OrganisationRow
from elderlearn.ground.errors import Missing
from elderlearn.locale import _
from elderlearn.people.codes import read_code
from elderlearn.people.names import masked_name
from elderlearn.people.queries import Person, card_by_code_or_number, people_of, person
from elderlearn.web.planning import reach
from elderlearn.web.planning.lists import A_PAGE
from elderlearn.web.shell.forms import read_form, read_query
from elderlearn.web.shell.ids import BIGGEST_ID, id_in_address
from elderlearn.web.shell.join_words import DECLINE
from elderlearn.web.shell.lists import Look
from elderlearn.web.shell.page import AnyRequest, go, page

MOST_FOUND = 20
LONGEST = 300  # a scanned address with its code


@dataclass(frozen=True)
class Joining:
    """Somebody who may join: `name` masked for people of other places, of whom nothing else is said."""

    person: Person
    name: str
    born_year: int | None
    place: str
    card: str


@get("/organisations/{organisation_id:int}/members")
async def list_members(request: AnyRequest, organisation_id: FromPath[int]) -> Response[Any]:
    """Who belongs now; `words`, the beginning of a name, looks for somebody who wants to join."""
    one = await society_of(request, organisation_id)
    words = read_query(request).value("words")
    found = await _by_name(request, words) if words and _may_change(request, one) else None
    return await _screen(request, one, words, found)


@post("/organisations/{organisation_id:int}/members/search", status_code=200)
async def search_member(request: AnyRequest, organisation_id: FromPath[int]) -> Response[Any]:
    """A name leads to the list; the number or code of a card is looked up here and stands in no address."""
    one = await society_of(request, organisation_id)
    reach.need(request, "add_member")
    words = (await read_form(request)).text("words", limit=LONGEST)
    if not any(sign.isdigit() for sign in words) and read_code(words) is None:  # one code in 500 has no digit
        return go(request, Look(path_of(one), {}, 1).address(words=words))
    try:
        found = [_joining(await _by_card(request, words), await near_of(request), words)]
    except Missing:
        found = []
    return await _screen(request, one, words, found)


@get("/organisations/{organisation_id:int}/members/search")
async def search_again(request: AnyRequest, organisation_id: FromPath[int]) -> Response[Any]:
    """Where a reload lands."""
    return go(request, f"/planning/organisations/{organisation_id}/members")


@post("/organisations/{organisation_id:int}/members", status_code=200)
async def join_here(request: AnyRequest, organisation_id: FromPath[int]) -> Response[Any]:
    """A member from today."""
    one = await society_of(request, organisation_id)
    reach.need(request, "add_member")
    form = await read_form(request)
    card, near = form.value("card"), await near_of(request)
    if card:
        joining = await _by_card(request, card)
    else:
        joining = await person(form.number("resident", low=1, high=BIGGEST_ID) or 0)
        if joining.place_id not in near:
            raise Missing
    await join(one.id, joining.id, by=reach.by(request))
    said = _("%(name)s is a member now.", name=_joining(joining, near).name)
    return go(request, path_of(one), said=said)


@post("/organisations/{organisation_id:int}/members/{resident_id:int}/leaving", status_code=200)
async def leave_here(
    request: AnyRequest, organisation_id: FromPath[int], resident_id: FromPath[int]
) -> Response[Any]:
    """No member from today; she may come back."""
    one = await society_of(request, organisation_id)
    reach.need(request, "add_member")
    await leave(one.id, id_in_address(resident_id), by=reach.by(request))
    return go(request, path_of(one), said=_("One member less."), tone="wait")


async def society_of(request: AnyRequest, organisation_id: int) -> OrganisationRow:
    """Raises Missing, also for what is no society."""
    one = await reach.organisation_of(request, organisation_id)
    if one.kind != "society":
        raise Missing
    return one


async def _screen(
    request: AnyRequest, one: OrganisationRow, words: str, found: list[Joining] | None
) -> Response[str]:
    look, near = Look.of(path_of(one), read_query(request), ("words",)), await near_of(request)
    members = await members_of(one.id, limit=A_PAGE, offset=look.offset)
    return page(
        request,
        "planning/organisations/members.html",
        one=one,
        words=words,
        look=look,
        members=[(m, m.name or "" if m.place_id in near else masked_name(m.name)) for m in members],
        found=found,
        asking=[(a, a.name if a.place_id in near else masked_name(a.name)) for a in await requests_at(one.id)],
        waiting=await how_many_wait(one.id),
        decline=[(name, _(words)) for name, words in DECLINE.items()],
        may_change=_may_change(request, one),
        may_take=reach.able(request, "read_lists"),
    )


def path_of(one: OrganisationRow) -> str:
    """Where its members are listed."""
    return f"/planning/organisations/{one.id}/members"


def _may_change(request: AnyRequest, one: OrganisationRow) -> bool:
    return reach.able(request, "add_member") and one.ended_on is None


async def near_of(request: AnyRequest) -> dict[int, str]:
    """Names of the places whose people she may know by name."""
    if not reach.able(request, "read_residents"):
        return {}
    return {one.id: one.name for one in await reach.her_places(request)}


async def _by_name(request: AnyRequest, words: str) -> list[Joining]:
    """People of her place by the beginning of the name."""
    near = await near_of(request)
    people = await people_of(reach.home(request), words[:60], limit=MOST_FOUND)
    return [_joining(one, near) for one in people if one.place_id in near]


def _joining(one: Person, near: Mapping[int, str], card: str = "") -> Joining:
    if one.place_id is None or one.place_id not in near:
        return Joining(one, one.name_masked, None, "", card)
    return Joining(one, one.name or "", one.born_on.year if one.born_on else None, near[one.place_id], card)


async def _by_card(request: AnyRequest, typed: str) -> Person:
    """Whoever shows her card may be written down. Raises Missing."""
    card = await card_by_code_or_number(typed)
    if card.state != "active" or card.resident_id is None or card.district_id != reach.district(request):
        raise Missing
    return await person(card.resident_id)
