"""The waiting line: who is next, and seating them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from elderlearn.enrolment.enrolled_period import open_periods, resum
from elderlearn.enrolment.facts import IN_TERM, NEXT_MEETING, OVERLAPS, run_facts
from elderlearn.enrolment.hold import HeldRun, Moved, hold, until_still
from elderlearn.enrolment.rules import Held, may_be_seated
from elderlearn.ground import trail
from elderlearn.ground.actor import SYSTEM, Actor
from elderlearn.ground.clock import now
from elderlearn.ground.sql import row, rows
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.notices.write import Message, tell_many

# $1 run, $2 how many. Those who died or were merged meanwhile are nobody to seat.
CANDIDATES = f"""SELECT w.id, w.resident, who.state IN ('active', 'left') AS is_there,
    who.district AS district_id, who.phone_cipher, coalesce(who.language, 'zh_CN') AS language,
    CASE WHEN t.limit_per_person IS NULL THEN 0 ELSE {IN_TERM} END AS in_term, {OVERLAPS} AS overlaps
FROM (SELECT id, run, resident, line_no FROM enrolment WHERE run = $1 AND state = 'waiting'
    ORDER BY line_no LIMIT $2) AS w
JOIN course_run r ON r.id = w.run LEFT JOIN term t ON t.id = r.term JOIN resident who ON who.id = w.resident
ORDER BY w.line_no"""


async def serve_line(run_id: int, *, by: Actor = SYSTEM) -> int:
    """Seat those who wait, in their order, while seats are free; how many. Raises Missing, Stale."""

    async def work(ahead: int) -> int:
        async with unit_of_work():
            return await seat_next(await hold(run_id, ahead=ahead), ahead=ahead, by=by)

    return await until_still(work)


async def runs_to_serve(resident_id: int | None = None) -> list[int]:
    """Runs with a free seat and a line: of somebody who just gave a seat back, or all (for a job)."""
    found = await rows(
        """SELECT r.id FROM course_run r WHERE r.waiting > 0 AND r.seats_taken < r.seats
        AND ($1::bigint IS NULL OR r.id IN (
            SELECT run FROM enrolment WHERE resident = $1 AND state = 'waiting'))
        ORDER BY r.id""",
        resident_id,
    )
    return [one["id"] for one in found]


async def seat_next(held: HeldRun, *, ahead: int, by: Actor) -> int:
    """Seat the next in line while seats are free, and tell them; inside the unit of work that holds the run.

    Whoever has got another seat at the same time, or as many as the term allows, keeps the place in line and
    the one behind is seated. A run that is over and closed seats nobody. Raises Moved.
    """
    run = await _run(held.id)
    free = run["seats"] - run["seats_taken"]
    if free <= 0 or run["waiting"] == 0 or run["is_over"]:
        return 0
    waiting = await rows(CANDIDATES, held.id, ahead)
    chosen = _chosen(waiting, run, held, free)
    if len(chosen) < free and len(waiting) < run["waiting"]:
        raise Moved
    await _seat(chosen, run, by)
    return len(chosen)


async def _run(run_id: int) -> Any:
    """Read again: the verb may have freed a seat since the run was held."""
    return await row(
        f"""SELECT r.id, r.district AS district_id, c.title, r.entry, r.allocation, true AS is_released,
            r.opens_at, r.closes_at, r.min_age, r.max_age, r.places, t.limit_per_person, r.first_on, r.last_on,
            coalesce(r.seats, 0) AS seats, r.seats_taken, r.waiting, {NEXT_MEETING} AS when,
            r.closes_at <= moment.at AND r.ends_at <= moment.at AS is_over
        FROM course_run r JOIN course c ON c.id = r.course LEFT JOIN term t ON t.id = r.term
        CROSS JOIN (SELECT $2::timestamptz AS at) AS moment WHERE r.id = $1""",
        run_id,
        now(),
    )


def _chosen(waiting: Sequence[Any], run: Any, held: HeldRun, free: int) -> list[Any]:
    facts = run_facts(run)
    chosen: list[Any] = []
    for one in waiting:
        if len(chosen) == free:
            break
        if one["resident"] not in held.residents:
            raise Moved
        if one["is_there"] and may_be_seated(facts, Held(one["in_term"], one["overlaps"])):
            chosen.append(one)
    return chosen


async def _seat(chosen: Sequence[Any], run: Any, by: Actor) -> None:
    if not chosen:
        return
    await rows(
        """WITH seated AS (
            UPDATE enrolment SET state = 'seated', line_no = NULL, changed_at = $3
            WHERE id = ANY($2::bigint[]) RETURNING id)
        UPDATE course_run SET seats_taken = seats_taken + n, waiting = waiting - n
        FROM (SELECT count(*) AS n FROM seated) AS s WHERE course_run.id = $1""",
        run["id"],
        [one["id"] for one in chosen],
        now(),
    )
    await open_periods({one["district_id"] for one in chosen}, run["district_id"], run["first_on"], run["last_on"])
    await resum([one["resident"] for one in chosen])
    await trail.note_many(
        "promote",
        by=by,
        subject="enrolment",
        changes=[(one["id"], {"run": run["id"], "resident": one["resident"]}) for one in chosen],
        district=run["district_id"],
    )
    await tell_many([_message(one, run) for one in chosen])


def _message(one: Any, run: Any) -> Message:
    return Message(
        kind="promoted",
        values={"title": run["title"], "when": run["when"]},
        resident_id=one["resident"],
        district=run["district_id"],
        address_cipher=one["phone_cipher"],
        language=one["language"],
    )
