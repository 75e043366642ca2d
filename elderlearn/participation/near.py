"""Who is within three days of becoming a regular: how many by place, and who, by masked name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from elderlearn.checkin.sums import meets
from elderlearn.ground.sql import rows
from elderlearn.participation.counted import Counted
from elderlearn.participation.days_missing import A_DAY
from elderlearn.people.names import masked_name

WITHIN = 3  # days
# The sums of t with so many more days of A_DAY minutes, under names that `meets` can be asked about.
_LATER = " ".join(
    f"""CROSS JOIN LATERAL (SELECT t.minutes + {days} * least({A_DAY}, p.day_cap_minutes) AS minutes,
        t.days + {days} AS days, t.completed_runs) AS in_{days}"""
    for days in range(1, WITHIN + 1)
)
_MISSING = " ".join(f"WHEN {meets('p', f'in_{days}')} THEN {days}" for days in range(1, WITHIN + 1))
# $1 places, $2 period, $3 the last birth date that is old enough, $4 the district. Who died or left, or has no
# name yet, cannot be asked to come.
NEAR = f"""near AS (
    SELECT t.resident, t.place, t.born_on, t.minutes, t.days, CASE {_MISSING} END AS missing
    FROM stat_period p JOIN tally t ON t.period = p.id {_LATER}
    JOIN resident r ON r.id = t.resident AND r.state = 'active' AND r.name IS NOT NULL
    WHERE p.id = $2 AND t.period = $2 AND t.residence = 'inside' AND t.born_on <= $3 AND t.regular_since IS NULL
        AND t.place = ANY($1::bigint[]) AND t.place <> $4 AND {meets("p", f"in_{WITHIN}")})"""


@dataclass(frozen=True)
class Near:
    """Somebody who needs `missing` more days; `minutes` and `days` as they count so far."""

    resident_id: int
    name_masked: str
    born_on: date | None = field(repr=False)
    place: str
    minutes: int
    days: int
    missing: int


async def near_by_place(
    places: Sequence[int], district_id: int, counted: Counted, *, by_street: bool = False
) -> dict[str, int]:
    """By code of the community, or of the street for those of whom no community is known; or all by street."""
    found = await rows(
        f"""WITH {NEAR} SELECT l.code, count(*) AS persons FROM near n JOIN place c ON c.id = n.place
        JOIN place l ON l.id = CASE WHEN $5::boolean AND c.level = 'community' THEN c.parent ELSE c.id END
        GROUP BY l.code""",
        *_asked(places, district_id, counted),
        by_street,
    )
    return {one["code"]: one["persons"] for one in found}


async def near_people(
    places: Sequence[int], district_id: int, counted: Counted, *, limit: int = 20, offset: int = 0
) -> list[Near]:
    """Those with the fewest days to go first."""
    found = await rows(
        f"""WITH {NEAR} SELECT n.resident AS resident_id, r.name, n.born_on, c.name AS place, n.minutes, n.days,
            n.missing
        FROM near n JOIN resident r ON r.id = n.resident JOIN place c ON c.id = n.place
        ORDER BY n.missing, n.minutes DESC, n.resident LIMIT $5 OFFSET $6""",
        *_asked(places, district_id, counted),
        limit,
        offset,
    )
    return [_near(dict(one)) for one in found]


def _asked(places: Sequence[int], district_id: int, counted: Counted) -> tuple[object, ...]:
    return list(places), counted.period_id, counted.born_by, district_id


def _near(columns: dict[str, object]) -> Near:
    name = columns.pop("name")
    return Near(name_masked=masked_name(str(name)), **columns)  # type: ignore[arg-type]  # a database row has no types
