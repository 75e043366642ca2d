"""Statistic periods: which stretches of time a district counts, and by which parameters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row, rows
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.places.labels import Span, calendar_label, span_of

KINDS_THAT_COUNT = ("class", "lecture", "activity", "meeting")  # online alone does not (domain.md section 2)
AHEAD = timedelta(days=7)
COLUMNS = """id, district AS district_id, label, starts_on, ends_on, reference_on, rule_version, state, basis,
    elder_age, day_cap_minutes, hours_minutes, hours_days, days, completed_minutes, needs_all, kinds, weights,
    online_most_minutes"""


@dataclass(frozen=True)
class Period:
    """A row of StatPeriod; a threshold of None is switched off. Lengths in minutes."""

    id: int
    district_id: int
    label: str
    starts_on: date
    ends_on: date
    reference_on: date
    rule_version: int
    state: str
    basis: str
    elder_age: int
    day_cap_minutes: int
    hours_minutes: int | None
    hours_days: int
    days: int | None
    completed_minutes: int | None
    needs_all: bool
    kinds: tuple[str, ...]
    weights: tuple[int, ...] | None
    online_most_minutes: int


async def ensure_periods(pairs: Iterable[tuple[int, date]]) -> None:
    """Open the calendar year of every (district id, day) that is not open yet; inside the caller's unit of work.

    Counted like the year before it that is open; the first of a district by the defaults of the table, which
    are the default rule of domain.md section 2.
    """
    wanted = sorted({(district, calendar_label(on)) for district, on in pairs})
    spans = [span_of(label) for _, label in wanted]
    found = await rows(
        f"""SELECT n.* FROM unnest($1::bigint[], $2::text[]) AS n (district, label)
        WHERE NOT {_IS_OPEN} ORDER BY n.district, n.label""",
        [district for district, _ in wanted],
        [one.label for one in spans],
    )
    for one in found:
        await _open(one["district"], span_of(one["label"]))


_IS_OPEN = "EXISTS (SELECT FROM stat_period p WHERE p.district = n.district AND p.label = n.label)"
_COPIED = """reference_on, rule_version, basis, elder_age, day_cap_minutes, hours_minutes, hours_days, days,
    completed_minutes, needs_all, kinds, weights, online_most_minutes"""


async def _open(district_id: int, span: Span) -> None:
    """One that is open already stays as it is."""
    copied = await rows(
        f"""INSERT INTO stat_period (district, label, starts_on, ends_on, {_COPIED})
        SELECT district, $2, $3, $4, {_COPIED.replace("reference_on", _REFERENCE)} FROM stat_period
        WHERE district = $1 AND state = 'active' AND starts_on < $3
            AND extract(month FROM starts_on) = extract(month FROM $3::date)
        ORDER BY starts_on DESC LIMIT 1 ON CONFLICT DO NOTHING RETURNING id""",
        district_id,
        span.label,
        span.starts_on,
        span.ends_on,
    )
    if not copied:
        await rows(
            """INSERT INTO stat_period (district, label, starts_on, ends_on, reference_on, kinds)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING""",
            district_id,
            span.label,
            span.starts_on,
            span.ends_on,
            span.reference_on,
            list(KINDS_THAT_COUNT),
        )


# The same day of the year; 28 February of a year that has no 29th.
_YEARS = "extract(year FROM $3::date)::int - extract(year FROM starts_on)::int"
_REFERENCE = f"(reference_on + make_interval(years => {_YEARS}))::date"


async def open_school_years(on: date) -> int:
    """How many were opened: school years begin by themselves when the last one ends within a week of the day.

    Before anybody attends in them, so nothing has to be counted again.
    """
    async with unit_of_work():
        found = await rows(
            """SELECT district, max(starts_on) AS starts_on FROM stat_period
            WHERE state = 'active' AND extract(month FROM starts_on) <> 1
            GROUP BY district, extract(month FROM starts_on) HAVING max(ends_on) < $1""",
            on + AHEAD,
        )
        for one in found:
            starts_on = one["starts_on"]
            await _open(one["district"], span_of(f"{starts_on.year + 1}-{starts_on.month:02}"))
    return len(found)


async def active_periods(district_id: int) -> list[Period]:
    """The periods whose sums are shown, the latest first."""
    found = await rows(
        f"""SELECT {COLUMNS} FROM stat_period WHERE district = $1 AND state = 'active'
        ORDER BY starts_on DESC, ends_on""",
        district_id,
    )
    return [_period(dict(one)) for one in found]


async def period_by_label(district_id: int, label: str) -> Period:
    """The active period written so. Raises Refusal('invalid_period'), or Missing when nothing was counted yet."""
    found = await row(
        f"SELECT {COLUMNS} FROM stat_period WHERE district = $1 AND label = $2 AND state = 'active'",
        district_id,
        span_of(label).label,
    )
    if found is None:
        raise Missing
    return _period(dict(found))


def _period(columns: dict[str, object]) -> Period:
    kinds, weights = columns.pop("kinds"), columns.pop("weights")
    return Period(**columns, kinds=tuple(kinds), weights=tuple(weights) if weights else None)  # type: ignore[arg-type]  # a database row has no types
