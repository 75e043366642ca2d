"""The floor of the rush: the rows a request for a seat leaves, written by one statement."""

from __future__ import annotations

from datetime import UTC, datetime

from litestar import post
from litestar.datastructures import State
from msgspec import Struct

WRITE = """WITH run AS (
        UPDATE course_run SET seats_taken = seats_taken + (seats_taken < seats)::int,
            line_last = line_last + (seats_taken >= seats)::int, waiting = waiting + (seats_taken >= seats)::int
        WHERE id = $1 RETURNING id, district, first_on, waiting, line_last, seats, seats_taken
    ), asked AS (
        INSERT INTO enrolment (run, resident, state, channel, line_no, asked_at, changed_at)
        SELECT id, $2, CASE WHEN waiting = 0 THEN 'seated' ELSE 'waiting' END, 'self',
            nullif(line_last, 0), $3, $3 FROM run RETURNING id, state
    ), enrolled AS (
        INSERT INTO enrolled_period AS k (period, resident, residence, place, born_on, runs)
        SELECT p.id, w.id, w.residence, w.place, w.born_on, 1
        FROM run, stat_period p, resident w
        WHERE run.waiting = 0 AND w.id = $2 AND p.district = run.district AND p.state = 'active'
            AND run.first_on BETWEEN p.starts_on AND p.ends_on
        ON CONFLICT (period, resident) DO UPDATE SET runs = k.runs + 1
    ), trail AS (
        INSERT INTO trail (at, actor_kind, actor_id, door, action, subject, subject_id, district, detail)
        SELECT $3, 'staff', 1, 'api', 'enrol', 'enrolment', asked.id, run.district,
            jsonb_build_object('run', run.id, 'resident', $2::bigint, 'state', asked.state, 'channel', 'self')
        FROM asked, run
    ), why AS (
        INSERT INTO enrolment_decision
            (run, resident, at, last_at, channel, actor_kind, actor_id, outcome, facts)
        SELECT run.id, $2, $3, $3, 'self', 'staff', 1, asked.state,
            jsonb_build_object('seats', run.seats, 'taken', run.seats_taken, 'place', run.waiting)
        FROM asked, run
    ), told AS (
        INSERT INTO notice (kind, district, resident, address_cipher, values, created_at, state, tries,
            next_try_at)
        SELECT asked.state, run.district, w.id, w.phone_cipher, jsonb_build_object('title', 'bench'), $3,
            CASE WHEN w.phone_cipher IS NULL THEN 'unreachable' ELSE 'due' END, 0, $3
        FROM asked, run, resident w WHERE w.id = $2
    )
    SELECT asked.id, asked.state, run.waiting FROM asked, run"""


class BareEnrolment(Struct):
    """Somebody asks for a seat."""

    run_id: int
    resident_id: int


@post("/floor/enrolments", status_code=201)
async def write_enrolment(data: BareEnrolment, state: State) -> dict[str, str | int]:
    """Seated or waiting."""
    found = await state.pool.fetchrow(WRITE, data.run_id, data.resident_id, datetime.now(UTC))
    return {"enrolment_id": str(found["id"]), "state": found["state"], "position": found["waiting"]}
