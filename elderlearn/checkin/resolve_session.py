"""It was another session: the phone had the wrong page open, its clock was wrong, or the session was moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from elderlearn.checkin.reach import STAFF_OF_SESSION, STAFF_SEES, is_theirs
from elderlearn.checkin.resolve import ACTION, Decision, Plan, Resolved, her_scan, resolve, source_of
from elderlearn.checkin.rules import EARLY, LATE
from elderlearn.checkin.unclear_scan import UnclearScan
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import date_of
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import rows

MOST = 6

# Those that were held at one of the two times; hers first, then those of the same house.
_AT = f"""SELECT s.id AS session_id, c.title, o.name AS organisation, s.starts_at, s.ends_at,
    EXISTS (SELECT FROM enrolment e WHERE e.run = s.run AND e.resident = $5 AND e.state IN ('seated', 'offered'))
        OR q.entry = 'members' AND EXISTS (SELECT FROM organisation_member m WHERE m.organisation = s.organisation
            AND m.resident = $5 AND m.joined_on <= s.on_date AND (m.left_on IS NULL OR m.left_on > s.on_date))
        AS is_expected,
    EXISTS (SELECT FROM attendance a WHERE a.session = s.id AND a.resident = $5 AND a.voided_at IS NULL)
        AS is_there,
    s.organisation = (SELECT organisation FROM session WHERE id = $4) AS is_same_house, {STAFF_SEES}
FROM session s JOIN course_run q ON q.id = s.run JOIN course c ON c.id = q.course
{STAFF_OF_SESSION.format(staff="$3")}
WHERE s.on_date = ANY($2::date[]) AND s.state = 'planned' AND s.id IS DISTINCT FROM $4
    AND ($6::bigint IS NULL OR s.id = $6) AND EXISTS (SELECT FROM unnest($1::timestamptz[]) AS at
        WHERE at BETWEEN s.starts_at - $7::interval AND s.ends_at + $8::interval)
ORDER BY is_there DESC, is_expected DESC, is_same_house DESC NULLS LAST, s.starts_at, s.id"""


@dataclass(frozen=True)
class SessionThen:
    """A session held when the scan was made, within reach. `is_expected`: she has a seat or is a member there;
    `is_there`: she counts as present."""

    session_id: int
    title: str
    organisation: str
    starts_at: datetime
    ends_at: datetime
    is_expected: bool
    is_there: bool


async def sessions_then(scan: UnclearScan, *, by: Actor, only: int | None = None) -> list[SessionThen]:
    """By the corrected clock and by the phone's own, none that was called off; at most six."""
    times = [one for one in (scan.scanned_at, scan.phone_said_at) if one is not None]
    found = await rows(
        _AT, times, sorted({date_of(one) for one in times}), by.id if by.kind == "staff" else None,
        scan.session_id, scan.resident_id, only, EARLY, LATE,
    )  # fmt: skip
    theirs = [one for one in found if by.kind == "system" or is_theirs(one, ACTION)]
    return [
        SessionThen(
            one["session_id"], one["title"], one["organisation"], one["starts_at"], one["ends_at"],
            one["is_expected"], one["is_there"],
        )
        for one in theirs[:MOST]
    ]  # fmt: skip


def other_session(session_id: int) -> Plan:
    """She was at this one. Raises Missing when it was not held then, or is not within reach."""

    async def plan(scan: UnclearScan, by: Actor) -> Decision:
        if not await sessions_then(scan, by=by, only=session_id):
            raise Missing
        return Decision("other_session", session_id, her_scan(scan), source=source_of(scan))

    return plan


async def it_was_session(scan_id: UUID, session_id: int, *, by: Actor) -> Resolved:
    """She counts at that session instead. Raises what `resolve` raises, Refusal('nobody_known')."""
    return await resolve(scan_id, other_session(session_id), by=by)
