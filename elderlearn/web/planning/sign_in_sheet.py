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
from elderlearn.web.shell.lists import Look
from elderlearn.web.shell.page import AnyRequest, page

A_SHEET = 500  # lines; more names go on further sheets
EMPTY_LINES = 8


@get("/runs/{run_id:int}/sheet")
async def show_sheet(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """For one `session`, the next one when none is named. Whoever enrols people here needs their names in
    full, wherever they live, so that each finds her line; to an auditor they are masked.
    """
    run = await reach.run_of(request, run_id)
    query = read_query(request)
    sessions = [one for one in await sessions_of(run.id) if one.state == "planned"]
    asked = query.value("session")
    chosen = next((one for one in sessions if str(one.id) == asked), None)
    coming = next((one for one in sessions if one.ends_at >= now()), None)
    look = Look.of(f"/planning/runs/{run.id}/sheet", query, ("session",))
    skipped = A_SHEET * (look.number - 1)
    names = await names_on(request, run, skipped)
    return page(
        request,
        "planning/runs/sheet.html",
        run=run,
        sessions=sessions,
        session=chosen or coming or (sessions[-1] if sessions else None),
        names=names[:A_SHEET],
        skipped=skipped,
        earlier=look.earlier,
        later=look.address(page=look.number + 1) if len(names) > A_SHEET else "",
        empty_lines=EMPTY_LINES if names else 3 * EMPTY_LINES,
    )


async def names_on(request: AnyRequest, run: RunCard, skipped: int = 0, at_most: int = A_SHEET) -> list[str]:
    """As they stand on the sheet, by name, after so many; one more than `at_most` when more follow."""
    is_whole = reach.able(request, "enrol_other")
    return [name or "" if is_whole else masked_name(name) for name in await _names(run, skipped, at_most + 1)]


async def _names(run: RunCard, skipped: int, limit: int) -> list[str | None]:
    if run.entry == "members":
        members = await members_of(run.organisation_id, by_name=True, limit=limit, offset=skipped)
        return [one.name for one in members]
    if run.entry == "drop_in":
        return []
    seated = await people_of_run(run.id, only_seated=True, limit=limit, offset=skipped)
    return [one.name for one in seated]
