from __future__ import annotations

import pytest

from elderlearn.catalogue.wording import normal_subject, normal_title
from elderlearn.ground.errors import Refusal


def test_spaces_and_combining_signs_are_made_one_way() -> None:
    assert normal_title("  太极拳\u3000 初级 ") == "太极拳 初级"
    assert normal_title("Cafe\u0301") == "Café"


@pytest.mark.parametrize("typed", ["", "   ", "太" * 101, "太\u200b极", "太\x00极", "\u202e太极"])
def test_empty_long_and_invisible_titles_are_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        normal_title(typed)
    assert refused.value.code == "invalid_name"


def test_a_rare_character_newer_than_this_python_is_a_title() -> None:
    assert normal_title("\U000323af") == "\U000323af"


def test_a_subject_may_be_empty() -> None:
    assert normal_subject("  ") == ""
    assert normal_subject(" 健康 ") == "健康"
