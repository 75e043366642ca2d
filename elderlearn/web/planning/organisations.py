"""Organisations: the list, and one of them with its courses and runs."""

from __future__ import annotations

from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from elderlearn.catalogue.course_queries import SoughtCourse, courses
from elderlearn.catalogue.organisation_queries import ORDERS, Sought, how_many_organisations, organisations
from elderlearn.catalogue.queries import Wanted, how_many_runs, open_runs
from elderlearn.ground.clock import now
from elderlearn.ground.trail_queries import changes_of
from elderlearn.locale import N_
from elderlearn.web.planning import reach
from elderlearn.web.planning.lists import A_PAGE, Asked
from elderlearn.web.planning.sheet import place_options
from elderlearn.web.planning.words import COURSE_STATES, ORGANISATION_KINDS, SHORT_KINDS, options, said
from elderlearn.web.shell.forms import Form, read_query
from elderlearn.web.shell.lists import LONGEST
from elderlearn.web.shell.page import AnyRequest, page

PATH = "/planning/organisations"
ASKED = ("words", "kind", "place", "ended", "order")
COLUMNS = {
    "name": N_("Organisation"),
    "kind": N_("Kind"),
    "place": N_("Place"),
    "courses": N_("Courses"),
    "runs": N_("Runs not over"),
}
MOST_RUNS = 10


async def sought_of(request: AnyRequest, form: Form) -> Sought:
    """What the address asks for, within her place."""
    chosen = {one.code: one.id for one in await reach.her_places(request)}
    kind = form.value("kind") if form.value("kind") in ORGANISATION_KINDS else None
    place_id = chosen.get(form.value("place"), reach.home(request))
    return Sought(place_id, kind, form.value("words")[:LONGEST], form.ticked("ended"))


@get("/organisations")
async def list_organisations(request: AnyRequest) -> Response[Any]:
    """`words`, `kind`, `place`, `ended`, `order`, `page`."""
    form = read_query(request)
    asked = Asked.of(PATH, form, ASKED)
    sought = await sought_of(request, form)
    order = asked.order(ORDERS, "name")
    how_many = await how_many_organisations(sought)
    return page(
        request,
        "planning/organisations/list.html",
        form=form,
        asked=asked,
        how_many=how_many,
        heads=asked.heads(COLUMNS, order, ("courses", "runs")),
        found=await organisations(sought, order=order, limit=A_PAGE, offset=asked.offset),
        kinds=options(ORGANISATION_KINDS),
        kind_said=said(ORGANISATION_KINDS),
        places=place_options(await reach.her_places(request)),
        may_add=reach.able(request, "add_organisation"),
    )


@get("/organisations/{organisation_id:int}")
async def show_organisation(request: AnyRequest, organisation_id: FromPath[int]) -> Response[Any]:
    """With its courses, the runs that are not over, and what was changed."""
    one = await reach.organisation_of(request, organisation_id)
    runs = Wanted(organisation_id=one.id, not_over=True, with_drafts=True)
    return page(
        request,
        "planning/organisations/show.html",
        one=one,
        courses=await courses(SoughtCourse(one.place_id, organisation_id=one.id), order="state", limit=100),
        runs=await open_runs(runs, limit=MOST_RUNS),
        how_many_runs=await how_many_runs(runs),
        kind_said=said(ORGANISATION_KINDS),
        run_kind_said=said(SHORT_KINDS),
        state_said=said(COURSE_STATES),
        changes=await changes_of("organisation", one.id),
        may_change=reach.able(request, "change_organisation") and one.ended_on is None,
        may_plan=reach.able(request, "add_run") and one.ended_on is None,
        may_add_course=reach.able(request, "add_course") and one.ended_on is None,
        now=now(),
    )
