"""How the next in line gets a seat: at once, or by an offer with time to think; and when the line ends."""

from __future__ import annotations

from datetime import datetime

from elderlearn.enrolment.hold import hold, until_still
from elderlearn.enrolment.line import seat_next
from elderlearn.enrolment.offers import DEFAULT_HOURS, MOST_HOURS
from elderlearn.ground import trail
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import row
from elderlearn.ground.unit_of_work import unit_of_work

MODES = ("at_once", "offer")


async def set_line(
    run_id: int, mode: str, *, offer_hours: int = DEFAULT_HOURS, line_ends_at: datetime | None = None, by: Actor
) -> None:
    """For seats that come free from now on; what is offered already stays so.

    Raises Missing, Stale; Refusal: invalid_line (an unknown mode, 1 to 336 hours, a time without offset).
    """
    is_naive = line_ends_at is not None and line_ends_at.tzinfo is None
    if mode not in MODES or not 1 <= offer_hours <= MOST_HOURS or is_naive:
        raise Refusal("invalid_line", most=MOST_HOURS)

    async def work(ahead: int) -> None:
        async with unit_of_work():
            held = await hold(run_id, ahead=ahead)
            changed = await row(
                """UPDATE course_run SET line_mode = $2, offer_hours = $3, line_ends_at = $4
                WHERE id = $1 AND entry = 'enrol'
                    AND (line_mode, offer_hours, line_ends_at) IS DISTINCT FROM ($2, $3, $4) RETURNING district""",
                run_id,
                mode,
                offer_hours,
                line_ends_at,
            )
            if changed is None:
                return
            await trail.note(
                "set_line", by=by, subject="course_run", subject_id=run_id, district=changed["district"],
                mode=mode, hours=offer_hours, ends_at=line_ends_at,
            )  # fmt: skip
            await seat_next(held, ahead=ahead, by=by)

    await until_still(work)
