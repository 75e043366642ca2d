"""Visits of a year, month by month, beside the year before: summed from days, for a file, not for a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from elderlearn.ground.sql import rows
from elderlearn.participation.counted import Counted, counted_by
from elderlearn.places.labels import Span, span_of, year_before
from elderlearn.places.queries import PlaceRow, ever_within

# Of the same people as in the report, and counted for a period as in checkin.sums.
PER_MONTH = """SELECT date_trunc('month', d.on_date)::date AS month, sum(d.visits)::int AS visits
    FROM tally t JOIN resident r ON r.id = t.resident JOIN stat_period p ON p.id = t.period
    JOIN attended_day d ON d.resident = t.resident AND d.on_date BETWEEN p.starts_on AND p.ends_on
        AND p.district IN (r.district, d.district)
    WHERE t.period = $2 AND t.residence = 'inside' AND t.born_on <= $3 AND t.place = ANY($1::bigint[])
    GROUP BY 1"""


@dataclass(frozen=True)
class MonthOfVisits:
    """`before` is the same month a year earlier; none for a month to come or a year without records."""

    first_on: date
    visits: int | None
    before: int | None


async def visits_by_month(place: PlaceRow, counted: Counted, today: date) -> list[MonthOfVisits]:
    """Twelve months; together they are the visits of the report."""
    span = span_of(counted.label)
    earlier = await counted_by(place.district_id, year_before(span).label)
    now, then = await _per_month(place, counted), await _per_month(place, earlier)
    return [
        MonthOfVisits(first, now.get(first, 0) if first <= today else None, then.get(before, 0) if then else None)
        for first, before in zip(_months(span), _months(year_before(span)), strict=True)
    ]


async def _per_month(place: PlaceRow, counted: Counted) -> Mapping[date, int]:
    found = await rows(PER_MONTH, await ever_within(place.id), counted.period_id, counted.born_by)
    return {one["month"]: one["visits"] for one in found}


def _months(span: Span) -> list[date]:
    year, month = span.starts_on.year, span.starts_on.month
    return [date(year + (month + n - 1) // 12, (month + n - 1) % 12 + 1, 1) for n in range(12)]
