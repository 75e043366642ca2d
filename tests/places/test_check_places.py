from __future__ import annotations

import pytest

from elderlearn.places.check_places import check_places

GOOD = {"code": "330113001001", "level": "community", "name": "某社区", "parent_code": "330113001000"}
KNOWN = {"330113000000", "330113001000"}


@pytest.mark.parametrize(
    ("change", "column", "reason"),
    [
        ({"code": ""}, "code", "empty"),
        ({"code": "330113"}, "code", "not_a_code"),
        ({"code": "3.30113E+11"}, "code", "written_as_number"),
        ({"code": "330113001001\x00"}, "code", "not_a_code"),
        ({"name": ""}, "name", "empty"),
        ({"name": "村" * 101}, "name", "too_long"),
        ({"name": "某\x00社区"}, "name", "hidden_characters"),
        ({"name": "某\u202e社区"}, "name", "hidden_characters"),
        ({"level": "village"}, "level", "unknown_level"),
        ({"level": "town_street"}, "level", "level_does_not_fit"),
        ({"parent_code": ""}, "parent_code", "parent_does_not_fit"),
        ({"parent_code": "330113002000"}, "parent_code", "parent_does_not_fit"),
        ({"code": "330113003001", "parent_code": "330113003000"}, "parent_code", "unknown_parent"),
    ],
)
def test_each_fault_names_line_column_value_and_reason(change: dict[str, str], column: str, reason: str) -> None:
    row = GOOD | change
    good, bad = check_places([(7, row)], KNOWN)
    assert not good
    assert [(one.line, one.column, one.value, one.reason) for one in bad] == [(7, column, row[column], reason)]


def test_a_code_twice_in_the_file_is_a_fault_of_the_second_line() -> None:
    good, bad = check_places([(2, GOOD), (3, GOOD)], KNOWN)
    assert [one.line for one in good] == [2]
    assert [(one.line, one.reason) for one in bad] == [(3, "code_twice")]


def test_children_may_stand_above_their_parents() -> None:
    street = {"code": "330113009000", "level": "town_street", "name": "新街道", "parent_code": "330113000000"}
    child = {"code": "330113009001", "level": "community", "name": "新社区", "parent_code": "330113009000"}
    good, bad = check_places([(2, child), (3, street)], KNOWN)
    assert [one.line for one in good] == [3, 2] and not bad


def test_the_children_of_a_bad_line_are_bad_too() -> None:
    street = {"code": "330113009000", "level": "town_street", "name": "", "parent_code": "330113000000"}
    child = {"code": "330113009001", "level": "community", "name": "新社区", "parent_code": "330113009000"}
    good, bad = check_places([(2, street), (3, child)], KNOWN)
    assert not good
    assert [(one.line, one.reason) for one in bad] == [(2, "empty"), (3, "unknown_parent")]


def test_a_rare_character_newer_than_this_python_is_a_name() -> None:
    good, _ = check_places([(2, GOOD | {"name": "\U000323b0塘社区"})], KNOWN)
    assert good[0].name == "\U000323b0塘社区"
