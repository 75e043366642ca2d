"""What is wrong with a cell is told without anybody's number, in whatever column it slipped and however typed."""

from __future__ import annotations

import pytest

from elderlearn.ground.spreadsheets.faults import fit_to_show

PLAIN = ("张秀英", "2025-03-04", "书法班 24", "12345678", "330113001001", "3.5")


@pytest.mark.parametrize(
    "number",
    [
        *("13800138000", "138 0013 8000", "138-0013-8000", "8613800138000", "+86 138 0013 8000"),
        *("１３８００１３８０００", "330125195503080025", "33012519550308002X", "0571-86220000", "057186220000"),
    ],
)
def test_no_number_of_a_person_is_shown(number: str) -> None:
    digits = list(filter(str.isdigit, fit_to_show(f"张秀英{number}")))
    assert 0 < len(digits) <= 8 and "*" in fit_to_show(f"张秀英{number}")
    assert fit_to_show(number, is_secret=True).count("*") >= 4


@pytest.mark.parametrize("is_secret", [True, False])
@pytest.mark.parametrize("number", ["3.30E+17", "3.30125195503080e17", "３.３E+17", " 3.301E17"])
def test_a_number_a_program_rounded_is_shown_as_it_stands_there(number: str, is_secret: bool) -> None:
    assert fit_to_show(number, is_secret=is_secret) == "3.30E+17"


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_no_number_of_a_person_stays(text: str) -> None:
    assert fit_to_show(text) == text
