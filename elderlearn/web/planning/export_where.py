"""Venues, teachers, terms, holidays and the members of a society as files."""

from __future__ import annotations

from datetime import date
from typing import Any

from litestar import Response, post
from litestar.params import FromPath

from elderlearn.catalogue.holidays import holidays_between
from elderlearn.catalogue.member_queries import MemberRow, members_of
from elderlearn.catalogue.term_queries import terms
from elderlearn.catalogue.venue_queries import TeacherRow, VenueRow
from elderlearn.catalogue.venue_queries import teachers as all_teachers
from elderlearn.catalogue.venue_queries import venues as all_venues
from elderlearn.ground.spreadsheets.write_table import Column, Line, Note
from elderlearn.locale import _
from elderlearn.people.names import masked_name
from elderlearn.web.planning import reach, teachers, venues
from elderlearn.web.planning.calendar import FIRST_YEAR, HOLIDAYS, LAST_YEAR, TERMS
from elderlearn.web.planning.lists import Asked
from elderlearn.web.planning.members import near_of, path_of, society_of
from elderlearn.web.planning.words import ENGAGEMENTS, TEACHER_ORDERS, VENUE_ORDERS
from elderlearn.web.shell.downloads import Listed, at_hand, download, in_pages
from elderlearn.web.shell.forms import read_query
from elderlearn.web.shell.page import AnyRequest


@post("/venues/export", status_code=200)
async def export_venues(request: AnyRequest) -> Response[Any]:
    """As the list shows them, to the last."""
    form, home = read_query(request), reach.home(request)
    asked = Asked.of(venues.PATH, form, venues.ASKED)
    words, ended = asked.given.get("words", ""), form.ticked("ended")
    order = asked.order(VENUE_ORDERS, "place")

    async def fetch(limit: int, offset: int) -> list[VenueRow]:
        return await all_venues(home, words=words, with_ended=ended, order=order, limit=limit, offset=offset)

    def line(one: VenueRow) -> Line:
        return (one.name, one.address, one.place_name, one.capacity, one.sessions_left, one.ended_on)

    columns = [
        Column(_("Venue"), width=30), Column(_("Address"), width=36), Column(_("Place")),
        Column(_("How many people fit in"), "whole", 14), Column(_("Sessions to come"), "whole"),
        Column(_("Ended"), "day"),
    ]  # fmt: skip
    listed = Listed("venues", _("Venues"), columns, in_pages(fetch, line), filters=asked.given)
    return await download(request, listed, back=asked.address())


@post("/teachers/export", status_code=200)
async def export_teachers(request: AnyRequest) -> Response[Any]:
    """As the list shows them, to the last. They are named in the catalogue, so no reason is asked for."""
    reach.home(request)
    form, district = read_query(request), reach.district(request)
    asked = Asked.of(teachers.PATH, form, teachers.ASKED)
    words, ended = asked.given.get("words", ""), form.ticked("ended")
    order = asked.order(TEACHER_ORDERS, "name")

    async def fetch(limit: int, offset: int) -> list[TeacherRow]:
        return await all_teachers(district, words=words, with_ended=ended, order=order, limit=limit, offset=offset)

    def line(one: TeacherRow) -> Line:
        return (one.name, _(ENGAGEMENTS[one.engagement]), one.sessions_left, one.ended_on)

    columns = [
        Column(_("Name")), Column(_("Works here")), Column(_("Sessions to come"), "whole"),
        Column(_("Ended"), "day"),
    ]  # fmt: skip
    listed = Listed("teachers", _("Teachers"), columns, in_pages(fetch, line), filters=asked.given)
    return await download(request, listed, back=asked.address())


@post("/terms/export", status_code=200)
async def export_terms(request: AnyRequest) -> Response[Any]:
    """All of the district."""
    reach.home(request)
    found = await terms(reach.district(request))
    columns = [
        Column(_("Name of the term"), width=26), Column(_("First day"), "day"), Column(_("Last day"), "day"),
        Column(_("Courses a person"), "whole"), Column(_("Runs"), "whole"),
    ]  # fmt: skip
    lines = [(one.name, one.starts_on, one.ends_on, one.limit_per_person, one.runs) for one in found]
    return await download(request, Listed("terms", _("Terms"), columns, at_hand(lines)), back=TERMS)


@post("/holidays/export", status_code=200)
async def export_holidays(request: AnyRequest) -> Response[Any]:
    """Of all years."""
    reach.home(request)
    first, last = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
    found = await holidays_between(reach.district(request), first, last)
    columns = [Column(_("Day"), "day"), Column(_("Holiday"), width=24)]
    listed = Listed("holidays", _("Holidays"), columns, at_hand(list(found.items())))
    return await download(request, listed, back=HOLIDAYS)


@post("/organisations/{organisation_id:int}/members/export", status_code=200)
async def export_members(request: AnyRequest, organisation_id: FromPath[int]) -> Response[Any]:
    """Names as on the page: in full for people of her place, masked for all others."""
    reach.need(request, "read_lists")
    one, near = await society_of(request, organisation_id), await near_of(request)

    async def fetch(limit: int, offset: int) -> list[MemberRow]:
        return await members_of(one.id, limit=limit, offset=offset)

    def line(her: MemberRow) -> Line:
        is_near = her.place_id in near
        name = her.name or "" if is_near else masked_name(her.name)
        return (name, near[her.place_id] if is_near and her.place_id else None, her.joined_on)

    listed = Listed(
        subject="members",
        title=_("Members of %(name)s", name=one.name),
        columns=[Column(_("Name")), Column(_("Community")), Column(_("Member since"), "day")],
        lines=in_pages(fetch, line),
        notes=[Note(_("Names"), _("Names of people of other places are masked, as on the page."))],
        filters={"organisation": str(one.id)},
        names_people=True,
    )
    return await download(request, listed, back=path_of(one))
