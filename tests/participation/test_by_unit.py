"""The report by reporting units: together always the district, to the person."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elderlearn.ground.clock import today
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.participation.behind import people_behind
from elderlearn.participation.by_unit import UnitRates, rates_by_unit
from elderlearn.participation.counted import counted_by
from elderlearn.participation.lines import Figures, PlaceFigures, RatesLine, total_of, unit_lines
from elderlearn.participation.queries import rates_by_place
from elderlearn.places.assign_places import assign_places
from elderlearn.places.end_unit import end_place
from elderlearn.places.name_unit import add_unit
from elderlearn.places.population import put_population
from elderlearn.places.units import members_of, unit_on
from tests.checkin.hall import CLI, Hall
from tests.participation.test_behind import a_year

YEAR = "2025"
NEW_YEAR, JULY = date(2025, 1, 1), date(2025, 7, 1)
FOUR = ("visits", "learners", "regulars", "enrolled")

figures = st.builds(Figures, *[st.integers(0, 9)] * 4)


@given(st.lists(figures, min_size=1, max_size=8), st.dictionaries(st.integers(0, 9), st.integers(1, 3)))
def test_the_lines_of_any_units_are_together_the_district(found: list[Figures], unit_of: dict[int, int]) -> None:
    places = [PlaceFigures(n, f"{n}", "", "community", None, True, one) for n, one in enumerate(found)]
    lines = unit_lines([(1, "A", "a"), (2, "B", "b")], places, unit_of, {})
    assert four(lines) == four([total_of(places[0], places, None)])
    assert [line.code for line in lines] == ["A", "B", "none"]


def four(lines: list[RatesLine]) -> list[int]:
    return [sum(getattr(line, name) for line in lines) for name in FOUR]


async def a_unit(hall: Hall, code: str) -> int:
    return await add_unit(hall.places.district.id, code=code, name=f"unit {code}", kind="other", by=CLI)


async def report(hall: Hall, unit: str = "", on: date | None = None) -> UnitRates:
    return await rates_by_unit(hall.places.district.id, YEAR, unit, on)


async def count_one_by_one(hall: Hall, on: date) -> dict[int | None, int]:
    """Visits of each unit, person by person from the lists behind the places."""
    places = hall.places
    unit_of = await unit_on(places.district.id, on)
    counted = await counted_by(places.district.id, YEAR)
    visits: dict[int | None, int] = {}
    for place in (*places.streets, *sum(places.communities, ())):
        found = await people_behind(place, counted, "visits", only_here=True, limit=500)
        unit = unit_of.get(place.id)
        visits[unit] = visits.get(unit, 0) + found.visits
    return visits


async def test_whatever_is_assigned_moved_and_ended_units_and_the_rest_are_the_district(database: Any) -> None:
    hall, _ = await a_year()
    units = [await a_unit(hall, code) for code in "ABC"]
    homes = [one.id for pair in hall.places.communities for one in pair]
    random, came = Random(7), 0
    total = (await rates_by_place(hall.places.district.id, YEAR, "district", hall.places.district.id)).total
    for _ in range(30):
        on, last = NEW_YEAR + timedelta(days=random.randrange(364)), None
        if random.random() < 0.4:
            last = on + timedelta(days=random.randrange(90))
        some = random.sample(homes, random.randint(1, 2))
        with suppress(Refusal):
            came += await assign_places(
                random.choice(units), some, starts_on=on, ends_on=last, moves=random.random() < 0.9, by=CLI
            )
        if random.random() < 0.6 and (held := await members_of(random.choice(units))):
            with suppress(Refusal):
                await end_place(random.choice(held).id, ends_on=random.choice([None, on]), by=CLI)
        for day in (on, on - timedelta(days=1), JULY):
            await check_sums(hall, units, total, day)
    assert came > 12


async def check_sums(hall: Hall, units: list[int], total: RatesLine, day: date) -> None:
    """Lines and the district, lines and a count person by person, and each unit and its own lines."""
    found = await report(hall, on=day)
    assert four(list(found.rates.lines)) == four([total]) == four([found.rates.total]), day
    apart = await count_one_by_one(hall, day)
    said = {line.code: line.visits for line in found.rates.lines}
    assert said == {"none": apart.pop(None, 0)} | {
        code: apart[unit] for code, unit in zip("ABC", units, strict=True) if unit in apart
    }
    parts = [await report(hall, code, day) for code in said]
    assert four([one.rates.total for one in parts]) == four([total])
    for one in parts:
        assert four(list(one.rates.lines)) == four([one.rates.total]), one.unit


async def test_who_moved_to_another_unit_in_the_middle_of_the_year_counts_where_it_is_on_the_day(
    database: Any,
) -> None:
    hall, _ = await a_year()
    zone, town = await a_unit(hall, "A"), await a_unit(hall, "B")
    await assign_places(zone, [hall.places.community.id], starts_on=NEW_YEAR, by=CLI)
    await assign_places(town, [hall.places.community.id], starts_on=JULY, moves=True, by=CLI)
    ended = await report(hall)
    assert ended.on == date(2025, 12, 31), "the reference date of a year that has ended"
    assert [(line.code, line.regulars) for line in ended.rates.lines] == [("B", 1), ("none", 0)]
    before = await report(hall, on=date(2025, 6, 30))
    assert [(line.code, line.regulars) for line in before.rates.lines] == [("A", 1), ("none", 0)]
    running = await rates_by_unit(hall.places.district.id, str(today().year))
    assert running.on <= today() and [line.code for line in running.rates.lines] == ["B", "none"]


async def test_elders_of_a_unit_are_those_of_its_communities_only_when_all_are_there(database: Any) -> None:
    hall, _ = await a_year()
    zone, homes = await a_unit(hall, "A"), (hall.places.community, hall.places.other_community)
    await assign_places(zone, [one.id for one in homes], starts_on=NEW_YEAR, by=CLI)

    async def elders() -> list[tuple[Any, ...]]:
        lines = (await report(hall)).rates.lines
        return [(line.elders, line.elders_year, line.rate) for line in lines]

    whole = [(hall.places.district.code, 900), (hall.places.street.code, 500), (homes[0].code, 4)]
    await put_population(year=2024, basis="resident", source="census", lines=whole, by=CLI)
    assert await elders() == [(None, None, None), (None, None, None)], "a street's figure is none of the unit"
    await put_population(year=2023, basis="resident", source="census", lines=[(homes[1].code, 5)], by=CLI)
    assert (await elders())[0] == (None, None, None), "figures of two years are never added"
    await put_population(year=2024, basis="resident", source="police", lines=[(homes[1].code, 6)], by=CLI)
    assert await elders() == [(10, 2024, 10.0), (None, None, None)]
    found = await report(hall, "A")
    assert (found.rates.total.elders, found.rates.total.elders_source) == (10, "census; police")
    assert [(line.code, line.elders, line.regulars) for line in found.rates.lines] == [
        (homes[0].code, 4, 1), (homes[1].code, 6, 0),
    ]  # fmt: skip
    assert (await report(hall)).rates.total.elders == 900, "the district keeps its own"


async def test_people_without_home_or_age_stand_apart_from_every_unit(database: Any) -> None:
    hall, _ = await a_year()
    zone = await a_unit(hall, "A")
    await assign_places(zone, [hall.places.community.id], starts_on=NEW_YEAR, by=CLI)
    whole = await report(hall)
    assert whole.rates.apart.outside == 1 and whole.rates.apart.age_unknown == 2
    apart = (await report(hall, "A")).rates.apart
    assert (apart.outside, apart.under_age, apart.age_unknown, apart.place_unknown) == (0, 1, 1, 0)
    rest = await report(hall, "none")
    unassigned = [line for line in rest.rates.lines if line.is_unassigned and line.learners]
    assert [line.code for line in unassigned] == [hall.places.street.code], "only the street is known: no unit"


async def test_a_code_that_is_no_unit_here_is_not_there(database: Any) -> None:
    hall, _ = await a_year()
    for code in ("X", "\x00", "a" * 500):
        with pytest.raises(Missing):
            await report(hall, code)
    with pytest.raises(Missing):
        await rates_by_unit(hall.places.street.id, YEAR)
