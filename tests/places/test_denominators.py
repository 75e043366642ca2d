from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from elderlearn.places.denominators import Elders, Given, denominators

DISTRICT, STREET, OTHER, ONE, TWO, THREE = 1, 10, 20, 11, 12, 21
PARENTS = {DISTRICT: None, STREET: DISTRICT, OTHER: DISTRICT, ONE: STREET, TWO: STREET, THREE: OTHER}


def elders(given: list[tuple[int, int, int]], *, year: int = 2025) -> dict[int, Elders]:
    figures = [Given(place, at, number, f"source {at}") for place, at, number in given]
    return denominators(PARENTS, PARENTS, figures, year)


def test_the_latest_earlier_year_stands_in_and_is_named() -> None:
    assert elders([(STREET, 2020, 5), (STREET, 2023, 7), (STREET, 2026, 9)])[STREET] == Elders(
        7, 2023, "source 2023"
    )


def test_the_year_itself_is_best() -> None:
    assert elders([(STREET, 2024, 5), (STREET, 2025, 6)])[STREET].year == 2025


def test_no_figure_is_no_entry_and_never_zero() -> None:
    assert elders([(STREET, 2026, 9)]) == {}


def test_a_given_zero_is_a_figure() -> None:
    assert elders([(STREET, 2025, 0)])[STREET].elders == 0


def test_a_figure_given_for_a_level_wins_over_its_parts() -> None:
    assert elders([(STREET, 2025, 100), (ONE, 2025, 40), (TWO, 2025, 50)])[STREET].elders == 100


def test_communities_are_summed_only_when_all_are_present() -> None:
    assert STREET not in elders([(ONE, 2025, 40)])
    found = elders([(ONE, 2025, 40), (TWO, 2025, 50)])[STREET]
    assert (found.elders, found.is_sum) == (90, True)


def test_figures_of_two_years_are_never_added() -> None:
    assert STREET not in elders([(ONE, 2025, 40), (TWO, 2024, 50)])
    found = elders([(ONE, 2025, 40), (TWO, 2024, 50), (ONE, 2024, 41)])[STREET]
    assert (found.elders, found.year) == (91, 2024)


def test_a_district_adds_given_streets_and_summed_ones() -> None:
    found = elders([(STREET, 2025, 100), (THREE, 2025, 7)])
    assert (found[DISTRICT].elders, found[OTHER].elders) == (107, 7)


def test_the_sources_of_a_sum_are_named_once_each() -> None:
    figures = [Given(ONE, 2025, 1, "census"), Given(TWO, 2025, 2, "census")]
    assert denominators([STREET], PARENTS, figures, 2025)[STREET].source == "census"


@settings(max_examples=60)
@given(st.dictionaries(st.tuples(st.sampled_from(sorted(PARENTS)), st.integers(2020, 2027)), st.integers(0, 99)))
def test_without_own_figures_a_sum_equals_its_parts_of_that_year(given: dict[tuple[int, int], int]) -> None:
    figures = [(place, year, number) for (place, year), number in given.items()]
    for place, found in elders(figures).items():
        assert found.year <= 2025
        if (place, found.year) in given:
            assert found.elders == given[place, found.year]
        else:
            parts = elders([one for one in figures if one[1] == found.year], year=found.year)
            assert found.elders == sum(parts[child].elders for child in PARENTS if PARENTS[child] == place)
