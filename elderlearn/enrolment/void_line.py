"""A waiting line ends at its date: whoever still waits is told, so that she need not hope any longer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from elderlearn.enrolment.hold import Moved, hold, until_still
from elderlearn.ground import trail
from elderlearn.ground.actor import SYSTEM
from elderlearn.ground.clock import now
from elderlearn.ground.sql import row, rows
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.care.tell import Message, tell_many

EVERYBODY = 1_000_000


async def lines_to_void() -> list[int]:
    """Runs whose line has ended and where somebody still waits."""
    found = await rows("SELECT id FROM course_run WHERE waiting > 0 AND line_ends_at <= $1 ORDER BY id", now())
    return [one["id"] for one in found]


async def void_line(run_id: int) -> int:
    """How many waited; offers stay until they end. Twice is the same. Raises Missing, Stale."""

    async def work(_ahead: int) -> int:
        async with unit_of_work():
            held = await hold(run_id, ahead=EVERYBODY)
            run = await _run(run_id)
            if run is None:
                return 0
            ended = await _end(run_id)
            if any(one["resident"] not in held.residents for one in ended):
                raise Moved
            await _tell(ended, run)
            return len(ended)

    return await until_still(work)


async def _run(run_id: int) -> Any:
    return await row(
        """SELECT r.id, r.district, c.title FROM course_run r JOIN course c ON c.id = r.course
        WHERE r.id = $1 AND r.line_ends_at <= $2""",
        run_id,
        now(),
    )


async def _end(run_id: int) -> Sequence[Any]:
    return await rows(
        """WITH ended AS (
            UPDATE enrolment e SET state = 'lapsed', line_no = NULL, together = NULL, changed_at = $2
            FROM resident who
            WHERE e.run = $1 AND e.state = 'waiting' AND who.id = e.resident
            RETURNING e.id, e.resident, who.phone_cipher, who.language),
        run AS (UPDATE course_run SET waiting = waiting - (SELECT count(*) FROM ended) WHERE id = $1)
        SELECT * FROM ended ORDER BY id""",
        run_id,
        now(),
    )


async def _tell(ended: Sequence[Any], run: Any) -> None:
    await trail.note_many(
        "void_line",
        by=SYSTEM,
        subject="enrolment",
        changes=[(one["id"], {"run": run["id"], "resident": one["resident"]}) for one in ended],
        district=run["district"],
    )
    await tell_many(
        [
            Message(
                kind="line_ended",
                values={"title": run["title"]},
                resident_id=one["resident"],
                district=run["district"],
                address_cipher=one["phone_cipher"],
                language=one["language"] or "zh_CN",
            )
            for one in ended
        ]
    )
