"""The only writer of Attendance (besides the bulk `load`): record, take back, follow a changed session.

All are inner steps: they run in the open unit of work of a verb that holds sessions and residents (`locks`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from elderlearn.checkin.add_to_sums import GROWN, regulars_since
from elderlearn.checkin.completion import decide_again
from elderlearn.checkin.resum import resum
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.sql import rows
from elderlearn.ground.trail import note_by_district


@dataclass(frozen=True)
class Entry:
    """Somebody was at a session. `source` is scan, typed, venue, tick, paper, import or sample."""

    session_id: int
    resident_id: int
    source: str
    attended_at: datetime
    is_walk_in: bool = False
    scan: UUID | None = None


class Recorded(Struct, frozen=True, gc=False):
    """An attendance that counts from now on; `is_again` when it had been voided before."""

    attendance_id: int
    session_id: int
    resident_id: int
    is_again: bool


async def record(entries: Sequence[Entry], *, by: Actor) -> list[Recorded]:
    """Write the attendances that are not there yet, and move every sum with them.

    One attendance for each resident and session; a voided one is taken up again on the same row, with a
    trail. Who is already present is left out of the answer.
    """
    once = sorted({(one.session_id, one.resident_id): one for one in reversed(entries)}.items())
    found = await rows(
        f"WITH {_ENTRIES}, {RECORDING} {RECORDED}",
        now(),
        by.kind,
        by.id,
        by.door,
        [key[0] for key, _ in once],
        [key[1] for key, _ in once],
        [one.source for _, one in once],
        [one.is_walk_in for _, one in once],
        [one.attended_at for _, one in once],
        [one.scan for _, one in once],
    )
    return await after_recording(found[0], by=by)


async def after_recording(found: Record, *, by: Actor) -> list[Recorded]:
    """What few attendances need besides, by the answer of the statement that recorded them."""
    again = set(found["again"] or ())
    if again:
        changes = zip(found["again_in"], found["again"], strict=True)
        await note_by_district(
            "attendance.record_again",
            by=by,
            subject="attendance",
            changes=[(district, one, {}) for district, one in changes],
        )
    newly = zip(found["newly_in"] or (), found["newly"] or (), found["newly_since"] or (), strict=True)
    await regulars_since(list(newly))
    await resum(found["first_of_year"] or ())
    await decide_again(set(zip(found["closed"] or (), found["closed_for"] or (), strict=True)))
    written = zip(found["ids"] or (), found["sessions"] or (), found["residents"] or (), strict=True)
    return [Recorded(one, session, resident, one in again) for one, session, resident in written]


async def take_back(attendance_ids: Collection[int], *, reason: str, by: Actor) -> list[int]:
    """Void those not voided yet, with a trail, and make the sums of their residents again; answers which."""
    found = await rows(
        """UPDATE attendance SET voided_at = $2, voided_by = $3, void_reason = $4
        WHERE id = ANY($1::bigint[]) AND voided_at IS NULL RETURNING id, run, resident, district""",
        sorted(set(attendance_ids)),
        now(),
        by.id,
        reason,
    )
    changes: list[tuple[int, int, dict[str, object]]] = [
        (one["district"], one["id"], {"reason": reason}) for one in found
    ]
    await note_by_district("attendance.void", by=by, subject="attendance", changes=changes)
    await decide_again({(one["run"], one["resident"]) for one in found})
    await resum([one["resident"] for one in found])
    return [one["id"] for one in found]


async def change_person(attendance_ids: Collection[int], resident_id: int) -> list[int]:
    """They are this resident's; answers which. Whoever calls it makes the sums of both people again.

    Only attendances of sessions at which the resident has none.
    """
    found = await rows(
        """UPDATE attendance a SET resident = $2 WHERE id = ANY($1::bigint[]) AND NOT EXISTS (
            SELECT FROM attendance o WHERE o.session = a.session AND o.resident = $2) RETURNING id""",
        sorted(set(attendance_ids)),
        resident_id,
    )
    return sorted(one["id"] for one in found)


async def follow_session(session_id: int) -> list[int]:
    """Copy date, minutes and whether it is held from the session; answers whose sums are no longer right."""
    found = await rows(
        """UPDATE attendance a SET on_date = s.on_date, minutes = s.credited_minutes,
            is_held = (s.state = 'planned')
        FROM session s WHERE s.id = $1 AND a.session = s.id
            AND (a.on_date, a.minutes, a.is_held)
                IS DISTINCT FROM (s.on_date, s.credited_minutes, s.state = 'planned')
        RETURNING a.resident""",
        session_id,
    )
    return sorted({one["resident"] for one in found})


_ENTRIES = """entry AS (
        SELECT *
        FROM unnest($5::bigint[], $6::bigint[], $7::text[], $8::boolean[], $9::timestamptz[], $10::uuid[])
            AS e (session, resident, source, is_walk_in, attended_at, scan))"""

_WRITTEN = """a.id, a.session, a.resident, a.run, a.organisation, a.district, a.kind, a.on_date, a.minutes,
            a.is_held"""

# Expects `entry`, and $1 to $4: now, and who. Nobody else writes attendances of these residents, so what is not
# there yet stays so until the rows are written: no ON CONFLICT, which asks and marks each row a second time.
# FULL, though every entry has its session: then the two are hashed, however many sessions a batch names.
RECORDING = f"""meeting AS MATERIALIZED (
        SELECT s.id, s.run, s.organisation, s.district, s.kind, s.on_date, s.credited_minutes AS minutes,
            s.state = 'planned' AS is_held
        FROM session s WHERE s.id = ANY(ARRAY(SELECT DISTINCT session FROM entry))
    ), stated AS MATERIALIZED (
        SELECT e.*, s.*, a.id AS there, a.voided_at IS NOT NULL AS is_voided
        FROM entry e FULL JOIN meeting s ON s.id = e.session
        LEFT JOIN attendance a ON a.session = e.session AND a.resident = e.resident
    ), anew AS (
        INSERT INTO attendance AS a (session, resident, run, organisation, district, kind, on_date, minutes,
            source, is_walk_in, scan, attended_at, recorded_at, by_kind, by_id, door, is_held)
        SELECT session, resident, run, organisation, district, kind, on_date, minutes, source, is_walk_in, scan,
            attended_at, $1, $2, $3, $4, is_held
        FROM stated WHERE there IS NULL ORDER BY session, resident
        RETURNING {_WRITTEN}, false AS is_again
    ), again AS (
        UPDATE attendance a SET on_date = e.on_date, minutes = e.minutes, source = e.source,
            is_walk_in = e.is_walk_in, scan = e.scan, attended_at = e.attended_at, recorded_at = $1,
            by_kind = $2, by_id = $3, door = $4, is_held = e.is_held,
            voided_at = NULL, voided_by = NULL, void_reason = NULL
        FROM stated e WHERE a.id = e.there AND e.is_voided AND a.voided_at IS NOT NULL
        RETURNING {_WRITTEN}, true AS is_again
    ), written AS MATERIALIZED (SELECT * FROM anew UNION ALL SELECT * FROM again), {GROWN}"""

# A year that is not open yet has no sums to grow: those of its first visitors are made anew.
RECORDED = """SELECT array_agg(w.id) AS ids, array_agg(w.session) AS sessions, array_agg(w.resident) AS residents,
        array_agg(w.id) FILTER (WHERE w.is_again) AS again,
        array_agg(w.district) FILTER (WHERE w.is_again) AS again_in,
        array_agg(w.run) FILTER (WHERE w.is_closed) AS closed,
        array_agg(w.resident) FILTER (WHERE w.is_closed) AS closed_for,
        array_agg(w.resident) FILTER (WHERE w.is_first_of_year) AS first_of_year,
        (SELECT array_agg(period) FROM newly) AS newly_in, (SELECT array_agg(resident) FROM newly) AS newly,
        (SELECT array_agg(since) FROM newly) AS newly_since
    FROM (SELECT w.*,
            w.run IN (SELECT q.id FROM meeting m JOIN course_run q ON q.id = m.run
                WHERE q.closed_at IS NOT NULL) AS is_closed,
            (w.district, w.year) NOT IN (SELECT p.district, p.label FROM stat_period p)
            OR (w.home, w.year) NOT IN (SELECT p.district, p.label FROM stat_period p) AS is_first_of_year
        FROM whose w) w"""
