"""One file that is brought in: how far it is, what was found, and the word that has it written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from elderlearn.ground.spreadsheets.faults import Fault
from elderlearn.ground.spreadsheets.write_table import Column
from elderlearn.locale import _
from elderlearn.stewardship.imports.queries import ImportRunRow, import_run
from elderlearn.stewardship.imports.start import cancel_import, confirm_import
from elderlearn.web.office.import_reasons import reason, where
from elderlearn.web.office.import_words import KINDS, STATES, counted
from elderlearn.web.office.imports import PATH, by, carry_out_small
from elderlearn.web.shell.downloads import Listed, at_hand, download
from elderlearn.web.shell.forms import read_form
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.page import go, page

MOST_SHOWN = 50


@dataclass(frozen=True)
class Wrong:
    """One fault as it is drawn."""

    where: str
    heading: str
    value: str
    reason: str


@get("/imports/{import_id:int}")
async def show_import(request: Request[Any, Any, Any], import_id: FromPath[int]) -> Response[str]:
    """While it is at work the page asks again by itself, with and without JavaScript."""
    run = await _run(request, import_id)
    found = run.found
    return page(
        request,
        "office/imports/show.html",
        fragment="office/imports/_run.html",
        run=run,
        words=KINDS[run.kind],
        state=STATES[run.state],
        counts=counted(found.counts if found else None),
        faults=[_wrong(one) for one in found.faults[:MOST_SHOWN]] if found else [],
        remarks=[_wrong(one) for one in found.remarks[:MOST_SHOWN]] if found else [],
    )


@post("/imports/{import_id:int}/confirmation", status_code=200)
async def confirm_here(request: Request[Any, Any, Any], import_id: FromPath[int]) -> Response[Any]:
    """Write it; with `skip` the good rows only."""
    run = await _run(request, import_id)
    skip = (await read_form(request)).value("skip") == "yes"
    await confirm_import(run.id, skip_bad=skip, by=by(request))
    await carry_out_small(run.id, run.size)
    return go(request, f"{PATH}/{run.id}")


@post("/imports/{import_id:int}/cancellation", status_code=200)
async def cancel_here(request: Request[Any, Any, Any], import_id: FromPath[int]) -> Response[Any]:
    """Nothing of it is written, and the file is forgotten."""
    run = await _run(request, import_id)
    await cancel_import(run.id, by=by(request))
    return go(request, f"{PATH}/{run.id}")


@post("/imports/{import_id:int}/export", status_code=200)
async def export_faults(request: Request[Any, Any, Any], import_id: FromPath[int]) -> Response[Any]:
    """What is wrong, row by row, to be worked through beside the list."""
    run = await _run(request, import_id)
    faults = [*run.found.faults, *run.found.remarks] if run.found else []
    lines = [(one.line or None, one.cell, one.heading, one.value, reason(one)) for one in faults]
    columns = [
        Column(_("Line"), "whole"), Column(_("Cell"), width=10), Column(_("Heading")),
        Column(_("What stands there"), width=26), Column(_("What to do"), width=70),
    ]  # fmt: skip
    listed = Listed(
        subject="import_faults",
        title=_("To be corrected: %(name)s", name=run.file_name),
        columns=columns,
        lines=at_hand(lines),
        filters={"import": str(run.id)},
    )
    return await download(request, listed, back=f"{PATH}/{run.id}")


async def _run(request: Request[Any, Any, Any], import_id: int) -> ImportRunRow:
    return await import_run(id_in_address(import_id), by=by(request))


def _wrong(fault: Fault) -> Wrong:
    return Wrong(where(fault), fault.heading, fault.value, reason(fault))
