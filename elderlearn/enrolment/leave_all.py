"""Somebody leaves the register: all her seats and places in line come free at once, and the next are seated."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from elderlearn.enrolment.ending import HOLDING, STANDING
from elderlearn.enrolment.enrolled_period import resum
from elderlearn.enrolment.hold import HeldRun, Moved
from elderlearn.enrolment.leave_alone import leave_alone
from elderlearn.enrolment.line import seat_next
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.sql import rows
from elderlearn.ground.trail import note_many
from elderlearn.people.hold import hold_people


async def leave_all(resident_id: int, *, reason: str, ahead: int, by: Actor) -> int:
    """How many enrolments ended; courses that are over stay as they were.

    Those who get her seats are told; she, or whoever has her phone, is not.

    An inner step in an open unit of work that holds no run yet, called through `hold.until_still`. Raises Moved.
    """
    standing = await hold_standing([resident_id], ahead=ahead)
    return await end_standing(resident_id, standing, reason=reason, ahead=ahead, by=by)


@dataclass(frozen=True)
class Standing:
    """Runs in which somebody holds a seat or waits, their districts, and all who are held besides."""

    districts: dict[int, int]
    over: frozenset[int]
    held: frozenset[int]


async def hold_standing(resident_ids: Collection[int], *, ahead: int, with_over: bool = False) -> Standing:
    """Hold these people and the heads of their lines, then the runs they stand in. Raises Moved.

    Courses still to come or under way; who finished one was enrolled, whatever came after: those only
    `with_over`, and nobody is seated there any more.
    """
    runs = await _runs_of(resident_ids, with_over)
    to_come = [run for run, is_over in runs.items() if not is_over]
    held = await hold_people({*resident_ids, *await _heads_of_lines(to_come, ahead)})
    districts = await _hold_runs(runs)
    if await _runs_of(resident_ids, with_over) != runs:
        raise Moved
    return Standing(districts, frozenset(runs) - set(to_come), held)


async def end_standing(resident_id: int, standing: Standing, *, reason: str, ahead: int, by: Actor) -> int:
    """How many enrolments of somebody held ended; the next in each line is seated. Raises Moved."""
    ended = await _end(resident_id, standing.districts)
    await note_many(
        "withdraw",
        by=by,
        subject="enrolment",
        changes=[
            (one["id"], {"run": one["run"], "resident": resident_id, "was": one["was"], "because": reason})
            for one in ended
        ],
    )
    await resum([resident_id])
    for one in ended:
        if one["together"] is not None:
            await leave_alone(one["run"], one["together"])
    freed = {one["run"] for one in ended if one["was"] in HOLDING or one["together"] is not None}
    for run_id in sorted(freed - standing.over):
        await seat_next(HeldRun(run_id, standing.districts[run_id], standing.held), ahead=ahead, by=by)
    return len(ended)


async def _runs_of(resident_ids: Collection[int], with_over: bool) -> dict[int, bool]:
    """Whether each is over."""
    found = await rows(
        """SELECT DISTINCT e.run, coalesce(r.ends_at <= $3, false) AS is_over
        FROM enrolment e JOIN course_run r ON r.id = e.run
        WHERE e.resident = ANY($1::bigint[]) AND e.state = ANY($2::text[])
            AND ($4 OR coalesce(r.ends_at > $3, true)) ORDER BY e.run""",
        list(resident_ids),
        list(STANDING),
        now(),
        with_over,
    )
    return {one["run"]: one["is_over"] for one in found}


async def _heads_of_lines(run_ids: Collection[int], ahead: int) -> set[int]:
    found = await rows(
        """SELECT head.resident FROM unnest($1::bigint[]) AS r (id) CROSS JOIN LATERAL (
            SELECT resident FROM enrolment WHERE run = r.id AND state = 'waiting'
            ORDER BY line_no LIMIT $2) AS head""",
        list(run_ids),
        ahead,
    )
    return {one["resident"] for one in found}


async def _hold_runs(run_ids: Collection[int]) -> dict[int, int]:
    """District by run; locked in the order of their ids, after the people."""
    found = await rows(
        "SELECT id, district FROM course_run WHERE id = ANY($1::bigint[]) ORDER BY id FOR NO KEY UPDATE",
        list(run_ids),
    )
    return {one["id"]: one["district"] for one in found}


async def _end(resident_id: int, run_ids: Collection[int]) -> Sequence[Any]:
    """Each with the state it `was` in."""
    return await rows(
        """WITH standing AS (
            SELECT id, run, state, share, together FROM enrolment
            WHERE resident = $1 AND state = ANY($2::text[]) AND run = ANY($5::bigint[])),
        ended AS (
            UPDATE enrolment e SET state = 'withdrawn', line_no = NULL, share = NULL, offer_until = NULL,
                together = NULL, changed_at = $4 FROM standing WHERE e.id = standing.id),
        back AS (
            UPDATE seat_share x SET taken = taken - 1 FROM standing WHERE x.id = standing.share
            RETURNING x.run, x.has_fallen_back),
        freed AS (
            UPDATE course_run SET seats_taken = seats_taken - (s.state = ANY($3::text[]))::int,
                waiting = waiting - (s.state = 'waiting')::int,
                reserved = reserved + (SELECT count(*) FROM back WHERE back.run = s.run AND NOT has_fallen_back)
            FROM standing s WHERE course_run.id = s.run)
        SELECT id, run, state AS was, together FROM standing ORDER BY run""",
        resident_id,
        list(STANDING),
        list(HOLDING),
        now(),
        list(run_ids),
    )
