"""The month line and last year beside it, against a count in plain Python over the attendances."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from elderlearn.participation.counted import counted_by
from elderlearn.participation.growth import Growth, growth_of
from elderlearn.places.labels import day_before, span_of, year_before
from elderlearn.places.queries import PlaceRow
from tests.checkin import brute_force
from tests.checkin.year import Year, a_year

DAYS = (date(2024, 12, 31), date(2025, 1, 9), date(2025, 2, 28), date(2025, 12, 30), date(2026, 8, 31))
LABELS = ("2024", "2025", "2026", "2024-09", "2025-09")


async def test_every_month_equals_a_plain_count_over_attendances(database: Any) -> None:
    year = await a_year(database)
    await database.execute("ALTER TABLE stat_period ALTER days SET DEFAULT 2")
    seen = compared = 0
    for seed in range(3):
        await year.begin_again()
        random = Random(seed)
        for meeting in range(0, len(year.session_ids), 3):
            await year.do("move", meeting, random.randrange(64), random.randrange(64))
        for meeting in range(len(year.session_ids)):
            await year.do("paper", 0, meeting, 63 - (1 << random.randrange(6)))
        for step in ("void", "close", "go_home", "close"):
            await year.do(step, *(random.randrange(64) for _ in range(3)))
        known = await brute_force.facts()
        for place in (year.here.district, year.here.street, year.here.community, year.there.district):
            for label in LABELS:
                for today in DAYS:
                    growth = await growth_of(place, await counted_by(place.district_id, label), today)
                    _check(known, place, growth, label, today)
                    seen += growth.regulars
                    compared += growth.before or 0
    assert seen > 50 and compared > 10, f"too few became regulars: {seen}, {compared}"


def _check(known: brute_force.Facts, place: PlaceRow, growth: Growth, label: str, today: date) -> None:
    span = span_of(label)
    now = _since(known, place, label)
    until = min(today, span.ends_on)
    assert growth.regulars == sum(on <= until for on in now or ())
    before = _since(known, place, growth.before_label)
    until_before = year_before(span).ends_on if until == span.ends_on else day_before(until)
    assert growth.before == (None if before is None else sum(on <= until_before for on in before))
    for month in growth.months:
        ends_on = (month.first_on + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        wanted = None if month.first_on > until else sum(on <= min(ends_on, until) for on in now or ())
        assert month.regulars == wanted
        last = date(ends_on.year - 1, ends_on.month, 28)
        assert month.before == (None if before is None else sum(_in_month(on) <= _in_month(last) for on in before))


def _in_month(on: date) -> tuple[int, int]:
    return on.year, on.month


def _since(known: brute_force.Facts, place: PlaceRow, label: str) -> list[date] | None:
    """When the elders of a place became regulars; none for a year without any records in the district."""
    [*periods] = [one for one in known.periods if (one["district"], one["label"]) == (place.district_id, label)]
    if not periods:
        return None
    [period] = periods
    tallies = [one for (of, _), one in brute_force.tallies(known).items() if of == period["id"]]
    born_by = period["reference_on"].replace(year=period["reference_on"].year - period["elder_age"])
    found = [
        since
        for residence, home, born_on, *_, since, _beside in tallies
        if residence == "inside" and home and born_on and born_on <= born_by and since
        and place.id in _chain(known, home) and home != place.district_id
    ]  # fmt: skip
    return found if tallies else None


def _chain(known: brute_force.Facts, place: int | None) -> list[int]:
    above = []
    while place is not None:
        above.append(place)
        place = known.places[place]["parent"]
    return above


@pytest.mark.parametrize(
    ("on", "a_year_earlier"),
    [
        (date(2024, 2, 29), date(2023, 2, 28)),
        (date(2025, 2, 28), date(2024, 2, 28)),
        (date(2026, 11, 26), date(2025, 11, 26)),
    ],
)
def test_the_same_day_a_year_earlier(on: date, a_year_earlier: date) -> None:
    assert day_before(on) == a_year_earlier


def test_a_school_year_is_compared_with_the_school_year_before() -> None:
    assert year_before(span_of("2025-09")) == span_of("2024-09")
    assert year_before(span_of("2025")).label == "2024"


async def test_a_leap_february_is_compared_whole_when_the_year_is_over(database: Any) -> None:
    """On 29 February with the 28th; a school year that ends on 29 February with its own last day."""
    year: Year = await a_year(database)
    await year.begin_again()
    place = year.here.district
    counted = await counted_by(place.district_id, "2024")
    assert (await growth_of(place, counted, date(2024, 2, 29))).before_until == date(2023, 2, 28)
    march = await counted_by(place.district_id, "2024-03")
    assert (await growth_of(place, march, date(2025, 2, 28))).before_until == date(2024, 2, 29)
