"""The sign-in sheet of a run, on paper: whoever has a seat or is a member, and empty lines."""

from __future__ import annotations

from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from elderlearn.catalogue.member_queries import members_of
from elderlearn.catalogue.queries import RunCard
from elderlearn.catalogue.session_queries import sessions_of
from elderlearn.enrolment.people_of_run import people_of_run
from elderlearn.ground.clock import now
from elderlearn.people.names import masked_name
from elderlearn.web.planning import reach
from elderlearn.web.shell.forms import read_query
from elderlearn.web.shell.page import AnyRequest, page

MOST_LINES = 500
EMPTY_LINES = 8


@get("/runs/{run_id:int}/sheet")
async def show_sheet(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """For one `session`, the next one when none is named. Whoever enrols people here needs their names in
    full, wherever they live, so that each finds her line; to an auditor they are masked.
    """
    run = await reach.run_of(request, run_id)
    sessions = [one for one in await sessions_of(run.id) if one.state == "planned"]
    asked = read_query(request).value("session")
    chosen = next((one for one in sessions if str(one.id) == asked), None)
    coming = next((one for one in sessions if one.ends_at >= now()), None)
    names = await names_on(request, run)
    return page(
        request,
        "planning/runs/sheet.html",
        run=run,
        sessions=sessions,
        session=chosen or coming or (sessions[-1] if sessions else None),
        names=names,
        empty_lines=EMPTY_LINES if names else 3 * EMPTY_LINES,
    )


async def names_on(request: AnyRequest, run: RunCard) -> list[str]:
    """As they stand on the sheet."""
    is_whole = reach.able(request, "enrol_other")
    return [name or "" if is_whole else masked_name(name) for name in await _names(run)]


async def _names(run: RunCard) -> list[str | None]:
    if run.entry == "members":
        return [one.name for one in await members_of(run.organisation_id, limit=MOST_LINES)]
    if run.entry == "drop_in":
        return []
    return [one.name for one in await people_of_run(run.id, only_seated=True, limit=MOST_LINES)]
