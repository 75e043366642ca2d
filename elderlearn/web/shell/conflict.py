"""One scan that waits for somebody to look: what happened, and what each button would do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from litestar import Response

from elderlearn.checkin.resolutions import Resolution, resolution_of, undone_of
from elderlearn.checkin.resolve import Plan
from elderlearn.checkin.resolve_count import counted
from elderlearn.checkin.resolve_session import SessionThen, other_session, sessions_then
from elderlearn.checkin.unclear import unclear_one
from elderlearn.checkin.unclear_scan import UnclearScan, unclear_scan
from elderlearn.checkin.who_scanned import helpers_of_scans
from elderlearn.checkin.would_change import would_change
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.web.shell.conflict_words import DROP, UNDO, buttons, effects, why_not
from elderlearn.web.shell.conflicts import AnyRequest, Here, line
from elderlearn.web.shell.forms import Form
from elderlearn.web.shell.page import page

READ = "read_unclear"


@dataclass(frozen=True)
class Option:
    """A button with what it would do; `refused` says why there is none. `then` names the other session."""

    effects: list[str] = field(default_factory=list)
    refused: str = ""
    then: SessionThen | None = None


async def show_one(
    request: AnyRequest, here: Here, scan_id: UUID, *, form: Form | None = None, status: int = 200
) -> Response[Any]:
    """Raises Missing for what is not within reach."""
    scan = await unclear_scan(scan_id, by=here.by, action=READ)
    shown = await unclear_one(here.whose, scan_id)
    if shown is None:
        raise Missing
    decision = await resolution_of(scan_id)
    is_open = decision is None and here.may_decide
    then = await sessions_then(scan, by=here.by) if is_open else []
    is_nobody = scan.resident_id is None
    return page(
        request,
        f"{here.templates}/conflicts/show.html",
        status=status,
        here=here,
        line=line(shown, here, (await helpers_of_scans([scan_id])).get(scan_id, "")),
        scan=scan,
        form=form or Form(),
        decision=decision,
        is_own=_is_own(decision, here),
        undone=await undone_of(scan_id),
        count=await option(scan, counted, here) if is_open and not is_nobody and scan.is_at_hand else None,
        others=[] if is_nobody else [await option(scan, other_session(one.session_id), here, one) for one in then],
        then=then,
        drop=buttons(DROP),
        undo=buttons(UNDO),
    )


def _is_own(decision: Resolution | None, here: Here) -> bool:
    return decision is not None and decision.by_kind == "staff" and decision.by_id == here.by.id


async def option(scan: UnclearScan, plan: Plan, here: Here, then: SessionThen | None = None) -> Option:
    """Tried out, and taken back."""
    try:
        change = await would_change(scan.id, plan, by=here.by)
    except Refusal as refusal:
        return Option(refused=why_not(refusal), then=then)
    return Option(effects(change) if change else [], then=then)
