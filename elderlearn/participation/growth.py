"""How regulars grew over a year, month by month, beside the year before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from elderlearn.ground.sql import rows, value
from elderlearn.participation.counted import Counted, counted_by
from elderlearn.places.labels import Span, day_before, span_of, year_before
from elderlearn.places.queries import PlaceRow, ever_within

PER_DAY = """SELECT regular_since AS on_date, count(*) AS persons FROM tally
    WHERE period = $2 AND residence = 'inside' AND regular_since IS NOT NULL AND born_on <= $3
        AND place = ANY($1::bigint[]) AND place <> $4 GROUP BY 1"""


@dataclass(frozen=True)
class Month:
    """Regulars at its end (of the running month: today); none for a month to come or a year without records."""

    first_on: date
    regulars: int | None
    before: int | None


@dataclass(frozen=True)
class Growth:
    """`until` is the day it was counted to, today or the last of the year; `before` had become regular by
    `before_until`, the same day a year earlier: none when that year (`before_label`) has no records at all.
    """

    months: tuple[Month, ...]
    until: date
    regulars: int
    before_label: str
    before_until: date
    before: int | None

    @property
    def has_any(self) -> bool:
        """Somebody became a regular in one of the two years."""
        return any(one.regulars or one.before for one in self.months)


async def growth_of(
    place: PlaceRow, counted: Counted, today: date, *, only: Sequence[int] | None = None
) -> Growth:
    """Of the elders who live in the place, each in the month in which she became a regular.

    `only` names other places of its district instead of all that lie in it: a reporting unit's communities.
    """
    places = await ever_within(place.id) if only is None else list(only)
    span = span_of(counted.label)
    earlier = year_before(span)
    until = min(today, span.ends_on)
    before_until = earlier.ends_on if until == span.ends_on else day_before(until)
    now, regulars = await _per_month(places, place.district_id, counted, until)
    before = await counted_by(place.district_id, earlier.label)
    then: Mapping[date, int] = {}
    by_then: int | None = None
    if await value("SELECT EXISTS (SELECT FROM tally WHERE period = $1)", before.period_id):
        then, by_then = await _per_month(places, place.district_id, before, before_until)
    sums = [min(one, regulars) for one in accumulate(now.get(one, 0) for one in _months(span))]
    sums_before = accumulate(then.get(one, 0) for one in _months(earlier))
    months = tuple(
        Month(first, total if first <= until else None, None if by_then is None else total_before)
        for first, total, total_before in zip(_months(span), sums, sums_before, strict=True)
    )
    return Growth(months, until, regulars, earlier.label, before_until, by_then)


async def _per_month(
    places: Sequence[int], district_id: int, counted: Counted, until: date
) -> tuple[Mapping[date, int], int]:
    """Who became a regular in each month of the whole period, and how many by a day of it."""
    found = await rows(PER_DAY, places, counted.period_id, counted.born_by, district_id)
    months: Counter[date] = Counter()
    for one in found:
        months[one["on_date"].replace(day=1)] += one["persons"]
    return months, sum(one["persons"] for one in found if one["on_date"] <= until)


def _months(span: Span) -> list[date]:
    year, month = span.starts_on.year, span.starts_on.month
    return [date(year + (month + n - 1) // 12, (month + n - 1) % 12 + 1, 1) for n in range(12)]
