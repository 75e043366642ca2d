"""Asking what a decision about a scan would change, before it is made: it is made, looked at, and taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from elderlearn.checkin.resolve import ACTION, Decision, Plan, settle
from elderlearn.checkin.unclear_scan import unclear_scan
from elderlearn.enrolment.hold import until_still
from elderlearn.ground.actor import Actor
from elderlearn.ground.sql import row, rows
from elderlearn.ground.unit_of_work import unit_of_work

_SUMS = """SELECT extract(year FROM s.on_date)::int AS year, coalesce(t.visits, 0) AS visits,
    coalesce(t.minutes, 0) AS minutes, t.regular_since
FROM session s LEFT JOIN stat_period p ON p.district = s.district AND p.state = 'active'
    AND p.label = extract(year FROM s.on_date)::text
LEFT JOIN tally t ON t.period = p.id AND t.resident = $2 WHERE s.id = $1"""

_ELSEWHERE = """SELECT c.title, o.starts_at, o.ends_at FROM session s
JOIN attendance a ON a.resident = $2 AND a.on_date BETWEEN s.on_date - 1 AND s.on_date + 1 AND a.session <> s.id
    AND a.voided_at IS NULL AND a.is_held
JOIN session o ON o.id = a.session AND o.starts_at < s.ends_at AND s.starts_at < o.ends_at
JOIN course_run q ON q.id = o.run JOIN course c ON c.id = q.course
WHERE s.id = $1 ORDER BY o.starts_at, o.id"""


@dataclass(frozen=True)
class Sums:
    """Of one person in the `year` of the session, in the district that holds it; `minutes` as they are capped."""

    year: int
    visits: int
    minutes: int
    regular_since: date | None


@dataclass(frozen=True)
class AtTheSameTime:
    """Another session at which she counts as present then."""

    title: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class WouldChange:
    """`adds_visit` false when she counts as present there already."""

    adds_visit: bool
    before: Sums
    after: Sums
    elsewhere: tuple[AtTheSameTime, ...]

    @property
    def becomes_regular(self) -> bool:
        """By this one visit."""
        return self.before.regular_since is None and self.after.regular_since is not None


class _TakenBack(Exception):
    """Nothing of the try may stay."""


async def would_change(scan_id: UUID, plan: Plan, *, by: Actor) -> WouldChange | None:
    """None when it is decided already. Raises what the decision itself would, also Missing for who may not."""
    return await until_still(lambda _: _tried(scan_id, plan, by))


async def _tried(scan_id: UUID, plan: Plan, by: Actor) -> WouldChange | None:
    told: WouldChange | None = None
    try:
        async with unit_of_work():
            decision = await plan(await unclear_scan(scan_id, by=by, action=ACTION), by)
            before = await _sums(decision)
            done = await settle(scan_id, plan, by=by)
            if done.is_new:
                elsewhere = await rows(_ELSEWHERE, decision.session_id, decision.resident_id)
                told = WouldChange(
                    done.resolution.has_recorded,
                    before,
                    await _sums(decision),
                    tuple(AtTheSameTime(**one) for one in elsewhere),
                )
            raise _TakenBack
    except _TakenBack:
        return told


async def _sums(decision: Decision) -> Sums:
    found = await row(_SUMS, decision.session_id, decision.resident_id)
    return Sums(**found) if found else Sums(0, 0, 0, None)
