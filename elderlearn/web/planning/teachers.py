"""Teachers: the list, adding, changing, ending."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.teachers import add_teacher, change_teacher, end_teacher
from elderlearn.catalogue.venue_queries import TeacherRow, teachers
from elderlearn.ground.errors import Refusal
from elderlearn.ground.trail_queries import changes_of
from elderlearn.locale import _
from elderlearn.web.planning import reach
from elderlearn.web.planning.endings import ask_ending, ending, take_ending
from elderlearn.web.planning.lists import A_PAGE, Asked
from elderlearn.web.planning.sentences import blame
from elderlearn.web.planning.sheet import Field, Sheet, name_field, show
from elderlearn.web.planning.words import ENGAGEMENTS, TEACHER_ORDERS, options, said
from elderlearn.web.shell.forms import Form, read_form, read_query
from elderlearn.web.shell.page import AnyRequest, go, page

PATH = "/planning/teachers"
ASKED = ("words", "ended", "order")


@get("/teachers")
async def list_teachers(request: AnyRequest) -> Response[Any]:
    """`words`, `ended`, `order`, `page`."""
    reach.home(request)
    form = read_query(request)
    asked = Asked.of(PATH, form, ASKED)
    found = await teachers(
        reach.district(request),
        words=asked.given.get("words", ""),
        with_ended=form.ticked("ended"),
        order=asked.order(TEACHER_ORDERS, "name"),
        limit=A_PAGE + 1,
        offset=asked.offset,
    )
    return page(
        request,
        "planning/teachers/list.html",
        form=form,
        asked=asked,
        found=found[:A_PAGE],
        orders=options(TEACHER_ORDERS),
        engagement_said=said(ENGAGEMENTS),
        later=asked.later(asked.offset + len(found)),
        may_change=reach.able(request, "change_teacher"),
    )


@get("/teachers/{teacher_id:int}")
async def show_teacher(request: AnyRequest, teacher_id: FromPath[int]) -> Response[Any]:
    """One, with what was changed."""
    one = await reach.teacher_of(request, teacher_id)
    return page(
        request,
        "planning/teachers/show.html",
        one=one,
        engagement_said=said(ENGAGEMENTS),
        changes=await changes_of("teacher", one.id),
        may_change=reach.able(request, "change_teacher") and one.ended_on is None,
    )


@get("/teachers/new")
async def new_teacher(request: AnyRequest) -> Response[Any]:
    """An empty form."""
    reach.need(request, "change_teacher")
    return show(request, _sheet(), Form())


@post("/teachers/new", status_code=200)
async def add_teacher_here(request: AnyRequest) -> Response[Any]:
    """Added."""
    reach.need(request, "change_teacher")
    form = await read_form(request)
    values = _read(form)
    if form.is_good:
        try:
            id = await add_teacher(district_id=reach.district(request), **values, by=reach.by(request))
        except Refusal as refusal:
            blame(form, refusal)
        else:
            return go(request, f"{PATH}/{id}", said=_("The teacher was added."))
    return show(request, _sheet(), form)


@get("/teachers/{teacher_id:int}/edit")
async def edit_teacher(request: AnyRequest, teacher_id: FromPath[int]) -> Response[Any]:
    """As it is."""
    reach.need(request, "change_teacher")
    one = await reach.teacher_of(request, teacher_id)
    form = Form.of(name=one.name, known_by=one.known_by, engagement=one.engagement)
    return show(request, _sheet(one), form)


@post("/teachers/{teacher_id:int}/edit", status_code=200)
async def change_teacher_here(request: AnyRequest, teacher_id: FromPath[int]) -> Response[Any]:
    """Changed."""
    reach.need(request, "change_teacher")
    one = await reach.teacher_of(request, teacher_id)
    form = await read_form(request)
    values = _read(form)
    if form.is_good:
        try:
            await change_teacher(one.id, **values, by=reach.by(request))
        except Refusal as refusal:
            blame(form, refusal)
        else:
            return go(request, f"{PATH}/{one.id}", said=_("Saved."))
    return show(request, _sheet(one), form)


@get("/teachers/{teacher_id:int}/ending")
async def ask_teacher_ending(request: AnyRequest, teacher_id: FromPath[int]) -> Response[Any]:
    """Since when?"""
    reach.need(request, "change_teacher")
    return ask_ending(request, _ending(await reach.teacher_of(request, teacher_id)))


@post("/teachers/{teacher_id:int}/ending", status_code=200)
async def end_teacher_here(request: AnyRequest, teacher_id: FromPath[int]) -> Response[Any]:
    """Ended, or what must be done before."""
    reach.need(request, "change_teacher")
    one = await reach.teacher_of(request, teacher_id)
    return await take_ending(
        request, _ending(one), one.name, lambda on: end_teacher(one.id, on, by=reach.by(request))
    )


def _read(form: Form) -> dict[str, Any]:
    choose = _("Please choose how the teacher works here.")
    return {
        "name": form.text("name", limit=60, need=_("Please write the name of the teacher.")),
        "known_by": form.text("known_by", limit=60),
        "engagement": form.choice("engagement", ENGAGEMENTS, need=choose) or "",
    }


def _sheet(one: TeacherRow | None = None) -> Sheet:
    fields = [
        name_field(_("Name"), 60),
        Field(
            "known_by",
            _("How to tell her from another of this name"),
            limit=60,
            optional=True,
            hint=_("Where she comes from, what she teaches, or the last four digits of her phone."),
        ),
        Field("engagement", _("Works here"), "choice", options=options(ENGAGEMENTS)),
    ]
    if one is not None:
        return Sheet(_("Change: %(what)s", what=one.name), fields, _("Save"), f"{PATH}/{one.id}", one.name)
    lead = _("Teachers belong to the whole district: they teach in several streets.")
    return Sheet(_("Add a teacher"), fields, _("Add"), PATH, _("Teachers"), lead)


def _ending(one: TeacherRow) -> Sheet:
    return ending(one.name, f"{PATH}/{one.id}", _("The name is offered for no new session."))
