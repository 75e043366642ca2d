"""Courses: the list, and one of them with its runs."""

from __future__ import annotations

from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from elderlearn.catalogue.course_queries import ORDERS, STATES, SoughtCourse, courses, how_many_courses
from elderlearn.catalogue.queries import Wanted, how_many_runs, open_runs
from elderlearn.ground.clock import now
from elderlearn.ground.trail_queries import changes_of
from elderlearn.locale import N_, _
from elderlearn.web.planning import reach
from elderlearn.web.planning.lists import A_PAGE, Asked
from elderlearn.web.planning.sheet import place_options
from elderlearn.web.planning.words import COURSE_STATES, SHORT_KINDS, options, said
from elderlearn.web.shell.forms import Form, read_query
from elderlearn.web.shell.lists import LONGEST
from elderlearn.web.shell.page import AnyRequest, page

PATH = "/planning/courses"
ASKED = ("words", "state", "place", "order")
COLUMNS = {
    "title": N_("Title"),
    "_subject": N_("Subject"),
    "organisation": N_("Organisation"),
    "state": N_("State"),
    "runs": N_("Runs ever"),
}
MOST_RUNS = 30


async def sought_of(request: AnyRequest, form: Form) -> SoughtCourse:
    """What the address asks for, within her place."""
    chosen = {one.code: one.id for one in await reach.her_places(request)}
    asked = form.value("state")
    state = asked if asked in STATES else None
    place_id = chosen.get(form.value("place"), reach.home(request))
    return SoughtCourse(place_id, state, words=form.value("words")[:LONGEST], never_held=asked == "never_held")


@get("/courses")
async def list_courses(request: AnyRequest) -> Response[Any]:
    """`words`, `state`, `place`, `order`, `page`."""
    form = read_query(request)
    asked = Asked.of(PATH, form, ASKED)
    sought = await sought_of(request, form)
    order = asked.order(ORDERS, "title")
    return page(
        request,
        "planning/courses/list.html",
        form=form,
        asked=asked,
        how_many=await how_many_courses(sought),
        heads=asked.heads(COLUMNS, order, ("runs",)),
        found=await courses(sought, order=order, limit=A_PAGE, offset=asked.offset),
        states=[*options(COURSE_STATES), ("never_held", _("Published, without a class"))],
        state_said=said(COURSE_STATES),
        places=place_options(await reach.her_places(request)),
        may_add=reach.able(request, "add_course"),
    )


@get("/courses/{course_id:int}")
async def show_course(request: AnyRequest, course_id: FromPath[int]) -> Response[Any]:
    """With its latest runs, and what was changed."""
    one = await reach.course_of(request, course_id)
    wanted = Wanted(course_id=one.id, with_drafts=True)
    return page(
        request,
        "planning/courses/show.html",
        one=one,
        runs=await open_runs(wanted, limit=MOST_RUNS),
        how_many_runs=await how_many_runs(wanted),
        state_said=said(COURSE_STATES),
        run_kind_said=said(SHORT_KINDS),
        changes=await changes_of("course", one.id),
        may_change=reach.able(request, "change_course") and one.state != "ended",
        may_release=reach.able(request, "release_course") and one.state == "draft",
        may_plan=reach.able(request, "add_run") and one.state != "ended",
        now=now(),
    )
