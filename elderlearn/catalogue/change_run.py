"""A run gets another enrolment window or other ages; for those who ask from now on, nobody loses a seat."""

from __future__ import annotations

from datetime import datetime

from elderlearn.catalogue.conditions import conditions_of
from elderlearn.catalogue.new_run import check_ages
from elderlearn.catalogue.rounds import within
from elderlearn.catalogue.set_rounds import put_rounds
from elderlearn.catalogue.window import check_window
from elderlearn.ground import trail
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, value
from elderlearn.ground.unit_of_work import unit_of_work


async def change_run(
    run_id: int,
    *,
    opens_at: datetime | None,
    closes_at: datetime | None,
    min_age: int | None,
    max_age: int | None,
    by: Actor,
) -> None:
    """All four as they shall be; without enrolment the window is not looked at. Nothing different, nothing noted.
    The first and the last of its rounds stretch with the window.

    Raises Missing; Refusal: seats_required, invalid_window, invalid_ages.
    """
    check_ages(min_age, max_age)
    async with unit_of_work():
        was = await row(
            """SELECT entry, district, opens_at, closes_at, min_age, max_age FROM course_run WHERE id = $1
            FOR NO KEY UPDATE""",
            run_id,
        )
        if was is None:
            raise Missing
        if was["entry"] != "enrol":
            opens_at, closes_at = was["opens_at"], was["closes_at"]
        elif opens_at is None or closes_at is None:
            raise Refusal("seats_required")
        else:
            await _stretch(run_id, opens_at, closes_at)
        new = {"opens_at": opens_at, "closes_at": closes_at, "min_age": min_age, "max_age": max_age}
        changed = {key: [was[key], new[key]] for key in new if was[key] != new[key]}
        if changed:
            await value(
                """UPDATE course_run SET opens_at = $2, closes_at = $3, min_age = $4, max_age = $5
                WHERE id = $1""",
                run_id, *new.values(),
            )  # fmt: skip
            await trail.note(
                "change_run", by=by, subject="course_run", subject_id=run_id, district=was["district"], **changed
            )


async def _stretch(run_id: int, opens_at: datetime, closes_at: datetime) -> None:
    check_window(opens_at, closes_at)
    rounds = (await conditions_of(run_id)).rounds
    if rounds:
        await put_rounds(run_id, within(rounds, opens_at, closes_at))
