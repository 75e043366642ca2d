"""Statistic periods: which stretches of time a district counts, and by which parameters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row, rows
from elderlearn.places.labels import calendar_label, span_of

KINDS_THAT_COUNT = ("class", "lecture", "activity", "meeting")  # online alone does not (domain.md section 2)
COLUMNS = """id, district AS district_id, label, starts_on, ends_on, reference_on, rule_version, state, basis,
    elder_age, day_cap_minutes, hours_minutes, hours_days, days, completed_minutes, needs_all, kinds"""


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


async def ensure_periods(pairs: Iterable[tuple[int, date]]) -> None:
    """Open the calendar year of every (district id, day) that is not open yet; inside the caller's unit of work.

    The other parameters are the defaults of the table: the default rule of domain.md section 2.
    """
    wanted = sorted({(district, calendar_label(on)) for district, on in pairs})
    spans = [span_of(label) for _, label in wanted]
    await rows(
        """INSERT INTO stat_period (district, label, starts_on, ends_on, reference_on, kinds)
        SELECT n.*, $6::text[]
        FROM unnest($1::bigint[], $2::text[], $3::date[], $4::date[], $5::date[])
            AS n (district, label, starts_on, ends_on, reference_on)
        WHERE NOT EXISTS (SELECT FROM stat_period p WHERE p.district = n.district AND p.label = n.label)
        ORDER BY n.district, n.label
        ON CONFLICT DO NOTHING""",
        [district for district, _ in wanted],
        [one.label for one in spans],
        [one.starts_on for one in spans],
        [one.ends_on for one in spans],
        [one.reference_on for one in spans],
        list(KINDS_THAT_COUNT),
    )


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
    kinds = columns.pop("kinds")
    return Period(**columns, kinds=tuple(kinds))  # type: ignore[arg-type]  # a database row has no types
