"""One run as files: its sessions, its people, its sign-in sheet."""

from __future__ import annotations

from itertools import count
from typing import Any

from litestar import Response, post
from litestar.params import FromPath

from elderlearn.catalogue.session_queries import SessionCard, sessions_of
from elderlearn.checkin.run_people import visits_by_person
from elderlearn.enrolment.people_of_run import PersonOfRun, people_of_run
from elderlearn.ground.spreadsheets.write_table import Column, Line, Note
from elderlearn.locale import _
from elderlearn.people.names import masked_name
from elderlearn.web.planning import reach
from elderlearn.web.planning.runs import PATH
from elderlearn.web.planning.sign_in_sheet import names_on
from elderlearn.web.planning.words import PERSON_STATES
from elderlearn.web.shell.downloads import Listed, at_hand, download, in_pages
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.page import AnyRequest


@post("/runs/{run_id:int}/sessions/export", status_code=200)
async def export_sessions(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """All of them by time, called-off ones too."""
    run = await reach.run_of(request, run_id)
    columns = [
        Column(_("No."), "whole", 7), Column(_("Begins"), "moment"), Column(_("Ends"), "moment"),
        Column(_("Minutes"), "whole"), Column(_("State")), Column(_("Venue"), width=26),
        Column(_("Address"), width=30), Column(_("Teacher")),
    ]  # fmt: skip
    listed = Listed(
        subject="sessions",
        title=_("Sessions: %(title)s", title=run.title),
        columns=columns,
        lines=at_hand([_session(one) for one in await sessions_of(run.id)]),
        notes=[Note(_("Organisation"), run.organisation_name)],
        filters={"run": str(run.id)},
    )
    return await download(request, listed, back=f"{PATH}/{run.id}")


@post("/runs/{run_id:int}/people/export", status_code=200)
async def export_people(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """Names as on the page: in full for people of her place, masked for all others."""
    reach.need(request, "read_roster")
    reach.need(request, "read_lists")
    run = await reach.run_of(request, run_id)
    near = await reach.near_ids(signed_in(request))
    came = await visits_by_person(run.id, by=reach.by(request))

    async def fetch(limit: int, offset: int) -> list[PersonOfRun]:
        return await people_of_run(run.id, limit=limit, offset=offset)

    def line(one: PersonOfRun) -> Line:
        name = one.name or "" if one.place_id in near else masked_name(one.name)
        state = _(PERSON_STATES[one.state])
        return (name, one.place_name, state, one.position, one.asked_at, len(came.get(one.resident_id, ())))

    columns = [
        Column(_("Name")), Column(_("Community")), Column(_("State")), Column(_("Place in the line"), "whole"),
        Column(_("Asked on"), "moment"), Column(_("Sessions attended"), "whole"),
    ]  # fmt: skip
    listed = Listed(
        subject="people_of_run",
        title=_("People: %(title)s", title=run.title),
        columns=columns,
        lines=in_pages(fetch, line),
        notes=[
            Note(_("Organisation"), run.organisation_name),
            Note(_("Names"), _("Names of people of other places are masked, as on the page.")),
        ],
        filters={"run": str(run.id)},
        names_people=True,
    )
    return await download(request, listed, back=f"{PATH}/{run.id}#people")


@post("/runs/{run_id:int}/sheet/export", status_code=200)
async def export_sheet(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """The sign-in sheet, to be printed elsewhere; the desk may, because it lays the paper out."""
    reach.need(request, "read_roster")
    run = await reach.run_of(request, run_id)

    async def fetch(limit: int, offset: int) -> list[str]:
        return (await names_on(request, run, offset, limit))[:limit]

    numbers = count(1)
    columns = [
        Column(_("No."), "whole", 7), Column(_("Name"), width=20), Column(_("Signature"), width=26),
        Column(_("Remark"), width=26),
    ]  # fmt: skip
    listed = Listed(
        subject="sign_in_sheet",
        title=_("Sign-in sheet: %(title)s", title=run.title),
        columns=columns,
        lines=in_pages(fetch, lambda name: (next(numbers), name, None, None)),
        notes=[Note(_("Organisation"), run.organisation_name)],
        filters={"run": str(run.id)},
        names_people=True,
    )
    return await download(request, listed, back=f"{PATH}/{run.id}/sheet")


def _session(one: SessionCard) -> Line:
    state = _("Called off") if one.state == "called_off" else _("Planned")
    return (
        *(one.number, one.starts_at, one.ends_at, one.credited_minutes, state),
        *(one.venue, one.address, one.teacher),
    )
