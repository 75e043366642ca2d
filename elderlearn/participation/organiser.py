"""What was held in a place, whoever came and wherever she lives. Never mixed with the report by residence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from asyncpg import Record

from elderlearn.ground.clock import now
from elderlearn.ground.sql import rows
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
LENGTH = "extract(epoch FROM sum(s.ends_at - s.starts_at)) / 60"
BY_HAND, BY_PHONE = "a.source IN ('tick', 'paper')", "a.source = 'venue'"

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

    `by_hand`: how many of its visits were ticked or typed in from paper, `by_phone`: how many said so themselves
    by the code of the hall; none where that was not asked.
    """

    id: int
    code: str
    name: str
    kind: str
    place: str
    held: Held
    by_hand: int | None
    by_phone: int | None


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
    keys = await _keys(place, by_street)
    came, persons = await _came(keys, counted)
    taught = await _taught(keys, span)
    figures = {key: _held(taught, keys, came, key) for key in dict.fromkeys(keys.values())}
    ways = {} if by_street else await _ways(keys, span)
    lines = tuple(_line(one, figures, ways, by_street=by_street) for one in await _named(place, by_street))
    kept = tuple(line for line, is_now in lines if is_now or line.held != Held())
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


async def _keys(place: PlaceRow, by_street: bool) -> dict[int, Key]:
    """The line of each organisation within the place."""
    found = await rows(f"{ORGANISERS} SELECT id, street, own FROM organiser ORDER BY id", place.id, by_street)
    return {one["id"]: (one["street"], one["own"]) for one in found}


async def _taught(keys: Mapping[int, Key], span: Span) -> dict[int, tuple[int, int]]:
    """Sessions and minutes of each organisation."""
    found = await rows(
        f"""SELECT s.organisation, count(*), ({LENGTH})::bigint FROM session s
        WHERE s.organisation = ANY($1::bigint[]) AND s.on_date BETWEEN $2 AND $3 AND {HELD.format(now="$4")}
        GROUP BY 1""",
        list(keys),
        span.starts_on,
        span.ends_on,
        now(),
    )
    return {organisation: (sessions, minutes) for organisation, sessions, minutes in map(tuple, found)}


async def _came(keys: Mapping[int, Key], counted: Counted) -> tuple[dict[Key, tuple[int, int, int]], int]:
    """Visits, minutes and persons of each line, and the persons of all together."""
    lines = list(dict.fromkeys(keys.values()))
    number = {key: place for place, key in enumerate(lines)}
    found = await rows(
        """WITH person AS MATERIALIZED (
            SELECT g.line, t.resident, sum(t.visits) AS visits, sum(t.minutes) AS minutes
            FROM unnest($2::bigint[], $3::int[]) AS g (organisation, line)
            JOIN tally_by_organisation t ON t.organisation = g.organisation AND t.period = $1
            WHERE t.visits > 0 GROUP BY 1, 2)
        SELECT line, sum(visits)::bigint, sum(minutes)::bigint, count(*) FROM person GROUP BY line
        UNION ALL SELECT NULL, 0, 0, count(*) FROM (SELECT DISTINCT resident FROM person) everybody""",
        counted.period_id,
        list(keys),
        [number[key] for key in keys.values()],
    )
    sums = {line: (visits, minutes, persons) for line, visits, minutes, persons in map(tuple, found)}
    _, _, everybody = sums.pop(None)
    return {lines[line]: figures for line, figures in sums.items()}, everybody


def _held(
    taught: Mapping[int, tuple[int, int]],
    keys: Mapping[int, Key],
    came: Mapping[Key, tuple[int, int, int]],
    key: Key,
) -> Held:
    own = [taught.get(organisation, (0, 0)) for organisation, line in keys.items() if line == key]
    sessions, minutes = sum(many for many, _ in own), sum(length for _, length in own)
    return Held(sessions, minutes, *came.get(key, (0, 0, 0)))


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
    one: Record, figures: dict[Key, Held], ways: dict[int, tuple[int, int]], *, by_street: bool
) -> tuple[HeldLine, bool]:
    held = figures.get((one["street"], one["own"]), Held())
    asked = (None, None) if by_street else ways.get(one["own"], (0, 0))
    id = one["own"] or one["street"]
    return HeldLine(id, one["code"], one["name"], one["kind"], one["place"], held, *asked), one["is_now"]


async def _ways(keys: Mapping[int, Key], span: Span) -> dict[int, tuple[int, int]]:
    """By hand and by phone, from an index of the attendances, so that it is as right as they are."""
    found = await rows(
        f"""SELECT a.organisation, count(*) FILTER (WHERE {BY_HAND}) AS by_hand,
            count(*) FILTER (WHERE {BY_PHONE}) AS by_phone
        FROM attendance a
        WHERE a.organisation = ANY($1::bigint[]) AND a.on_date BETWEEN $2 AND $3
            AND a.source IN ('tick', 'paper', 'venue') AND a.voided_at IS NULL AND a.is_held GROUP BY 1""",
        list(keys),
        span.starts_on,
        span.ends_on,
    )
    return {one["organisation"]: (one["by_hand"], one["by_phone"]) for one in found}
