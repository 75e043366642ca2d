"""The place among those beside it, counted on persons, not on rounded rates."""

from __future__ import annotations

from typing import Any

from elderlearn.participation.counted import counted_by
from elderlearn.participation.rank import Rank, rank_of
from elderlearn.places.population import put_population
from tests.people_standing import CLI
from tests.web.office.year import make_year


async def test_equal_rates_share_a_number_and_places_without_elders_stand_apart(database: Any) -> None:
    year = await make_year()  # one regular in the first community, elders of it 2, of the street 4
    places = year.places
    counted = await counted_by(places.district.id, "2025")
    assert await rank_of(places.district, counted) is None
    assert await rank_of(places.street, counted) is None  # the other street has no elders filled in
    more = [(places.next_community.code, 1000), (places.other_street.code, 3)]
    await put_population(year=2024, basis="resident", source="sample", lines=more, by=CLI)
    assert await rank_of(places.street, counted) == Rank(1, 2)
    assert await rank_of(places.other_street, counted) == Rank(2, 2)
    assert await rank_of(places.next_community, counted) == Rank(2, 2)
    earlier = await counted_by(places.district.id, "2024")
    assert await rank_of(places.street, earlier) == await rank_of(places.other_street, earlier) == Rank(1, 2)
