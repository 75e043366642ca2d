"""A run is over: decide once who completed it."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from elderlearn.checkin.completion import decide
from elderlearn.checkin.locks import hold_sessions
from elderlearn.enrolment.hold import Moved, until_still
from elderlearn.ground.actor import SYSTEM, Actor
from elderlearn.ground.clock import now
from elderlearn.ground.sql import rows, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.hold import hold_people

log = logging.getLogger(__name__)

AFTER = timedelta(hours=1)  # scans are taken so long after a session (contract section 3)
AT_ONCE = 500


async def close_run(run_id: int, *, moment: datetime | None = None, by: Actor = SYSTEM) -> bool:
    """Close it and count its completions, once; False when its last session is not over for an hour or it
    is closed already. Scans that come in later decide again for their person. Raises Stale.
    """

    async def work(_: int) -> bool:
        async with unit_of_work():
            return await _close(run_id, moment or now(), by)

    return await until_still(work)


async def _close(run_id: int, moment: datetime, by: Actor) -> bool:
    session_ids = await _sessions(run_id)
    await hold_sessions(session_ids)
    attended = await rows("SELECT DISTINCT resident FROM attendance WHERE run = $1", run_id)
    await hold_people([one["resident"] for one in attended])
    district = await value(
        """UPDATE course_run SET closed_at = $2
        WHERE id = $1 AND closed_at IS NULL AND ends_at <= $3 RETURNING district""",
        run_id,
        now(),
        moment - AFTER,
    )
    if district is None:
        return False
    if await _sessions(run_id) != session_ids:
        raise Moved  # one was added before the run was ours, and somebody may be writing attendances of it
    await decide([run_id])
    await note("run.close", by=by, subject="course_run", subject_id=run_id, district=district)
    return True


async def _sessions(run_id: int) -> list[int]:
    return [one["id"] for one in await rows("SELECT id FROM session WHERE run = $1 ORDER BY id", run_id)]


async def close_due(moment: datetime | None = None, *, by: Actor = SYSTEM) -> list[int]:
    """Close every run that is over by `moment` (now), each in its own unit of work; answers which.

    One that cannot be closed is logged and left for the next time; the others go on.
    """
    closed: list[int] = []
    tried: list[int] = []
    while True:
        due = await rows(
            """SELECT id FROM course_run WHERE closed_at IS NULL AND ends_at <= $1 AND id <> ALL($2::bigint[])
            ORDER BY ends_at, id LIMIT $3""",
            (moment or now()) - AFTER,
            tried,
            AT_ONCE,
        )
        if not due:
            return closed
        closed += [one["id"] for one in due if await _is_closed(one["id"], moment, by)]
        tried += [one["id"] for one in due]


async def _is_closed(run_id: int, moment: datetime | None, by: Actor) -> bool:
    try:
        return await close_run(run_id, moment=moment, by=by)
    except Exception as error:
        # Only its kind: what a database says may quote a row.
        log.error("run %s could not be closed: %s", run_id, type(error).__name__)
        return False
