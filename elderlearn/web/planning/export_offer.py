"""Organisations, courses and runs as files, with the filters of their lists."""

from __future__ import annotations

from typing import Any

from litestar import Response, post

from elderlearn.catalogue.course_queries import ORDERS as COURSE_ORDERS
from elderlearn.catalogue.course_queries import CourseRow
from elderlearn.catalogue.course_queries import courses as all_courses
from elderlearn.catalogue.organisation_queries import ORDERS, OrganisationRow
from elderlearn.catalogue.organisation_queries import organisations as all_organisations
from elderlearn.catalogue.queries import RunCard, open_runs
from elderlearn.ground.spreadsheets.write_table import Column, Line
from elderlearn.locale import _
from elderlearn.web.planning import courses, organisations, runs
from elderlearn.web.planning.lists import Asked
from elderlearn.web.planning.words import COURSE_STATES, ORGANISATION_KINDS, RUN_ORDERS, SHORT_ENTRIES, SHORT_KINDS
from elderlearn.web.shell.downloads import Listed, download, in_pages
from elderlearn.web.shell.forms import read_query
from elderlearn.web.shell.page import AnyRequest


@post("/organisations/export", status_code=200)
async def export_organisations(request: AnyRequest) -> Response[Any]:
    """As the list shows them, to the last."""
    form = read_query(request)
    asked = Asked.of(organisations.PATH, form, organisations.ASKED)
    sought, order = await organisations.sought_of(request, form), asked.order(ORDERS, "name")

    async def fetch(limit: int, offset: int) -> list[OrganisationRow]:
        return await all_organisations(sought, order=order, limit=limit, offset=offset)

    def line(one: OrganisationRow) -> Line:
        kind = _(ORGANISATION_KINDS[one.kind])
        counts = (one.courses, one.runs_left, one.members)
        return (one.name, kind, one.place_code, one.place_name, *counts, one.ended_on)

    columns = [
        Column(_("Organisation"), width=34), Column(_("Kind")), Column(_("Place code"), width=15),
        Column(_("Place")), Column(_("Courses"), "whole"), Column(_("Runs not over"), "whole"),
        Column(_("Members"), "whole"), Column(_("Ended"), "day"),
    ]  # fmt: skip
    listed = Listed("organisations", _("Organisations"), columns, in_pages(fetch, line), filters=asked.given)
    return await download(request, listed, back=asked.address())


@post("/courses/export", status_code=200)
async def export_courses(request: AnyRequest) -> Response[Any]:
    """As the list shows them, to the last."""
    form = read_query(request)
    asked = Asked.of(courses.PATH, form, courses.ASKED)
    sought, order = await courses.sought_of(request, form), asked.order(COURSE_ORDERS, "title")

    async def fetch(limit: int, offset: int) -> list[CourseRow]:
        return await all_courses(sought, order=order, limit=limit, offset=offset)

    def line(one: CourseRow) -> Line:
        state = _(COURSE_STATES[one.state])
        return (one.title, one.subject, one.organisation_name, one.place_name, state, one.runs, one.runs_left)

    columns = [
        Column(_("Title"), width=30), Column(_("Subject")), Column(_("Organisation"), width=34),
        Column(_("Place")), Column(_("State"), width=10), Column(_("Runs ever"), "whole"),
        Column(_("Runs not over"), "whole"),
    ]  # fmt: skip
    listed = Listed("courses", _("Courses"), columns, in_pages(fetch, line), filters=asked.given)
    return await download(request, listed, back=asked.address())


@post("/runs/export", status_code=200)
async def export_runs(request: AnyRequest) -> Response[Any]:
    """As the list shows them, to the last."""
    form = read_query(request)
    asked = Asked.of(runs.PATH, form, runs.ASKED)
    wanted, order = await runs.wanted_of(request, form), asked.order(RUN_ORDERS, "day")

    async def fetch(limit: int, offset: int) -> list[RunCard]:
        return await open_runs(wanted, order=order, limit=limit, offset=offset)

    listed = Listed("runs", _("Runs"), _run_columns(), in_pages(fetch, _run_line), filters=asked.given)
    return await download(request, listed, back=asked.address())


def _run_columns() -> list[Column]:
    return [
        Column(_("Title"), width=30), Column(_("Subject")), Column(_("Kind")), Column(_("Entry")),
        Column(_("Organisation"), width=34), Column(_("Place")), Column(_("First day"), "day"),
        Column(_("Last day"), "day"), Column(_("Sessions"), "whole"), Column(_("Minutes planned"), "whole"),
        Column(_("Seats"), "whole"), Column(_("Seats taken"), "whole"), Column(_("Waiting"), "whole"),
        Column(_("Enrolment opens"), "moment"), Column(_("Enrolment ends"), "moment"),
        Column(_("From age"), "whole"), Column(_("Up to age"), "whole"), Column(_("Venue")),
    ]  # fmt: skip


def _run_line(one: RunCard) -> Line:
    return (
        *(one.title, one.subject, _(SHORT_KINDS[one.kind]), _(SHORT_ENTRIES[one.entry])),
        *(one.organisation_name, one.place_name, one.first_on, one.last_on),
        *(one.sessions_count, one.planned_minutes, one.seats),
        *(one.seats_taken if one.seats is not None else None, one.waiting if one.seats is not None else None),
        *(one.opens_at, one.closes_at, one.min_age, one.max_age, one.venue),
    )
