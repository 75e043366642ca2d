"""Courses: what can be taught again. A draft is seen by staff only; a released one by everybody."""

from __future__ import annotations

from elderlearn.catalogue.wording import normal_subject, normal_title
from elderlearn.ground import trail
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.pinyin import spelled
from elderlearn.ground.sql import row, value
from elderlearn.ground.unit_of_work import unit_of_work


async def add_course(
    *, organisation_id: int, title: str, subject: str = "", by: Actor, release: bool = False
) -> int:
    """Its id. `release` only when the one who asks may release courses (`people.roles`).

    Raises Missing for an unknown organisation, Refusal: invalid_name, organisation_ended.
    """
    async with unit_of_work():
        return await put_course(organisation_id, title, subject, by=by, release=release)


async def put_course(organisation_id: int, title: str, subject: str = "", *, by: Actor, release: bool) -> int:
    """`add_course` inside the open unit of work."""
    title, subject = normal_title(title), normal_subject(subject)
    district = await _district_of(organisation_id)
    id: int = await value(
        """INSERT INTO course (organisation, district, title, title_pinyin, subject, state)
        VALUES ($1, $2, $3, $4, $5, $6) RETURNING id""",
        organisation_id,
        district,
        title,
        spelled(title),
        subject,
        "released" if release else "draft",
    )
    await trail.note(
        "add_course",
        by=by,
        subject="course",
        subject_id=id,
        district=district,
        organisation=organisation_id,
        released=release,
    )
    return id


async def release_course(course_id: int, *, by: Actor) -> None:
    """From now on its runs are seen and may be enrolled in; twice is the same. Raises Missing."""
    async with unit_of_work():
        found = await row("SELECT state, district FROM course WHERE id = $1 FOR UPDATE", course_id)
        if found is None:
            raise Missing
        if found["state"] == "ended":
            raise Refusal("course_ended")
        if found["state"] == "draft":
            await value("UPDATE course SET state = 'released' WHERE id = $1", course_id)
            await trail.note(
                "release_course", by=by, subject="course", subject_id=course_id, district=found["district"]
            )


async def _district_of(organisation_id: int) -> int:
    found = await row("SELECT district, ended_on FROM organisation WHERE id = $1 FOR SHARE", organisation_id)
    if found is None:
        raise Missing
    if found["ended_on"] is not None:
        raise Refusal("organisation_ended")
    district: int = found["district"]
    return district
