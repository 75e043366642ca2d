"""The report with PostgreSQL: who is counted where, and who stands apart."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from elderlearn.checkin.receive import receive
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.participation.queries import Apart, rates_by_place
from elderlearn.participation.sensitivity import sensitivity
from elderlearn.people.cards import issue_blank
from elderlearn.people.register import Registered, register
from elderlearn.people.residents import NewResident
from elderlearn.places.population import put_population
from tests import people_standing as standing
from tests.checkin.hall import CLI, TEN, Hall, a_hall


async def a_full_hall() -> tuple[Hall, list[Registered]]:
    """Anna (community), Bao (other street), one of whom only the street is known; and those who stand apart."""
    hall = await a_hall()
    places = hall.places
    apart = [
        await standing.resident(places.community, name="小青", born_on=date(1966, 1, 1)),
        await standing.resident(places.community, name="无岁", born_on=None),
        await register(NewResident(name="外来", born_on=date(1950, 1, 1), place_code="outside"), by=hall.by),
    ]
    street_only = await standing.resident(places.street, name="街上")
    everybody = [hall.anna, hall.bao, street_only, *apart]
    blank = await issue_blank(1, places.district.id, by=CLI)
    codes = [one.card_code for one in everybody] + [blank[0].code]
    await receive([hall.item(code) for code in codes], by=hall.by)
    return hall, everybody


async def test_everybody_who_came_stands_in_one_line_or_in_one_place_apart(database: Any) -> None:
    hall, _ = await a_full_hall()
    district = hall.places.district
    found = await rates_by_place(district.id, "2025", "town_street", district.id)
    assert [(line.code, line.learners, line.visits) for line in found.lines] == [
        (hall.places.street.code, 2, 2), (hall.places.other_street.code, 1, 1),
    ]  # fmt: skip
    assert found.apart == Apart(outside=1, under_age=1, age_unknown=2, place_unknown=0)
    assert (found.total.learners, found.total.code, found.published) == (3, district.code, False)
    assert (found.period, found.rule_version, found.basis) == ("2025", 1, "resident")


async def test_of_a_street_the_lines_are_its_communities_and_the_rest(database: Any) -> None:
    hall, _ = await a_full_hall()
    street = hall.places.street
    found = await rates_by_place(hall.places.district.id, "2025", "community", street.id)
    assert [(line.code, line.name, line.learners) for line in found.lines] == [
        (street.code, "not yet assigned", 1),
        (hall.places.community.code, hall.places.community.name, 1),
        (hall.places.next_community.code, hall.places.next_community.name, 0),
    ]
    assert found.total.learners == 2
    assert found.apart == Apart(outside=0, under_age=1, age_unknown=1, place_unknown=0)


async def test_elders_are_those_of_the_latest_earlier_year_and_never_zero(database: Any) -> None:
    hall, _ = await a_full_hall()
    street, other = hall.places.street, hall.places.other_street
    await put_population(
        year=2023, basis="resident", source="census", lines=[(street.code, 8), (other.code, 4)], by=CLI
    )
    found = await rates_by_place(hall.places.district.id, "2025", "town_street", hall.places.district.id)
    assert [(line.elders, line.elders_year, line.rate) for line in found.lines] == [(8, 2023, 0.0), (4, 2023, 0.0)]
    assert (found.total.elders, found.total.rate) == (12, 0.0)
    earlier = await rates_by_place(hall.places.district.id, "2022", "town_street", hall.places.district.id)
    assert [(line.elders, line.rate) for line in earlier.lines] == [(None, None)] * 2


async def test_a_year_nobody_came_is_full_of_zeros(database: Any) -> None:
    hall = await a_hall()
    found = await rates_by_place(hall.places.district.id, "2019", "community", hall.places.district.id)
    assert len(found.lines) == 6
    assert {(one.visits, one.learners, one.regulars, one.enrolled) for one in (*found.lines, found.total)} == {
        (0, 0, 0, 0)
    }


async def test_what_cannot_be_asked_is_refused(database: Any) -> None:
    hall = await a_hall()
    other = await standing.place_tree("330110", "余杭区")
    with pytest.raises(Refusal, match="invalid_period"):
        await rates_by_place(hall.places.district.id, "25", "community", hall.places.district.id)
    with pytest.raises(Refusal, match="invalid_level"):
        await rates_by_place(hall.places.district.id, "2025", "planet", hall.places.district.id)
    with pytest.raises(Missing):
        await rates_by_place(hall.places.district.id, "2025", "community", other.street.id)


async def test_a_guest_counts_at_home_and_stands_apart_where_she_was(database: Any) -> None:
    hall = await a_hall()
    other = await standing.place_tree("330110", "余杭区")
    guest = await standing.resident(other.community, name="客人")
    await hall.scan(guest)
    here = await rates_by_place(hall.places.district.id, "2025", "town_street", hall.places.district.id)
    there = await rates_by_place(other.district.id, "2025", "town_street", other.district.id)
    assert (here.total.learners, here.apart.outside) == (0, 1)
    assert (there.total.learners, there.apart.outside) == (1, 0)


async def test_the_strip_counts_by_every_threshold(database: Any) -> None:
    hall, _ = await a_full_hall()
    for day in range(1, 4):
        [meeting] = await hall.run(TEN + timedelta(days=day), credited_minutes=180)
        await hall.scan(hall.anna, meeting)
    strip = await sensitivity(hall.places.district.id, "2025", hall.places.district.id)
    assert [(one.at_least, one.regulars) for one in strip.days] == [(1, 3), (4, 1), (8, 0), (12, 0), (24, 0)]
    # Anna: 120 + 3 x 180 = 660 minutes are 14 class hours.
    assert [(one.at_least, one.regulars) for one in strip.hours] == [(8, 1), (16, 0), (32, 0), (64, 0)]
    of_street = await sensitivity(hall.places.district.id, "2025", hall.places.other_street.id)
    assert [one.regulars for one in of_street.days] == [1, 0, 0, 0, 0]
    assert of_street.days[0].rate is None
