"""A leader's runs and societies: the list, and one run with its sessions, its people and its sums."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get
from litestar.params import FromPath

from elderlearn.catalogue.led_runs import PHASES, SORTS, runs_led_by
from elderlearn.catalogue.queries import run_card
from elderlearn.catalogue.session_queries import sessions_of
from elderlearn.catalogue.societies import societies_led_by
from elderlearn.checkin.queries import presence_of
from elderlearn.checkin.run_people import RunPerson, run_people, run_totals
from elderlearn.ground.clock import now
from elderlearn.ground.trail_queries import changes_of_all
from elderlearn.locale import N_, _
from elderlearn.web.leader.cards import card
from elderlearn.web.leader.hers import leader
from elderlearn.web.leader.part import Part, part
from elderlearn.web.shell.forms import Form, read_query
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.page import page

PAGE = 20
FURTHEST = 10_000
PHASE_WORDS = {"running": N_("Running now"), "coming": N_("Coming"), "over": N_("Over")}
CHANGES = 5
BELONGING = ("seated", "offered", "member")


@get("/runs")
async def list_runs(request: Request[Any, Any, Any]) -> Response[str]:
    """Search, phase, sort and page all stand in the address."""
    form = read_query(request)
    phase = form.value("phase") if form.value("phase") in PHASES else PHASES[0]
    sort = form.value("sort") if form.value("sort") in SORTS else SORTS[0]
    words = form.value("q")[:100]
    at = form.number("page", low=1, high=FURTHEST) or 1
    form.errors.clear()
    staff_id = signed_in(request).id
    listed = await runs_led_by(staff_id, phase, words=words, sort=sort, limit=PAGE, offset=(at - 1) * PAGE)

    def address(**changes: object) -> str:
        chosen = {"phase": phase, "q": words, "sort": sort, "page": 1} | changes
        usual = {"phase": PHASES[0], "q": "", "sort": SORTS[0], "page": 1}
        query = urlencode({name: one for name, one in chosen.items() if one != usual[name]})
        return "/lead/runs" + (f"?{query}" if query else "")

    return page(
        request,
        "leader/runs/list.html",
        form=form,
        phase=phase,
        sort=sort,
        words=words,
        phases=[(one, _(said), address(phase=one)) for one, said in PHASE_WORDS.items()],
        other_sort=address(sort="title" if sort == "when" else "when"),
        runs=listed.runs,
        earlier=address(page=at - 1) if at > 1 else "",
        later=address(page=at + 1) if listed.has_more else "",
        societies=await societies_led_by(staff_id),
    )


@get("/runs/{run_id:int}")
async def show_run(request: Request[Any, Any, Any], run_id: FromPath[int]) -> Response[str]:
    """Its sessions with how many came, its people, the line, the sums. Not hers: there is nothing here.

    People stand sixty at a time; `who` says which of the three lists is looked through.
    """
    by, asked = leader(request), read_query(request)
    people = await run_people(id_in_address(run_id), by=by)
    sessions = await sessions_of(run_id)
    presence = await presence_of([one.id for one in sessions])
    things = {("course_run", run_id), *(("session", one.id) for one in sessions)}
    run = await run_card(run_id)
    societies = {one.id for one in await societies_led_by(signed_in(request).id)}
    cards = [card(one, presence[one.id], moment=now()) for one in sessions]
    return page(
        request,
        "leader/runs/show.html",
        run=run,
        totals=await run_totals(run_id, by=by),
        sessions=[replace(one, expected=0) if run.entry == "drop_in" else one for one in cards],
        belonging=_part("belonging", [one for one in people if one.state in BELONGING], asked, run_id),
        line=_part("line", [one for one in people if one.state == "waiting"], asked, run_id),
        guests=_part("guests", [one for one in people if one.state == "guest"], asked, run_id),
        society_id=run.organisation_id if run.organisation_id in societies else None,
        changes_list=await changes_of_all(things, CHANGES),
    )


def _part(which: str, people: list[RunPerson], asked: Form, run_id: int) -> Part[RunPerson]:
    """Only the list that `who` names is searched or turned over."""
    chosen = asked if asked.value("who") == which else Form()
    return part(people, chosen, f"/lead/runs/{run_id}", who=which)
