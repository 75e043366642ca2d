"""A session is called off, takes place after all, or moves. Its id and its attendances stay."""

from __future__ import annotations

from datetime import datetime

from elderlearn.catalogue.session_queries import run_of_session
from elderlearn.catalogue.sessions import ChangedSession, SessionFacts, change_session_row
from elderlearn.checkin.completion import decide
from elderlearn.checkin.locks import hold_sessions
from elderlearn.checkin.reach import check_reach
from elderlearn.checkin.reason import needed_reason
from elderlearn.checkin.record import follow_session
from elderlearn.checkin.resum import resum
from elderlearn.checkin.tell_session import tell_everyone
from elderlearn.enrolment.enrolled_period import resum_run
from elderlearn.enrolment.hold import Moved, hold, until_still
from elderlearn.ground.actor import Actor
from elderlearn.ground.sql import rows, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work


async def change_session(
    session_id: int,
    *,
    reason: str,
    by: Actor,
    state: str | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    venue_id: int | None = None,
    teacher_id: int | None = None,
) -> SessionFacts:
    """Change what is given and tell everyone concerned; nothing different, nobody told.

    While it is called off its attendances count nothing; when it moves they move with it. What a closed run
    decided is decided again. Raises Missing when it is not within reach, Stale, Refusal('reason_needed') and
    those of `change_session_row`.
    """
    why = needed_reason(reason)

    async def work(ahead: int) -> ChangedSession:
        async with unit_of_work():
            await check_reach([session_id], by, "change_session")
            run_id = await _hold(session_id)
            changed = await change_session_row(
                session_id, state=state, starts_at=starts_at, ends_at=ends_at, venue_id=venue_id,
                teacher_id=teacher_id,
            )  # fmt: skip
            if changed.before != changed.after:
                await _follow(run_id, changed, why, by)
        return changed

    return (await until_still(work)).after


async def _hold(session_id: int) -> int:
    """All sessions of the run alone, because who completed it depends on each; then all whose sums may move,
    then the run. Raises Moved when someone got a seat."""
    run_id = await run_of_session(session_id)
    await hold_sessions([one["id"] for one in await rows("SELECT id FROM session WHERE run = $1", run_id)])
    attended = await rows("SELECT DISTINCT resident FROM attendance WHERE run = $1", run_id)
    held = await hold(run_id, residents={one["resident"] for one in attended} | await _seated(run_id))
    if not await _seated(run_id) <= held.residents:
        raise Moved
    return run_id


async def _seated(run_id: int) -> set[int]:
    found = await rows("SELECT resident FROM enrolment WHERE run = $1 AND state = 'seated'", run_id)
    return {one["resident"] for one in found}


async def _follow(run_id: int, changed: ChangedSession, reason: str, by: Actor) -> None:
    before, after = changed.before, changed.after
    moved = await follow_session(after.id)
    if await value("SELECT closed_at IS NOT NULL FROM course_run WHERE id = $1", run_id):
        await decide([run_id])
    await resum(moved)
    await resum_run(run_id)
    await note(
        "session.change",
        by=by,
        subject="session",
        subject_id=after.id,
        district=after.district_id,
        reason=reason,
        **{
            name: [getattr(before, name), getattr(after, name)]
            for name in ("state", "starts_at", "ends_at", "venue_id", "teacher_id")
            if getattr(before, name) != getattr(after, name)
        },
    )
    await tell_everyone(changed, reason)
