"""More or fewer seats in a run; more of them go to the waiting line at once."""

from __future__ import annotations

from elderlearn.catalogue.new_run import check_seats
from elderlearn.enrolment.hold import hold, until_still
from elderlearn.enrolment.line import seat_next
from elderlearn.ground import trail
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import row
from elderlearn.ground.unit_of_work import unit_of_work


async def change_seats(run_id: int, seats: int, *, by: Actor) -> int:
    """How many who waited are seated now.

    Raises Missing, Stale; Refusal: invalid_seats, seats_below_taken (`taken` says how many are needed, with
    those kept for shares),
    not_offered for a run one does not enrol in.
    """
    check_seats(seats)

    async def work(ahead: int) -> int:
        async with unit_of_work():
            held = await hold(run_id, ahead=ahead)
            await _put(run_id, seats, by)
            return await seat_next(held, ahead=ahead, by=by)

    return await until_still(work)


async def _put(run_id: int, seats: int, by: Actor) -> None:
    """The run is held, so what is read here is what the guard sees."""
    run = await row("SELECT entry, seats, seats_taken, reserved, district FROM course_run WHERE id = $1", run_id)
    assert run is not None
    if run["entry"] != "enrol":
        raise Refusal("not_offered")
    changed = await row(
        "UPDATE course_run SET seats = $2 WHERE id = $1 AND seats_taken + reserved <= $2 RETURNING id",
        run_id,
        seats,
    )
    if changed is None:
        raise Refusal("seats_below_taken", taken=run["seats_taken"] + run["reserved"])
    if seats != run["seats"]:
        await trail.note(
            "change_seats", by=by, subject="course_run", subject_id=run_id, district=run["district"],
            seats=seats, was=run["seats"],
        )  # fmt: skip
