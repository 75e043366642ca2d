from __future__ import annotations

import pytest

from elderlearn.places.codes import is_code, level_of, parent_of


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("330113000000", "district", ""),
        ("330113100000", "town_street", "330113000000"),
        ("330113001012", "community", "330113001000"),
    ],
)
def test_zeros_tell_the_level_and_the_parent(code: str, level: str, parent: str) -> None:
    assert (level_of(code), parent_of(code)) == (level, parent)


@pytest.mark.parametrize(
    "text", ["", "33011300000", "3301130000000", "３３０１１３００００００", "33011300000a", "330113000000\n"]
)
def test_other_texts_are_no_codes(text: str) -> None:
    assert not is_code(text)
