"""Staff move somebody to the head of the line; why stands in the trail for everybody who may look."""

from __future__ import annotations

from elderlearn.enrolment.ending import as_it_stands, whose
from elderlearn.enrolment.hold import hold, until_still
from elderlearn.enrolment.line import seat_next
from elderlearn.enrolment.reason import normal_reason
from elderlearn.ground import trail
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import rows
from elderlearn.ground.unit_of_work import unit_of_work

# Whoever asked together with her comes along, behind her.
TO_THE_HEAD = """WITH line AS (SELECT min(line_no) AS first FROM enrolment WHERE run = $2 AND state = 'waiting')
UPDATE enrolment e SET line_no = line.first - CASE WHEN e.id = $1 THEN 2 ELSE 1 END
FROM line, enrolment hers WHERE hers.id = $1 AND e.run = $2 AND (e.id = $1 OR e.together = hers.together)"""


async def take_out_of_turn(enrolment_id: int, reason: str, *, by: Actor) -> None:
    """She is the next to get a seat, and gets one now when it is free.

    Raises Missing, Stale; Refusal: reason_required, not_waiting.
    """
    why = normal_reason(reason)
    resident_id, run_id = await whose(enrolment_id)

    async def work(ahead: int) -> None:
        async with unit_of_work():
            held = await hold(run_id, residents=[resident_id], ahead=ahead)
            hers = await as_it_stands(enrolment_id)
            if hers["state"] != "waiting":
                raise Refusal("not_waiting")
            await rows(
                TO_THE_HEAD,
                enrolment_id,
                run_id,
            )
            await trail.note(
                "take_out_of_turn", by=by, subject="enrolment", subject_id=enrolment_id,
                district=hers["district"], run=run_id, resident=resident_id, reason=why,
            )  # fmt: skip
            await seat_next(held, ahead=ahead, by=by)

    await until_still(work)
