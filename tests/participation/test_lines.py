"""Figures of places gathered into lines."""

from __future__ import annotations

from elderlearn.participation.lines import Figures, PlaceFigures, lines_of, total_of
from elderlearn.places.denominators import Elders

ONE = Figures(3, 2, 1, 1)
DISTRICT = PlaceFigures(1, "330113000000", "D", "district", None, True, Figures())
STREET = PlaceFigures(2, "330113001000", "S", "town_street", 1, True, ONE)
OTHER = PlaceFigures(3, "330113002000", "T", "town_street", 1, True, Figures())
HOME = PlaceFigures(4, "330113001001", "C", "community", 2, True, ONE)
GONE = PlaceFigures(5, "330113001002", "G", "community", 2, False, ONE)
EMPTY = PlaceFigures(6, "330113001003", "E", "community", 2, False, Figures())
PLACES = [DISTRICT, STREET, OTHER, HOME, GONE, EMPTY]


def test_a_street_holds_its_communities_and_those_of_whom_only_the_street_is_known() -> None:
    lines = lines_of(PLACES, "town_street", {2: Elders(10, 2024, "census")})
    assert [(line.code, line.visits, line.regulars, line.rate) for line in lines] == [
        ("330113001000", 9, 3, 30.0), ("330113002000", 0, 0, None),
    ]  # fmt: skip
    assert (lines[0].elders, lines[0].elders_year, lines[0].elders_source) == (10, 2024, "census")


def test_at_community_level_every_street_has_a_line_for_the_rest() -> None:
    lines = lines_of(PLACES, "community", {2: Elders(10, 2024, "census")})
    assert [(line.code, line.name, line.visits) for line in lines] == [
        ("330113001000", "not yet assigned", 3), ("330113001001", "C", 3), ("330113001002", "G", 3),
        ("330113002000", "not yet assigned", 0),
    ]  # fmt: skip
    rest = [line for line in lines if line.is_unassigned]
    assert [(line.elders, line.rate) for line in rest] == [(None, None)] * 2


def test_a_dissolved_place_stays_only_while_it_holds_figures() -> None:
    codes = [line.code for line in lines_of(PLACES, "community", {})]
    assert GONE.code in codes
    assert EMPTY.code not in codes


def test_the_total_is_everybody_within_the_place() -> None:
    total = total_of(DISTRICT, PLACES, Elders(20, 2023, "x"))
    assert (total.visits, total.learners, total.regulars, total.enrolled, total.rate) == (9, 6, 3, 3, 15.0)


def test_a_community_has_itself_as_its_only_line() -> None:
    assert [line.code for line in lines_of([HOME], "community", {})] == [HOME.code]
    assert lines_of([HOME], "town_street", {}) == []
