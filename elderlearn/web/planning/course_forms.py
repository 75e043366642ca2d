"""Adding, changing, releasing and ending a course."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.change_course import change_course, end_course
from elderlearn.catalogue.course_queries import CourseRow
from elderlearn.catalogue.courses import add_course, release_course
from elderlearn.catalogue.organisation_queries import OrganisationRow
from elderlearn.ground.errors import Refusal
from elderlearn.locale import _
from elderlearn.web.planning import reach
from elderlearn.web.planning.sentences import blame
from elderlearn.web.planning.sheet import Field, Sheet, show
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.page import AnyRequest, go

PATH = "/planning/courses"


@get("/organisations/{organisation_id:int}/courses/new")
async def new_course(request: AnyRequest, organisation_id: FromPath[int]) -> Response[Any]:
    """An empty form."""
    reach.need(request, "add_course")
    return show(request, _sheet(await reach.organisation_of(request, organisation_id)), Form())


@post("/organisations/{organisation_id:int}/courses/new", status_code=200)
async def add_course_here(request: AnyRequest, organisation_id: FromPath[int]) -> Response[Any]:
    """Added as a draft: only the office sees it until it is released."""
    reach.need(request, "add_course")
    organisation = await reach.organisation_of(request, organisation_id)
    form = await read_form(request)
    title, subject = _read(form)
    if form.is_good:
        try:
            id = await add_course(
                organisation_id=organisation.id, title=title, subject=subject, by=reach.by(request)
            )
        except Refusal as refusal:
            blame(form, refusal, invalid_name="title", otherwise="title")
        else:
            said = _("The course was added as a draft. Plan its sessions, then release it.")
            return go(request, f"{PATH}/{id}", said=said)
    return show(request, _sheet(organisation), form)


@get("/courses/{course_id:int}/edit")
async def edit_course(request: AnyRequest, course_id: FromPath[int]) -> Response[Any]:
    """As it is."""
    reach.need(request, "change_course")
    one = await reach.course_of(request, course_id)
    return show(request, _sheet(one), Form.of(title=one.title, subject=one.subject))


@post("/courses/{course_id:int}/edit", status_code=200)
async def change_course_here(request: AnyRequest, course_id: FromPath[int]) -> Response[Any]:
    """Changed, for all its runs."""
    reach.need(request, "change_course")
    one = await reach.course_of(request, course_id)
    form = await read_form(request)
    title, subject = _read(form)
    if form.is_good:
        try:
            await change_course(one.id, title=title, subject=subject, by=reach.by(request))
        except Refusal as refusal:
            blame(form, refusal, invalid_name="title", otherwise="title")
        else:
            return go(request, f"{PATH}/{one.id}", said=_("Saved."))
    return show(request, _sheet(one), form)


@post("/courses/{course_id:int}/release", status_code=200)
async def release_course_here(request: AnyRequest, course_id: FromPath[int]) -> Response[Any]:
    """From now on everybody sees it; twice is the same."""
    reach.need(request, "release_course")
    one = await reach.course_of(request, course_id)
    await release_course(one.id, by=reach.by(request))
    return go(
        request, f"{PATH}/{one.id}", said=_("%(title)s is released: everybody sees it now.", title=one.title)
    )


@get("/courses/{course_id:int}/ending")
async def ask_course_ending(request: AnyRequest, course_id: FromPath[int]) -> Response[Any]:
    """Asks once more."""
    reach.need(request, "change_course")
    return show(request, _ending(await reach.course_of(request, course_id)), Form())


@post("/courses/{course_id:int}/ending", status_code=200)
async def end_course_here(request: AnyRequest, course_id: FromPath[int]) -> Response[Any]:
    """Offered no more, or what must be done before."""
    reach.need(request, "change_course")
    one = await reach.course_of(request, course_id)
    form = await read_form(request)
    try:
        await end_course(one.id, by=reach.by(request))
    except Refusal as refusal:
        blame(form, refusal)
        return show(request, _ending(one), form)
    return go(request, f"{PATH}/{one.id}", said=_("%(name)s has ended.", name=one.title))


def _read(form: Form) -> tuple[str, str]:
    return form.text("title", limit=100, need=_("Please write the title.")), form.text("subject", limit=60)


def _sheet(one: CourseRow | OrganisationRow) -> Sheet:
    fields = [
        Field("title", _("Title"), hint=_("As people say it: Tai chi for beginners.")),
        Field(
            "subject", _("Subject"), optional=True, limit=60, hint=_("Health, music, handwriting, smartphone …")
        ),
    ]
    if isinstance(one, CourseRow):
        return Sheet(_("Change: %(what)s", what=one.title), fields, _("Save"), f"{PATH}/{one.id}", one.title)
    lead = _("It begins as a draft: only the office sees it until it is released.")
    return Sheet(_("Add a course"), fields, _("Add"), f"/planning/organisations/{one.id}", one.name, lead)


def _ending(one: CourseRow) -> Sheet:
    lead = _("It is offered no more. What was held stays, and keeps counting.")
    return Sheet(_("End: %(what)s", what=one.title), [], _("End it"), f"{PATH}/{one.id}", one.title, lead, True)
