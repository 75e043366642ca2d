"""What was held in a place, whoever came and wherever she lives. Never mixed with the report by residence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from asyncpg import Record

from elderlearn.ground.clock import now
from elderlearn.ground.sql import rows, value
from elderlearn.participation.counted import Counted, counted_by, place_in
from elderlearn.places.labels import Span, span_of
from elderlearn.places.queries import PlaceRow

# Organisations within $1 and, by street when $2, the line each belongs to: its street, or itself.
ORGANISERS = """WITH RECURSIVE inside AS (
        SELECT id, NULL::bigint AS street FROM place WHERE id = $1
        UNION ALL SELECT c.id, coalesce(i.street, c.id) FROM place c JOIN inside i ON c.parent = i.id
    ), organiser AS (
        SELECT o.id, CASE WHEN $2::boolean THEN i.street END AS street,
            CASE WHEN $2 AND i.street IS NOT NULL THEN NULL ELSE o.id END AS own
        FROM organisation o JOIN inside i ON i.id = o.place)"""

# Of `session s` and `attendance a`: what the figures are made from.
HELD = "s.state = 'planned' AND s.starts_at <= {now}"
LENGTH = "sum(extract(epoch FROM s.ends_at - s.starts_at) / 60)"
BY_HAND = "a.source IN ('tick', 'paper') AND a.voided_at IS NULL AND a.is_held"

Key = tuple[int | None, int | None]  # a street, or an organisation


@dataclass(frozen=True)
class Held:
    """Sessions that have begun and were not called off, their planned minutes; visits of anybody, the minutes
    they were credited, and the persons: one who went to two organisations is one person of both together.
    """

    sessions: int = 0
    taught_minutes: int = 0
    visits: int = 0
    attended_minutes: int = 0
    persons: int = 0


@dataclass(frozen=True)
class HeldLine:
    """A street (`kind` town_street) or an organisation with its kind and place.

    `by_hand`: how many of its visits were ticked or typed in from paper; none where that was not asked.
    """

    id: int
    code: str
    name: str
    kind: str
    place: str
    held: Held
    by_hand: int | None


@dataclass(frozen=True)
class Organisers:
    """Sessions, visits and minutes of the lines add up to `total`; persons do not."""

    period: str
    lines: tuple[HeldLine, ...]
    total: Held


async def held_in(district_id: int, label: str, place_id: int) -> Organisers:
    """Of a district its streets and its own organisations, of a street or community its organisations.

    Raises Missing for a place of another district, Refusal('invalid_period').
    """
    place = await place_in(district_id, place_id, "district")
    counted = await counted_by(district_id, label)
    by_street = place.level == "district"
    span = span_of(label)
    figures = await _figures(place, counted, span, by_street=by_street)
    by_hand = {} if by_street else await _by_hand(place, span)
    lines = tuple(_line(one, figures, by_hand, by_street=by_street) for one in await _named(place, by_street))
    kept = tuple(line for line, is_now in lines if is_now or line.held != Held())
    persons = await _persons(place, counted)
    return Organisers(counted.label, kept, total_of((line.held for line in kept), persons))


def total_of(parts: Iterable[Held], persons: int) -> Held:
    """All parts together, with the persons counted once."""
    held = list(parts)
    return Held(
        sum(one.sessions for one in held),
        sum(one.taught_minutes for one in held),
        sum(one.visits for one in held),
        sum(one.attended_minutes for one in held),
        persons,
    )


async def _figures(place: PlaceRow, counted: Counted, span: Span, *, by_street: bool) -> dict[Key, Held]:
    found = await rows(
        f"""{ORGANISERS}, held AS (
            SELECT g.street, g.own, count(*) AS sessions, {LENGTH} AS taught
            FROM session s JOIN organiser g ON g.id = s.organisation
            WHERE s.district = $3 AND s.on_date BETWEEN $4 AND $5 AND {HELD.format(now="$6")} GROUP BY 1, 2
        ), came AS (
            SELECT street, own, count(*) AS persons, sum(visits) AS visits, sum(minutes) AS minutes
            FROM (SELECT g.street, g.own, sum(t.visits) AS visits, sum(t.minutes) AS minutes
                FROM tally_by_organisation t JOIN organiser g ON g.id = t.organisation
                WHERE t.period = $7 AND t.visits > 0 GROUP BY 1, 2, t.resident) person
            GROUP BY 1, 2)
        SELECT street, own, sum(sessions)::bigint AS sessions, sum(taught)::bigint AS taught_minutes,
            sum(visits)::bigint AS visits, sum(minutes)::bigint AS attended_minutes,
            sum(persons)::bigint AS persons
        FROM (SELECT street, own, sessions, taught, 0 AS visits, 0 AS minutes, 0 AS persons FROM held
            UNION ALL SELECT street, own, 0, 0, visits, minutes, persons FROM came) both_sides
        GROUP BY 1, 2""",
        place.id,
        by_street,
        place.district_id,
        span.starts_on,
        span.ends_on,
        now(),
        counted.period_id,
    )
    return {(one["street"], one["own"]): Held(*list(one.values())[2:]) for one in found}


async def _named(place: PlaceRow, by_street: bool) -> Sequence[Record]:
    return await rows(
        f"""{ORGANISERS}
        SELECT s.id AS street, NULL::bigint AS own, s.code, s.name, s.level AS kind, '' AS place,
            s.valid_to IS NULL AS is_now
        FROM place s WHERE $2 AND s.parent = $1
        UNION ALL
        SELECT NULL, o.id, p.code, o.name, o.kind, p.name, o.ended_on IS NULL
        FROM organiser g JOIN organisation o ON o.id = g.own JOIN place p ON p.id = o.place
        ORDER BY code, name, own""",
        place.id,
        by_street,
    )


def _line(
    one: Record, figures: dict[Key, Held], by_hand: dict[int, int], *, by_street: bool
) -> tuple[HeldLine, bool]:
    held = figures.get((one["street"], one["own"]), Held())
    hand = None if by_street else by_hand.get(one["own"], 0)
    id = one["own"] or one["street"]
    return HeldLine(id, one["code"], one["name"], one["kind"], one["place"], held, hand), one["is_now"]


async def _by_hand(place: PlaceRow, span: Span) -> dict[int, int]:
    """From the attendances themselves: few enough, and with an index of their own."""
    found = await rows(
        f"""{ORGANISERS} SELECT a.organisation, count(*) AS by_hand
        FROM organiser g JOIN attendance a ON a.organisation = g.id
        WHERE $2::boolean IS NOT NULL AND a.on_date BETWEEN $3 AND $4 AND {BY_HAND} GROUP BY 1""",
        place.id,
        False,
        span.starts_on,
        span.ends_on,
    )
    return {one["organisation"]: one["by_hand"] for one in found}


async def _persons(place: PlaceRow, counted: Counted) -> int:
    found: int = await value(
        f"""{ORGANISERS} SELECT count(*) FROM (
            SELECT DISTINCT t.resident FROM tally_by_organisation t JOIN organiser g ON g.id = t.organisation
            WHERE t.period = $3 AND t.visits > 0) person""",
        place.id,
        False,
        counted.period_id,
    )
    return found
