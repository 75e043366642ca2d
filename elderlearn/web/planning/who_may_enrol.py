"""Who may enrol when in a run that is there, and what is asked of them; for those who ask from now on."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.conditions import Conditions, conditions_of
from elderlearn.catalogue.queries import RunCard
from elderlearn.enrolment.set_conditions import WantedConditions, set_conditions
from elderlearn.enrolment.share_queries import kept_shares
from elderlearn.enrolment.shares import WantedShare
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.locale import _
from elderlearn.web.planning import giving, reach
from elderlearn.web.planning.giving import Giving, read_giving
from elderlearn.web.planning.new_run import courses_before
from elderlearn.web.planning.sentences import blame
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.page import AnyRequest, go, page
from elderlearn.web.shell.who_may import WhoMay, who_may

PATH = "/planning/runs"


@get("/runs/{run_id:int}/who-may-enrol")
async def ask_who_may(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """As it is."""
    run = await _run(request, run_id)
    conditions = await conditions_of(run.id)
    shares = await kept_shares(run.id)
    form = Form.of(**giving.filled(conditions, shares))
    return await _screen(request, run, form, said=_said(run, conditions, shares))


@post("/runs/{run_id:int}/who-may-enrol", status_code=200)
async def set_who_may(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """`step` show: the sentence residents would read; save: from now on. Nobody loses a seat."""
    run = await _run(request, run_id)
    form = await read_form(request)
    before = await courses_before(run.organisation_id, run.place_id, run.course_id)
    given = read_giving(form, run.opens_at, run.closes_at, before, run.seats)
    if form.value("step") == "save" and form.is_good and await _saved(request, run, form, given):
        return go(request, f"{PATH}/{run.id}", said=_("Saved."))
    return await _screen(request, run, form, said=await _asked(run, given) if form.is_good else None)


async def _run(request: AnyRequest, run_id: int) -> RunCard:
    reach.need(request, "change_run")
    run = await reach.run_of(request, run_id)
    if run.entry != "enrol":
        raise Missing
    return run


async def _saved(request: AnyRequest, run: RunCard, form: Form, given: Giving) -> bool:
    shares = None if given.rounds is None else given.shares
    try:
        await set_conditions(run.id, WantedConditions(given.rules, given.rounds, shares), by=reach.by(request))
    except Refusal as refusal:
        kept = giving.KEPT_FOR.get(str(refusal.values.get("audience")), "newcomer_seats")
        blame(form, refusal, otherwise="giving", share_below_taken=kept)
    return form.is_good


async def _asked(run: RunCard, given: Giving) -> WhoMay | None:
    """What residents would read."""
    rounds, shares = given.rounds, given.shares
    if rounds is None:
        rounds, shares = (await conditions_of(run.id)).rounds, await kept_shares(run.id)
    return _said(run, Conditions(rounds, given.rules, given.prerequisite), shares)


def _said(run: RunCard, conditions: Conditions, shares: tuple[WantedShare, ...]) -> WhoMay | None:
    if run.opens_at is None or run.closes_at is None:
        return None
    return who_may(run.opens_at, run.closes_at, conditions, shares)


async def _screen(request: AnyRequest, run: RunCard, form: Form, *, said: WhoMay | None) -> Response[Any]:
    before = await courses_before(run.organisation_id, run.place_id, run.course_id)
    as_now = giving.way_of(await conditions_of(run.id), await kept_shares(run.id)) == giving.AS_NOW
    return page(
        request,
        "planning/runs/who_may_enrol.html",
        status=200 if form.is_good else 422,
        run=run,
        form=form,
        giving=giving.offered(before, as_now=as_now),
        rules_open=giving.is_asked(form),
        who_may=said,
    )
