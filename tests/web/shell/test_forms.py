"""Reading forms: clean strings, all complaints at once."""

from __future__ import annotations

from datetime import date

import pytest

from elderlearn.locale import speaking
from elderlearn.web.shell.forms import Form, _strings


def form(**typed: str) -> Form:
    return Form(_strings(typed.items()))


def test_values_are_stripped_and_lose_what_postgresql_cannot_store() -> None:
    assert form(name="  Ping\x00 ").text("name") == "Ping"


def test_all_complaints_are_collected_and_the_first_of_a_field_stays() -> None:
    typed = form(name="", age="many")
    with speaking("en"):
        typed.text("name", need="Please write the name.")
        typed.complain("name", "Another one.")
        typed.number("age")
    assert typed.errors["name"] == "Please write the name."
    assert set(typed.errors) == {"name", "age"}
    assert not typed.is_good


def test_too_long_a_text_is_a_complaint_not_an_error() -> None:
    typed = form(name="x" * 300)
    assert len(typed.text("name", limit=10)) == 10
    assert "name" in typed.errors


@pytest.mark.parametrize("typed", ["30", " 30 ", "３０", "0030"])
def test_numbers_as_people_type_them(typed: str) -> None:
    assert form(n=typed).number("n") == 30


@pytest.mark.parametrize("typed", ["-1", "9" * 40, "3.5", "٣", "1e5", "--3", "-"])
def test_what_is_no_number_in_range_is_a_complaint(typed: str) -> None:
    asked = form(n=typed)
    assert asked.number("n", high=100) is None
    assert "n" in asked.errors


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-24",
        "2026.11.24",
        "2026/11/24",
        "20261124",
        "２０２６年11月24日",
        "２０２６１１２４",
        "2026 年 11 月 24 号",
    ]
    + ["2026 11 24", "2026。11。24", "2026年11月24"],
)
def test_dates_as_people_type_them(typed: str) -> None:
    assert form(on=typed).day("on") == date(2026, 11, 24)


@pytest.mark.parametrize(
    "typed", ["2026-02-30", "tomorrow", "24", "0000-00-00", "2026-11-24-1", "99999999999-1-1"]
)
def test_what_is_no_date_is_a_complaint(typed: str) -> None:
    asked = form(on=typed)
    assert asked.day("on") is None
    assert "on" in asked.errors


def test_a_day_that_never_was_is_told_from_what_is_no_date_and_the_example_is_the_hints() -> None:
    asked = form(never="1948-02-30", odd="48-2-3", other="soon")
    with speaking("en"):
        assert asked.day("never") is None and "There is no such day" in asked.errors["never"]
        assert asked.day("odd", example="19500307") is None and asked.errors["odd"].endswith("19500307.")
        assert asked.day("other") is None and asked.errors["other"].endswith("2026-11-24.")
    assert form(on="1948年2月3日").day("on") == form(on="1948.2.3").day("on") == date(1948, 2, 3)


def test_an_empty_field_is_no_complaint_unless_needed() -> None:
    asked = form(n="", on="")
    assert (asked.number("n"), asked.day("on"), asked.choice("way", ["a"])) == (None, None, None)
    assert asked.is_good


def test_a_choice_outside_the_options_counts_as_not_chosen() -> None:
    asked = form(way="c")
    assert asked.choice("way", ["a", "b"]) is None
    assert "way" in asked.errors


def test_several_ticked_boxes_keep_their_order() -> None:
    asked = Form(_strings([("day", "1"), ("day", "3"), ("day", "")]))
    assert asked.many("day") == ["1", "3"]
    assert asked.has("day", "3")
    assert not asked.has("day", "2")


def test_a_form_to_edit_shows_what_is_there() -> None:
    asked = Form.of(title="Tai chi", seats=30, note=None)
    assert (asked.value("title"), asked.value("seats"), asked.value("note")) == ("Tai chi", "30", "")
