"""What one organisation held: its runs in a period, whoever came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from asyncpg import Record

from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row, rows, value
from elderlearn.participation.counted import counted_by
from elderlearn.participation.organiser import BY_HAND, BY_PHONE, HELD, LENGTH, Held, total_of
from elderlearn.places.labels import Span, span_of


@dataclass(frozen=True)
class Organiser:
    """Which organisation, and the place it belongs to."""

    id: int
    name: str
    kind: str
    place_id: int


@dataclass(frozen=True)
class HeldRun:
    """One run, with what of it lies in the period; `by_hand` and `by_phone` as in `HeldLine`."""

    id: int
    title: str
    kind: str
    first_on: date
    last_on: date
    held: Held
    by_hand: int
    by_phone: int


@dataclass(frozen=True)
class OrganiserYear:
    """`total` as the line of the organisation says it: a person of two runs is one person."""

    runs: tuple[HeldRun, ...]
    total: Held
    by_hand: int
    by_phone: int


async def organiser(organisation_id: int) -> Organiser:
    """Raises Missing."""
    found = await row("SELECT id, name, kind, place AS place_id FROM organisation WHERE id = $1", organisation_id)
    if found is None:
        raise Missing
    return Organiser(**found)


async def runs_held(organisation_id: int, district_id: int, label: str) -> OrganiserYear:
    """Runs with a session or a visit in the period, the latest first. Raises Refusal('invalid_period')."""
    counted = await counted_by(district_id, label)
    runs = tuple(_run(one) for one in await _found(organisation_id, span_of(label)))
    persons: int = await value(
        """SELECT count(DISTINCT resident) FROM tally_by_organisation
        WHERE period = $1 AND organisation = $2 AND visits > 0""",
        counted.period_id,
        organisation_id,
    )
    total = total_of((one.held for one in runs), persons)
    return OrganiserYear(runs, total, sum(one.by_hand for one in runs), sum(one.by_phone for one in runs))


async def _found(organisation_id: int, span: Span) -> Sequence[Record]:
    return await rows(
        f"""WITH held AS (
            SELECT s.run, count(*) AS sessions, {LENGTH} AS taught FROM session s JOIN course_run q ON q.id = s.run
            WHERE q.organisation = $1 AND s.on_date BETWEEN $2 AND $3 AND {HELD.format(now="$4")} GROUP BY 1
        ), came AS (
            SELECT a.run, count(*) AS visits, sum(a.minutes) AS minutes, count(DISTINCT a.resident) AS persons,
                count(*) FILTER (WHERE {BY_HAND}) AS by_hand, count(*) FILTER (WHERE {BY_PHONE}) AS by_phone
            FROM course_run q JOIN attendance a ON a.run = q.id
            WHERE q.organisation = $1 AND q.first_on <= $3 AND q.last_on >= $2 AND a.on_date BETWEEN $2 AND $3
                AND a.voided_at IS NULL AND a.is_held GROUP BY 1)
        SELECT q.id, c.title, q.kind, q.first_on, q.last_on, coalesce(h.sessions, 0) AS sessions,
            coalesce(h.taught, 0)::bigint AS taught_minutes, coalesce(a.visits, 0) AS visits,
            coalesce(a.minutes, 0)::bigint AS attended_minutes, coalesce(a.persons, 0) AS persons,
            coalesce(a.by_hand, 0) AS by_hand, coalesce(a.by_phone, 0) AS by_phone
        FROM held h FULL JOIN came a ON a.run = h.run
        JOIN course_run q ON q.id = coalesce(h.run, a.run) JOIN course c ON c.id = q.course
        ORDER BY q.last_on DESC, q.id DESC""",
        organisation_id,
        span.starts_on,
        span.ends_on,
        now(),
    )


def _run(one: Record) -> HeldRun:
    held = Held(one["sessions"], one["taught_minutes"], one["visits"], one["attended_minutes"], one["persons"])
    ways = one["by_hand"], one["by_phone"]
    return HeldRun(one["id"], one["title"], one["kind"], one["first_on"], one["last_on"], held, *ways)
