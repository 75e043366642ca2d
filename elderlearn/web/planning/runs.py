"""Runs: the list, and one of them with its people, sessions and leaders."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.leader_queries import leaders_of, possible_leaders
from elderlearn.catalogue.leaders import end_leader, make_leader
from elderlearn.catalogue.new_run import MOST_SEATS
from elderlearn.catalogue.queries import RunCard, Wanted, how_many_runs, open_runs
from elderlearn.catalogue.session_queries import sessions_of
from elderlearn.enrolment.change_seats import change_seats
from elderlearn.enrolment.people_of_run import people_of_run
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.trail_queries import changes_of_all
from elderlearn.locale import _, ngettext
from elderlearn.people.names import masked_name
from elderlearn.web.planning import reach
from elderlearn.web.planning.filling import filling_context
from elderlearn.web.planning.lists import A_PAGE, Asked
from elderlearn.web.planning.sentences import blame
from elderlearn.web.planning.sheet import place_options
from elderlearn.web.planning.words import (
    PERSON_STATES,
    RUN_ORDERS,
    SHORT_ENTRIES,
    SHORT_KINDS,
    STAGES,
    options,
    said,
)
from elderlearn.web.shell.forms import Form, read_form, read_query
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.lists import LONGEST
from elderlearn.web.shell.page import AnyRequest, go, page
from elderlearn.web.shell.who_may import who_may_enrol

PATH = "/planning/runs"
ASKED = ("words", "place", "kind", "stage", "order")


async def wanted_of(request: AnyRequest, form: Form) -> Wanted:
    """What the address asks for, within her place."""
    chosen = {one.code: one.id for one in await reach.her_places(request)}
    return Wanted(
        place_id=chosen.get(form.value("place"), reach.home(request)),
        kind=form.value("kind") if form.value("kind") in SHORT_KINDS else None,
        words=form.value("words")[:LONGEST],
        with_drafts=True,
        stage=form.value("stage") if form.value("stage") in STAGES else None,
    )


@get("/runs")
async def list_runs(request: AnyRequest) -> Response[Any]:
    """`words`, `place`, `kind`, `stage`, `order`, `page`."""
    form = read_query(request)
    asked = Asked.of(PATH, form, ASKED)
    wanted = await wanted_of(request, form)
    return page(
        request,
        "planning/runs/list.html",
        form=form,
        asked=asked,
        how_many=await how_many_runs(wanted),
        found=await open_runs(wanted, order=asked.order(RUN_ORDERS, "day"), limit=A_PAGE, offset=asked.offset),
        orders=options(RUN_ORDERS),
        kinds=options(SHORT_KINDS),
        stages=options(STAGES),
        kind_said=said(SHORT_KINDS),
        entry_said=said(SHORT_ENTRIES),
        may_plan=reach.able(request, "add_run"),
        places=place_options(await reach.her_places(request)),
        now=now(),
    )


@get("/runs/{run_id:int}")
async def show_run(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """`page` turns the roster's pages, `leader` looks for a leader."""
    return await _show(request, await reach.run_of(request, run_id), read_query(request))


@post("/runs/{run_id:int}/seats", status_code=200)
async def change_seats_here(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """More seats serve the line at once."""
    reach.need(request, "change_run")
    run = await reach.run_of(request, run_id)
    form = await read_form(request)
    seats = form.number("seats", low=1, high=MOST_SEATS, need=_("Please write the number of seats."))
    if seats is not None:
        try:
            seated = await change_seats(run.id, seats, by=reach.by(request))
        except Refusal as refusal:
            blame(form, refusal, otherwise="seats")
        else:
            told = ngettext("%(n)s person got a seat.", "%(n)s people got a seat.", seated) if seated else ""
            return go(request, f"{PATH}/{run.id}", said=_("Saved.") + (f" {told}" if told else ""))
    return await _show(request, run, form)


@post("/runs/{run_id:int}/leaders", status_code=200)
async def add_leader_here(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """One of those found."""
    reach.need(request, "make_leader")
    run = await reach.run_of(request, run_id)
    form = await read_form(request)
    chosen = form.value("staff")
    if chosen not in {str(one.id) for one in await possible_leaders(run.place_id, limit=1000)}:
        raise Missing
    await make_leader(run.id, int(chosen), by=reach.by(request))
    return go(request, f"{PATH}/{run.id}#leaders", said=_("The leader sees this run from now on."))


@post("/runs/{run_id:int}/leaders/{staff_id:int}/removal", status_code=200)
async def end_leader_here(request: AnyRequest, run_id: FromPath[int], staff_id: FromPath[int]) -> Response[Any]:
    """Leads it no more; twice is the same."""
    reach.need(request, "make_leader")
    run = await reach.run_of(request, run_id)
    await end_leader(run.id, id_in_address(staff_id), by=reach.by(request))
    return go(request, f"{PATH}/{run.id}#leaders", said=_("One leader less."), tone="wait")


async def _show(request: AnyRequest, run: RunCard, form: Form) -> Response[str]:
    asked, moment = Asked.of(f"{PATH}/{run.id}", form, ("leader",)), now()
    near = await reach.near_ids(signed_in(request))
    people = await people_of_run(run.id, limit=A_PAGE + 1, offset=asked.offset)
    sessions = await sessions_of(run.id)
    leaders = await leaders_of(run.id)
    may_lead = reach.able(request, "make_leader")
    found = await possible_leaders(run.place_id, words=asked.given.get("leader", "")) if may_lead else []
    if "seats" not in form.typed:
        form.typed["seats"] = [str(run.seats or "")]
    return page(
        request,
        "planning/runs/show.html",
        status=200 if form.is_good else 422,
        run=run,
        form=form,
        asked=asked,
        people=[(one, one.name or "" if one.place_id in near else masked_name(one.name))
                for one in people[:A_PAGE]],
        later=asked.later(asked.offset + len(people)),
        coming=[one for one in sessions if one.ends_at >= moment],
        gone=[one for one in sessions if one.ends_at < moment],
        leaders=leaders,
        possible=[one for one in found if one.id not in {led.id for led in leaders}],
        who_may=await who_may_enrol(run),
        kind_said=said(SHORT_KINDS),
        entry_said=said(SHORT_ENTRIES),
        person_state=said(PERSON_STATES),
        changes=await changes_of_all({("course_run", run.id), *(("session", one.id) for one in sessions)}),
        may_change=reach.able(request, "change_run"),
        may_move=reach.able(request, "change_session"),
        may_lead=may_lead,
        may_enrol=reach.able(request, "enrol_other"), may_take=reach.able(request, "read_lists"),
        now=moment,
        **await filling_context(run),
    )  # fmt: skip
