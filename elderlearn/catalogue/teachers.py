"""Teachers: of the whole district, because they teach in several streets. They need not sign in."""

from __future__ import annotations

from datetime import date

from elderlearn.catalogue.ending import check_ending
from elderlearn.catalogue.wording import normal_subject
from elderlearn.ground import trail
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.pinyin import spelled_name
from elderlearn.ground.sql import row, value
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.names import person_name

ENGAGEMENTS = ("full_time", "part_time", "volunteer")


async def add_teacher(*, district_id: int, name: str, engagement: str, known_by: str = "", by: Actor) -> int:
    """Its id; two of one name are allowed, and `known_by` tells them apart.

    Raises Refusal: invalid_name, invalid_engagement.
    """
    title, mark = _clean(name, engagement), normal_subject(known_by)
    async with unit_of_work():
        id: int = await value(
            """INSERT INTO teacher (district, name, name_pinyin, engagement, known_by)
            VALUES ($1, $2, $3, $4, $5) RETURNING id""",
            district_id, title, spelled_name(title), engagement, mark,
        )  # fmt: skip
        await trail.note("add_teacher", by=by, subject="teacher", subject_id=id, district=district_id)
    return id


async def change_teacher(
    teacher_id: int, *, name: str, engagement: str, known_by: str | None = None, by: Actor
) -> None:
    """Nothing different, nothing noted; `known_by` none stays. Raises Missing; Refusal: invalid_name,
    invalid_engagement."""
    new = {"name": _clean(name, engagement), "engagement": engagement}
    if known_by is not None:
        new["known_by"] = normal_subject(known_by)
    async with unit_of_work():
        was = await row(
            "SELECT district, name, engagement, known_by FROM teacher WHERE id = $1 FOR NO KEY UPDATE", teacher_id
        )
        if was is None:
            raise Missing
        changed = {key: [was[key], new[key]] for key in new if was[key] != new[key]}
        if changed:
            await value(
                """UPDATE teacher SET name = $2, name_pinyin = $3, engagement = $4,
                    known_by = coalesce($5, known_by) WHERE id = $1""",
                teacher_id, new["name"], spelled_name(new["name"]), engagement, new.get("known_by"),
            )  # fmt: skip
            await trail.note(
                "change_teacher", by=by, subject="teacher", subject_id=teacher_id,
                district=was["district"], **changed,
            )  # fmt: skip


async def end_teacher(teacher_id: int, on: date, *, by: Actor) -> None:
    """Offered for no new session; twice is the same.

    Raises Missing; Refusal: invalid_date, sessions_are_planned (`sessions` says how many are to come).
    """
    check_ending(on)
    async with unit_of_work():
        was = await row("SELECT district, ended_on FROM teacher WHERE id = $1 FOR NO KEY UPDATE", teacher_id)
        if was is None:
            raise Missing
        if was["ended_on"] is not None:
            return
        left = await value(
            "SELECT count(*) FROM session WHERE teacher = $1 AND state = 'planned' AND starts_at > $2",
            teacher_id, now(),
        )  # fmt: skip
        if left:
            raise Refusal("sessions_are_planned", sessions=left)
        await value("UPDATE teacher SET ended_on = $2 WHERE id = $1", teacher_id, on)
        await trail.note(
            "end_teacher", by=by, subject="teacher", subject_id=teacher_id, district=was["district"], on=on
        )


def _clean(name: str, engagement: str) -> str:
    if engagement not in ENGAGEMENTS:
        raise Refusal("invalid_engagement", engagement=engagement)
    return person_name(name)
