"""POST /courses: what can be taught again."""

from __future__ import annotations

from typing import Annotated

from litestar import post
from msgspec import Meta, Struct

from elderlearn.api.bodies import AnyRequest, read_body
from elderlearn.api.call import call
from elderlearn.api.guard import actor, viewer
from elderlearn.api.reach import organisation_within
from elderlearn.api.words import ONE_LINE, Id, Title, read_id
from elderlearn.catalogue.courses import add_course
from elderlearn.people.roles import may

REFUSES = ("invalid_name", "organisation_ended")


class CourseBody(Struct):
    organisation_id: Id
    title: Title
    subject: Annotated[str, Meta(min_length=1, max_length=60, pattern=ONE_LINE)] | None = None


class CourseAnswer(Struct):
    course_id: str


@post("/courses", opt=call("add_course", {201: CourseAnswer}, takes=CourseBody, refuses=REFUSES))
async def add_a_course(request: AnyRequest) -> CourseAnswer:
    """Released at once when the token may release, else a draft. An organisation out of reach answers 404."""
    body, seen = await read_body(request, CourseBody), viewer(request)
    organisation_id = read_id(body.organisation_id)
    await organisation_within(seen, organisation_id)
    id = await add_course(
        organisation_id=organisation_id,
        title=body.title,
        subject=body.subject or "",
        by=actor(request),
        release=may(seen.role, "release_course"),
    )
    return CourseAnswer(str(id))
