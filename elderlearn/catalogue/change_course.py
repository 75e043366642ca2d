"""A course gets another title or subject, or is offered no more."""

from __future__ import annotations

from asyncpg import Record

from elderlearn.catalogue.ending import still_to_come
from elderlearn.catalogue.wording import normal_subject, normal_title
from elderlearn.ground import trail
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.pinyin import spelled
from elderlearn.ground.sql import row, value
from elderlearn.ground.unit_of_work import unit_of_work


async def change_course(course_id: int, *, title: str, subject: str, by: Actor) -> None:
    """Its runs, past ones too, are called so from now on; nothing different, nothing noted.

    Raises Missing; Refusal: invalid_name, course_ended.
    """
    new = {"title": normal_title(title), "subject": normal_subject(subject)}
    async with unit_of_work():
        was = await _held(course_id)
        if was["state"] == "ended":
            raise Refusal("course_ended")
        changed = {f"{key}_was": was[key] for key in new if was[key] != new[key]}
        if changed:
            await value(
                "UPDATE course SET title = $3, subject = $4, title_pinyin = $2 WHERE id = $1",
                course_id, spelled(new["title"]), *new.values(),
            )  # fmt: skip
            await _note("change_course", course_id, was, by, **changed)


async def end_course(course_id: int, *, by: Actor) -> None:
    """No new runs of it; what was held stays. Twice is the same.

    Raises Missing; Refusal('runs_are_open') while a run is not over (`runs` says how many).
    """
    async with unit_of_work():
        was = await _held(course_id)
        if was["state"] == "ended":
            return
        left = await still_to_come("course", course_id)
        if left:
            raise Refusal("runs_are_open", runs=left)
        await value("UPDATE course SET state = 'ended' WHERE id = $1", course_id)
        await _note("end_course", course_id, was, by)


async def _held(course_id: int) -> Record:
    found = await row(
        "SELECT title, subject, state, district FROM course WHERE id = $1 FOR NO KEY UPDATE", course_id
    )
    if found is None:
        raise Missing
    return found


async def _note(action: str, course_id: int, was: Record, by: Actor, **detail: object) -> None:
    await trail.note(action, by=by, subject="course", subject_id=course_id, district=was["district"], **detail)
