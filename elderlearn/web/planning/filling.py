"""How a run fills, for those who watch: the block of its page, again every few seconds while enrolment is open."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from elderlearn.catalogue.queries import RunCard
from elderlearn.enrolment.filling import filling
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing
from elderlearn.locale import N_, _
from elderlearn.web.planning import reach
from elderlearn.web.shell.forms import read_query
from elderlearn.web.shell.page import AnyRequest, page

CHANNELS = {
    "self": N_("On their own phone"),
    "carer": N_("By a carer"),
    "window": N_("At the window"),
    "phone": N_("On the phone"),
    "paper": N_("On paper"),
}
ROUNDS = {
    "returning": N_("Round for returning people"),
    "new": N_("Round for new people"),
    "neighbours": N_("Round for neighbours"),
    "top_up": N_("Top-up round"),
    "late": N_("Late entry"),
    "everyone": N_("Round for everybody"),
}
SHARES = {
    "newcomers": N_("Kept for new people"),
    "desk": N_("Kept for the desk"),
    "own_village": N_("Kept for the same community"),
}
# A page left open must not keep an office signed in: it looks for ten minutes, then waits to be asked.
MOST_TURNS = 120
SOON = timedelta(minutes=30)


@get("/runs/{run_id:int}/filling")
async def show_filling(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """A page of its own, and the same block for the page of the run."""
    run = await reach.run_of(request, run_id)
    if run.entry != "enrol":
        raise Missing
    turn = read_query(request).value("turn")
    number = int(turn) if turn.isascii() and turn.isdecimal() and len(turn) < 4 else 0
    return page(
        request,
        "planning/runs/filling.html",
        fragment="planning/runs/_filling.html",
        run=run,
        **await filling_context(run, number),
    )


async def filling_context(run: RunCard, turn: int = 0) -> dict[str, Any]:
    """What the block shows; nothing where nobody enrols."""
    if run.entry != "enrol" or run.opens_at is None or run.closes_at is None:
        return {"filling": None}
    moment = now()
    is_live = run.opens_at - SOON <= moment < run.closes_at
    return {
        "filling": await filling(run.id),
        "again": turn + 1 if is_live and turn < MOST_TURNS else None,
        "is_live": is_live,
        "seen_at": moment,
        "channel_said": {one: _(said) for one, said in CHANNELS.items()},
        "round_said": {one: _(said) for one, said in ROUNDS.items()},
        "share_said": {one: _(said) for one, said in SHARES.items()},
    }
