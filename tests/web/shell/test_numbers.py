"""Numbers, money and masked names."""

from __future__ import annotations

import pytest

from elderlearn.locale import speaking
from elderlearn.web.shell import numbers


@pytest.fixture(autouse=True, params=["en", "zh_CN"])
def in_both_languages(request: pytest.FixtureRequest):  # type: ignore[no-untyped-def]
    with speaking(request.param):
        yield


def test_thousands_are_grouped_and_nothing_is_a_dash() -> None:
    assert (numbers.thousands(252300), numbers.thousands(0), numbers.thousands(None)) == ("252,300", "0", "–")


def test_a_share_has_one_decimal() -> None:
    assert (numbers.percent(0.2146), numbers.percent(0), numbers.percent(1.2)) == ("21.5%", "0.0%", "120.0%")


def test_a_difference_has_its_sign() -> None:
    assert (numbers.points(0.0149), numbers.points(-0.013)) == ("+1.5", "−1.3")


def test_fen_become_yuan() -> None:
    assert numbers.yuan(123456) == "¥1,234.56"


@pytest.mark.parametrize(
    ("number", "spaced"),
    [
        ("13800138000", "138 0013 8000"),
        ("0571-86221234", "0571-8622 1234"),
        ("010-12345678", "010-1234 5678"),
        ("12345", "12345"),
    ],
)
def test_telephone_numbers_can_be_read_aloud(number: str, spaced: str) -> None:
    assert numbers.spaced_phone(number) == spaced


def test_masks_leave_no_full_number_or_name() -> None:
    assert numbers.masked_phone("13800138000") == "138****8000"
    assert numbers.masked_phone(None) == "–"
    assert numbers.masked_name("王秀兰") == "王**"
    assert numbers.masked_name("王") == "王*"
