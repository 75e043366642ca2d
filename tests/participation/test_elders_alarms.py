"""Figures of elders that do not fit, and gaps: pure."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from elderlearn.participation.elders_alarms import Alarm, OnFile, alarms_of
from elderlearn.participation.elders_gaps import Gap, gaps_of
from elderlearn.places.denominators import Given, denominators

DISTRICT, STREET, OTHER, ONE, TWO, THREE = 1, 10, 20, 11, 12, 21
PARENTS = {DISTRICT: None, STREET: DISTRICT, OTHER: DISTRICT, ONE: STREET, TWO: STREET, THREE: OTHER}


def filed(*given: tuple[int, int, int] | tuple[int, int, int, str]) -> list[OnFile]:
    """(place, year, elders[, source]); the last of a place and year is the preferred one."""
    last = {(one[0], one[1]): number for number, one in enumerate(given)}
    return [
        OnFile(
            one[0],
            one[1],
            "resident",
            one[3] if len(one) > 3 else "census",
            one[2],
            last[one[0], one[1]] == number,
        )
        for number, one in enumerate(given)
    ]


def alarms(*given: tuple[int, int, int] | tuple[int, int, int, str]) -> list[tuple[str, int, tuple[int, ...]]]:
    return [(one.kind, one.place_id, one.figures) for one in alarms_of(PARENTS, filed(*given))]


def test_streets_that_do_not_add_up_to_the_district() -> None:
    assert alarms((DISTRICT, 2025, 100), (STREET, 2025, 60), (OTHER, 2025, 39)) == [("parts", DISTRICT, (100, 99))]
    assert alarms((DISTRICT, 2025, 100), (STREET, 2025, 60), (OTHER, 2025, 40)) == []


def test_communities_that_do_not_add_up_to_their_street() -> None:
    assert alarms((STREET, 2025, 60), (ONE, 2025, 30), (TWO, 2025, 31)) == [("parts", STREET, (60, 61))]


def test_a_street_without_its_own_figure_is_the_sum_of_its_communities() -> None:
    assert alarms((DISTRICT, 2025, 100), (ONE, 2025, 30), (TWO, 2025, 31), (OTHER, 2025, 40)) == [
        ("parts", DISTRICT, (100, 101))
    ]


def test_while_some_are_missing_only_too_much_is_told() -> None:
    assert alarms((STREET, 2025, 60), (ONE, 2025, 59)) == []
    assert alarms((STREET, 2025, 60), (ONE, 2025, 61)) == [("parts_exceed", STREET, (60, 61))]


def test_two_years_and_two_bases_are_never_compared_with_each_other() -> None:
    registered = OnFile(DISTRICT, 2025, "registered", "police", 70, is_preferred=True)
    figures = filed((STREET, 2025, 60), (OTHER, 2025, 40), (DISTRICT, 2024, 99))
    assert alarms_of(PARENTS, [*figures, registered]) == []


def test_two_sources_for_one_year_the_preferred_first() -> None:
    [found] = alarms_of(PARENTS, filed((ONE, 2025, 30, "police"), (ONE, 2025, 33, "census")))
    assert (found.kind, found.figures, found.words) == ("sources", (33, 30), ("census", "police"))


def test_a_source_that_corrects_itself_or_agrees_is_no_alarm() -> None:
    assert alarms((ONE, 2025, 30, "police"), (ONE, 2025, 33, "police")) == []
    assert alarms((ONE, 2025, 30, "police"), (ONE, 2025, 30, "census")) == []
    assert alarms((ONE, 2025, 9, "police"), (ONE, 2025, 30, "police"), (ONE, 2025, 30, "census")) == []


def test_no_elders_at_all() -> None:
    assert alarms((ONE, 2025, 0)) == [("zero", ONE, ())]


def test_a_jump_of_more_than_30_per_cent_against_the_year_before() -> None:
    assert alarms((ONE, 2024, 100), (ONE, 2025, 131)) == [("jump", ONE, (131, 100))]
    assert alarms((ONE, 2024, 100), (ONE, 2025, 69)) == [("jump", ONE, (69, 100))]
    assert alarms((ONE, 2024, 100), (ONE, 2025, 130)) == []
    assert alarms((ONE, 2023, 100), (ONE, 2025, 400)) == [], "two years apart"
    assert ("jump", ONE, (5, 0)) not in alarms((ONE, 2024, 0), (ONE, 2025, 5))


def test_an_older_figure_that_no_longer_holds_takes_no_part() -> None:
    assert alarms((STREET, 2025, 60), (ONE, 2025, 99), (TWO, 2025, 30), (ONE, 2025, 30)) == []


def test_with_other_figures_it_is_another_alarm() -> None:
    one, same = (Alarm("parts", DISTRICT, 2025, "resident", (100, 99)) for _ in range(2))
    assert one.key == same.key and len(one.key) == 64
    others = [
        Alarm("parts", DISTRICT, 2025, "resident", (100, 98)),
        Alarm("parts", DISTRICT, 2024, "resident", (100, 99)),
    ]
    assert len({one.key, *(other.key for other in others)}) == 3


def test_gaps_name_what_is_missing_and_whether_anything_is_left() -> None:
    found = gaps_of(PARENTS, filed((STREET, 2025, 60), (ONE, 2025, 30)), [(2025, "resident")])
    assert found == [
        Gap(DISTRICT, 2025, "resident", (OTHER,), 2, is_blind=True),
        Gap(STREET, 2025, "resident", (TWO,), 2, is_blind=False),
        Gap(OTHER, 2025, "resident", (THREE,), 1, is_blind=True),
    ]


def test_a_complete_sum_is_as_good_as_a_figure() -> None:
    assert gaps_of(PARENTS, filed((ONE, 2025, 1), (TWO, 2025, 2), (THREE, 2025, 3)), []) == []


def test_a_year_that_is_wanted_lacks_everything() -> None:
    found = gaps_of(PARENTS, filed((THREE, 2025, 3)), [(2024, "resident")])
    assert [(one.year, one.place_id) for one in found if one.year == 2024] == [
        (2024, DISTRICT), (2024, STREET), (2024, OTHER),
    ]  # fmt: skip


places = st.sampled_from(sorted(PARENTS))


@settings(max_examples=80)
@given(st.lists(st.tuples(places, st.integers(2023, 2026), st.integers(0, 9)), max_size=14))
def test_where_a_place_is_blind_reports_have_no_figure_of_that_year(given: list[tuple[int, int, int]]) -> None:
    figures = filed(*given)
    held = [Given(one.place_id, one.year, one.elders, one.source) for one in figures if one.is_preferred]
    for year in range(2023, 2027):
        reported = denominators(PARENTS, PARENTS, [one for one in held if one.year == year], year)
        gaps = [one for one in gaps_of(PARENTS, figures, [(year, "resident")]) if one.year == year]
        below = {one for gap in gaps for one in gap.missing}
        assert below == {one for one in PARENTS if one not in reported and one != DISTRICT}
        assert {gap.place_id for gap in gaps if gap.is_blind} == {
            one for one in (DISTRICT, STREET, OTHER) if one not in reported
        }
