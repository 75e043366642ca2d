"""The attendance sheet of a run as a file: who belongs to it, and at which session each was."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, post
from litestar.params import FromPath

from elderlearn.catalogue.queries import run_card
from elderlearn.catalogue.session_queries import sessions_of
from elderlearn.checkin.run_people import RunPerson, run_people, visits_by_person
from elderlearn.ground.spreadsheets.write_table import Column, Line, Note
from elderlearn.locale import N_, _
from elderlearn.web.leader.hers import leader
from elderlearn.web.shell.dates import short_date
from elderlearn.web.shell.downloads import Listed, at_hand, download
from elderlearn.web.shell.ids import id_in_address

STATES = {
    "seated": N_("Has a seat"),
    "offered": N_("was offered a seat"),
    "member": N_("Member"),
    "waiting": N_("Waiting"),
    "guest": N_("Came besides"),
}


@post("/runs/{run_id:int}/export", status_code=200)
async def export_run(request: Request[Any, Any, Any], run_id: FromPath[int]) -> Response[Any]:
    """Names as on the page: in full for those on the list, masked for guests. Not hers: there is nothing here."""
    by = leader(request)
    people = await run_people(id_in_address(run_id), by=by)
    came = await visits_by_person(run_id, by=by)
    run = await run_card(run_id)
    sessions = [one for one in await sessions_of(run_id) if one.state == "planned"]

    def line(one: RunPerson) -> Line:
        marks = [1 if session.id in came.get(one.resident_id, ()) else None for session in sessions]
        return (one.name, _(STATES[one.state]), one.came, *marks)

    listed = Listed(
        subject="attendance_sheet",
        title=_("Attendance sheet: %(title)s", title=run.title),
        columns=[
            Column(_("Name")),
            Column(_("State")),
            Column(_("Sessions attended"), "whole"),
            *(Column(short_date(one.starts_at), "whole", 9) for one in sessions),
        ],
        lines=at_hand([line(one) for one in people]),
        notes=[
            Note(_("Organisation"), run.organisation_name),
            Note(_("Marks"), _("1 stands for: was there. Sessions that were called off are left out.")),
            Note(_("Names"), _("Names of people who are not on the list are masked, as on the page.")),
        ],
        filters={"run": str(run_id)},
        names_people=True,
    )
    return await download(request, listed, back=f"/lead/runs/{run_id}", door="leader")
