"""Seats kept for newcomers, for the desk, for the own village; what nobody of them took falls back later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from elderlearn.enrolment.hold import hold, until_still
from elderlearn.enrolment.let_fall_back import let_fall_back
from elderlearn.enrolment.line import seat_next
from elderlearn.enrolment.shares import WantedShare, check_shares
from elderlearn.ground import trail
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import row, rows
from elderlearn.ground.unit_of_work import unit_of_work


async def set_shares(run_id: int, wanted: Sequence[WantedShare], *, by: Actor) -> int:
    """All shares as they shall be; how many who waited are seated now. Whoever sits keeps her seat: that of a
    share no longer wanted is one of the pool then.

    Raises Missing, Stale; Refusal: those of `put_shares`.
    """
    check_shares(wanted)

    async def work(ahead: int) -> int:
        async with unit_of_work():
            held = await hold(run_id, ahead=ahead)
            await put_shares(run_id, wanted, by=by)
            return await seat_next(held, ahead=ahead, by=by)

    return await until_still(work)


async def put_shares(run_id: int, wanted: Sequence[WantedShare], *, by: Actor) -> None:
    """Inside the open unit of work that holds the run, so what is checked here stays so.

    Raises Refusal: those of `check_shares`, not_offered, share_below_taken (`audience`, `taken`),
    shares_too_large (`free` seats there are to keep).
    """
    check_shares(wanted)
    at = now()
    await let_fall_back(run_id, at)
    run: Any = await row("SELECT entry, seats, seats_taken, district FROM course_run WHERE id = $1", run_id)
    if run["entry"] != "enrol":
        raise Refusal("not_offered")
    found = await rows("SELECT audience, taken FROM seat_share WHERE run = $1", run_id)
    taken = {one["audience"]: one["taken"] for one in found}
    for one in wanted:
        if one.seats < taken.get(one.audience, 0):
            raise Refusal("share_below_taken", audience=one.audience, taken=taken[one.audience])
    kept = sum(one.seats - taken.get(one.audience, 0) for one in wanted if one.falls_back_at > at)
    free = run["seats"] - run["seats_taken"]
    if kept > free:
        raise Refusal("shares_too_large", free=free, kept=kept)
    await _write(run_id, wanted)
    await rows("UPDATE course_run SET reserved = $2 WHERE id = $1", run_id, kept)
    await trail.note(
        "set_shares", by=by, subject="course_run", subject_id=run_id, district=run["district"],
        shares=[[one.audience, one.seats, one.falls_back_at] for one in wanted],
    )  # fmt: skip


async def _write(run_id: int, wanted: Sequence[WantedShare]) -> None:
    await rows(
        "DELETE FROM seat_share WHERE run = $1 AND audience <> ALL($2::text[])",
        run_id,
        [one.audience for one in wanted],
    )
    await rows(
        """INSERT INTO seat_share (run, audience, seats, falls_back_at, has_fallen_back)
        SELECT $1, s.audience, s.seats, s.falls_back_at, s.falls_back_at <= $5
        FROM unnest($2::text[], $3::int[], $4::timestamptz[]) AS s (audience, seats, falls_back_at)
        ON CONFLICT (run, audience) DO UPDATE SET seats = excluded.seats, falls_back_at = excluded.falls_back_at,
            has_fallen_back = excluded.has_fallen_back""",
        run_id,
        [one.audience for one in wanted],
        [one.seats for one in wanted],
        [one.falls_back_at for one in wanted],
        now(),
    )
