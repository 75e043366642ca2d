"""The waiting line of a run as a file: open offers first, then the line in its order."""

from __future__ import annotations

from typing import Any

from litestar import Response, post
from litestar.params import FromPath

from elderlearn.enrolment.in_line import InLine, in_line
from elderlearn.ground.spreadsheets.write_table import Column, Line, Note
from elderlearn.locale import _
from elderlearn.people.names import masked_name
from elderlearn.web.planning import reach
from elderlearn.web.planning.filling import CHANNELS
from elderlearn.web.planning.line import PATH, with_a_line
from elderlearn.web.planning.words import PERSON_STATES
from elderlearn.web.shell.downloads import Listed, download, in_pages
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.page import AnyRequest


@post("/runs/{run_id:int}/line/export", status_code=200)
async def export_line(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """Names as on the page: in full for people of her place, masked for all others."""
    reach.need(request, "read_lists")
    run = await with_a_line(request, run_id)
    near = await reach.near_ids(signed_in(request))

    async def fetch(limit: int, offset: int) -> list[InLine]:
        return await in_line(run.id, limit=limit, offset=offset)

    def line(one: InLine) -> Line:
        name = one.name or "" if one.place_id in near else masked_name(one.name)
        state = _(PERSON_STATES["offered" if one.offer_until else "waiting"])
        came = _(CHANNELS[one.channel])
        return (one.position, name, one.place_name, state, one.offer_until, came, one.asked_at)

    columns = [
        Column(_("Place in the line"), "whole"), Column(_("Name")), Column(_("Community")), Column(_("State")),
        Column(_("Answer by"), "moment"), Column(_("How they came")), Column(_("Asked on"), "moment"),
    ]  # fmt: skip
    listed = Listed(
        subject="waiting_line",
        title=_("Waiting line: %(title)s", title=run.title),
        columns=columns,
        lines=in_pages(fetch, line),
        notes=[
            Note(_("Organisation"), run.organisation_name),
            Note(_("Names"), _("Names of people of other places are masked, as on the page.")),
        ],
        filters={"run": str(run.id)},
        names_people=True,
    )
    return await download(request, listed, back=f"{PATH}/{run.id}/line")
