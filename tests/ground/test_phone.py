"""Telephone numbers as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elderlearn.ground.phone import is_mobile, masked, normal


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13800138000", "13800138000"),
        (" 138 0013 8000 ", "13800138000"),
        ("138-0013-8000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("+86 13800138000", "13800138000"),
        ("0086-13800138000", "13800138000"),
        ("8613800138000", "13800138000"),
        ("0571-86221234", "057186221234"),
        ("(0571) 86221234", "057186221234"),
        ("+86 0571 8622 1234", "057186221234"),
        ("010-62345678", "01062345678"),
    ],
)
def test_what_people_type_becomes_digits(typed: str, number: str) -> None:
    assert normal(typed) == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "12",
        "12800138000",
        "23800138000",
        "1380013800",
        "138001380000",
        "86221234",
        "138٠٠١٣٨٠٠٠",
        "1380013800O",
        "13800138000\0",
        "👵",
        "1" * 100_000,
    ],
)
def test_what_is_no_number_is_none(typed: str) -> None:
    assert normal(typed) is None


@given(st.text(alphabet="0123456789+- ()０８", max_size=20))
def test_a_normal_number_is_ascii_digits_and_stays_as_it_is(typed: str) -> None:
    number = normal(typed)
    if number is not None:
        assert number.isascii() and number.isdigit() and normal(number) == number


def test_only_mobiles_get_messages() -> None:
    assert is_mobile("13800138000") and not is_mobile("057186221234")


def test_three_and_four_digits_are_shown() -> None:
    assert masked("13800138000") == "138****8000"
