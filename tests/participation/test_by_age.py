"""By age, sex and kind: cells are exactly the people behind them, and together the report, whatever happened."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest

from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import rows
from elderlearn.participation.age_bands import bands
from elderlearn.participation.behind import people_behind
from elderlearn.participation.by_age import SEXES, by_age
from elderlearn.participation.by_kind import by_kind
from elderlearn.participation.counted import Counted, counted_by
from elderlearn.participation.narrowed import Narrowed
from elderlearn.participation.queries import rates_by_place
from elderlearn.places.queries import PlaceRow, ever_within
from tests.checkin import brute_force
from tests.checkin.year import Year, a_year

STEPS = (
    "scan",
    "paper",
    "go_home",
    "void",
    "paper",
    "move",
    "close",
    "scan",
    "merge",
    "call_off",
    "paper",
    "unmerge",
)
PERIODS = ("2024", "2025", "2024-09")


@pytest.fixture
async def year(database: Any) -> Year:
    """Some sexes unknown, and enough happened that people are in many cells."""
    made = await a_year(database)
    await made.begin_again()
    for number, person in enumerate(made.people):
        sex = ("female", "male", None)[number % 3]
        await rows("UPDATE resident SET sex = $2 WHERE id = $1", person.resident_id, sex)
    return made


async def test_cells_are_the_people_behind_them_and_together_the_report(year: Year) -> None:
    learners = kinds = 0
    for number, step in enumerate(STEPS * 3):
        await year.do(step, number * 5 % 64, number * 11 % 64, 63 - number * 7 % 64)
        if number % 6 == 5:
            for label, place in product(PERIODS, (year.here.district, year.here.street, year.here.community)):
                found = await check(place, await counted_by(place.district_id, label))
                learners, kinds = learners + found[0], kinds + found[1]
    assert learners > 10 and kinds > 10  # something was counted


async def check(place: PlaceRow, counted: Counted) -> tuple[int, int]:
    places = await ever_within(place.id)
    total = (await rates_by_place(place.district_id, counted.label, place.level, place.id)).total
    lines = await by_age(places, place.district_id, counted)
    assert sum(one.both.learners for one in lines) == total.learners
    assert sum(one.both.regulars for one in lines) == total.regulars
    for line, sex in product(lines, SEXES):
        cell = line.by_sex[SEXES.index(sex)]
        for figure in ("learners", "regulars"):
            behind = await people_behind(place, counted, figure, only=Narrowed(line.band.name, sex))
            assert behind.persons == getattr(cell, figure)
    kinds = await by_kind(places, place.district_id, counted)
    assert sum(one.visits for one in kinds) == total.visits
    for one in kinds:
        behind = await people_behind(place, counted, "learners", only=Narrowed(kind=one.kind))
        assert behind.persons == one.learners
    assert {one.kind: (one.visits, one.learners) for one in kinds if one.visits} == await by_hand(places, counted)
    return total.learners, sum(one.learners for one in kinds)


async def by_hand(places: list[int], counted: Counted) -> dict[str, tuple[int, int]]:
    """Visits and persons of each kind once more, by plain loops."""
    known = await brute_force.facts()
    tallies = brute_force.tallies(known)
    found: dict[str, list[int]] = {}
    for (period, _organisation, resident, kind), (visits, _minutes) in brute_force.by_organisation(known).items():
        residence, home, born_on, *_ = tallies.get((period, resident), ("", None, None))
        is_elder = born_on is not None and born_on <= counted.born_by
        lives_here = residence == "inside" and home in places and known.places[home]["level"] != "district"
        if period == counted.period_id and is_elder and lives_here:
            found.setdefault(kind, []).extend([resident] * visits)
    return {kind: (len(listed), len(set(listed))) for kind, listed in found.items()}


@pytest.mark.parametrize("reference_on", [date(2025, 12, 31), date(2024, 2, 29), date(2025, 8, 31)])
def test_every_birth_date_is_in_one_band_by_age_on_the_day(reference_on: date) -> None:
    for elder_age in (50, 60, 63, 85):
        known = bands(elder_age, reference_on)
        for year, (month, day) in product(range(1920, 1977), [(1, 1), (2, 28), (8, 31), (9, 1), (12, 31)]):
            born = date(year, month, day)
            age = reference_on.year - year - ((reference_on.month, reference_on.day) < (month, day))
            inside = [
                one for one in known if born <= one.born_until and (not one.born_after or born > one.born_after)
            ]
            assert [(one.from_age <= age, one.to_age is None or age <= one.to_age) for one in inside] == (
                [(True, True)] if age >= elder_age else []
            ), (born, age)


def test_what_is_no_band_sex_or_kind_never_reaches_the_database() -> None:
    counted = Counted(1, "2025", None, 1, "resident", 2025, date(1965, 12, 31), date(2025, 12, 31))  # type: ignore[arg-type]  # no rule is asked for
    for narrowed in (Narrowed(sex="x' OR true"), Narrowed(kind="'--")):
        with pytest.raises(Missing):
            narrowed.condition(counted)
