"""People of a place and accounts of those who work there, as files. Never a full number."""

from __future__ import annotations

from typing import Any

from litestar import Response, post

from elderlearn.ground.spreadsheets.write_table import Column, Line, Note
from elderlearn.locale import _
from elderlearn.people.all_people import all_people
from elderlearn.people.roles import ROLES
from elderlearn.people.search import ORDERS as PEOPLE_ORDERS
from elderlearn.people.search import FoundPerson
from elderlearn.people.staff_queries import ORDERS, Account, accounts_of
from elderlearn.places.queries import place_by_id
from elderlearn.web.desk import people
from elderlearn.web.desk.reach import place_and_district
from elderlearn.web.desk.staff_words import roles_said
from elderlearn.web.shell.downloads import Listed, download, in_pages
from elderlearn.web.shell.forms import read_query
from elderlearn.web.shell.lists import Look
from elderlearn.web.shell.page import AnyRequest


@post("/people/export", status_code=200)
async def export_people(request: AnyRequest) -> Response[Any]:
    """People at home here, as the list shows them: `words`, `order`, `gone`."""
    place_and_district(request, "read_residents")
    place_id, district_id = place_and_district(request, "read_lists")
    look = Look.of("/desk/people", read_query(request), people.FILTERS)
    found = all_people(
        look.given.get("words", ""),
        place_id=place_id,
        district_id=district_id,
        order=look.one_of("order", PEOPLE_ORDERS, "name"),
        with_gone="gone" in look.given,
    )
    place = await place_by_id(place_id)
    columns = [
        Column(_("Name")), Column(_("Born"), width=13), Column(_("Community")), Column(_("Street")),
        Column(_("Card number"), width=14), Column(_("State")),
    ]  # fmt: skip
    listed = Listed(
        subject="people",
        title=_("People of %(place)s", place=place.name),
        columns=columns,
        lines=(_person(one) async for one in found),
        notes=[Note(_("Born"), _("The day, or the year alone where the day is not known."))],
        filters=look.given,
        names_people=True,
    )
    return await download(request, listed, back=look.address())


@post("/staff/export", status_code=200)
async def export_staff(request: AnyRequest) -> Response[Any]:
    """Accounts of her place and below; telephones masked."""
    place_and_district(request, "add_staff")
    place_id, _district_id = place_and_district(request, "read_lists")
    look = Look.of("/desk/staff", read_query(request), ("words", "role", "order", "ended"))
    words, with_ended = look.given.get("words", ""), "ended" in look.given
    role, order = look.one_of("role", ROLES, ""), look.one_of("order", ORDERS, "name")
    roles = roles_said()["role_said"]

    async def fetch(limit: int, offset: int) -> list[Account]:
        found = await accounts_of(
            place_id, words=words, role=role, with_ended=with_ended, order=order, limit=limit, offset=offset
        )
        return found.accounts

    def line(one: Account) -> Line:
        return (one.name, roles[one.role], one.place, one.phone, one.added_at, one.seen_at, one.ended_at)

    columns = [
        Column(_("Name")), Column(_("Role")), Column(_("Place")), Column(_("Telephone"), width=15),
        Column(_("Since"), "moment"), Column(_("Last seen"), "moment"), Column(_("Ended"), "moment"),
    ]  # fmt: skip
    place = await place_by_id(place_id)
    title = _("Accounts of %(place)s", place=place.name)
    listed = Listed("staff", title, columns, in_pages(fetch, line), (), look.given, names_people=True)
    return await download(request, listed, back=look.address())


def _person(one: FoundPerson) -> Line:
    born = None if one.born_on is None else str(one.born_on.year)
    if one.born_on is not None and one.born_precision != "year":
        born = one.born_on.isoformat()
    home = one.place or (_("outside the district") if one.residence == "outside" else _("home not known"))
    return (one.name, born, home, one.street, one.number, _state(one.state))


def _state(state: str) -> str:
    if state == "active":
        return _("On the register")
    return _("Died") if state == "died" else _("Moved away")
