"""Names as people write them, and as others see them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elderlearn.ground.errors import Refusal
from elderlearn.people.names import masked_name, normal_name, person_name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("王秀英", "王秀英"),
        ("  王秀英\u3000", "王秀英"),
        ("王", "王"),
        ("王" * 60, "王" * 60),
        ("古丽·阿依古丽", "古丽·阿依古丽"),
        ("Anna  Maria O'Neill", "Anna Maria O'Neill"),
        ("e\u0301lodie", "\u00e9lodie"),
        ("〇", "〇"),
        ("\ue863", "\ue863"),
    ],
)
def test_names_are_tidied(typed: str, name: str) -> None:
    assert normal_name(typed) == name


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "王" * 61,
        "王\0",
        "王\x1f英",
        "王\n英",
        "王\u202e英",
        "👵",
        "王👵",
        "12345",
        "--",
        "\ud800",
        "王" * 10_000,
    ],
)
def test_what_is_no_name_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refusal:
        normal_name(typed)
    assert refusal.value.code == "invalid_name"


@given(st.text(max_size=80))
def test_a_name_is_either_refused_or_fits_the_column_and_stays_as_it_is(typed: str) -> None:
    try:
        name = normal_name(typed)
    except Refusal:
        return
    assert 1 <= len(name) <= 60 and "\0" not in name
    assert normal_name(name) == name


def test_others_see_the_first_character_and_two_stars() -> None:
    assert [masked_name(name) for name in ("王秀英", "王英", "欧阳秀英", None, "")] == ["王**"] * 2 + [
        "欧**",
        "**",
        "**",
    ]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("王", "王"),
        ("𠮷𫖮", "𠮷𫖮"),
        ("古丽•阿依古丽", "古丽·阿依古丽"),
        ("阿不都热合曼・买买提", "阿不都热合曼·买买提"),
    ]
    + [
        ("Anne-Marie O’Neill", "Anne-Marie O'Neill"),
        ("王\ue863", "王\ue863"),
        ("欧阳夏侯上官诸葛司马公孙", "欧阳夏侯上官诸葛司马公孙"),
    ],
)
def test_a_person_is_called_by_letters_and_what_stands_between_them(typed: str, name: str) -> None:
    assert person_name(typed) == name


@pytest.mark.parametrize(
    "typed", ["<b>", "<b>王</b>", "王2", "王(大)", "王;--", "王" * 61, "王" * 5000, "👵", "·", "王=英"]
)
def test_nobody_is_called_like_that(typed: str) -> None:
    with pytest.raises(Refusal):
        person_name(typed)
