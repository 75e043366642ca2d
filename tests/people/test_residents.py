"""What somebody says about a new resident, judged without a database."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Refusal
from elderlearn.people.residents import NewResident, check_new_resident
from tests.people_standing import id_number

TODAY = date(2026, 11, 23)
DESK = Actor("staff", 1, "office")


def check(**said: Any) -> Any:
    return check_new_resident(NewResident(**{"name": "王秀英", "place_code": "outside", **said}), TODAY, DESK)


def refused(**said: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        check(**said)
    return refusal.value.code


@pytest.mark.parametrize("born_on", [date(1899, 12, 31), date(2026, 11, 24), date(9999, 12, 31), date(1, 1, 1)])
def test_an_absurd_birth_date_is_refused(born_on: date) -> None:
    assert refused(born_on=born_on) == "invalid_born_on"


@pytest.mark.parametrize("born_year", [0, -1, 1899, 2027, 10**12])
def test_an_absurd_birth_year_is_refused(born_year: int) -> None:
    assert refused(born_year=born_year) == "invalid_born_on"


def test_somebody_born_today_or_in_1900_is_believed() -> None:
    assert check(born_on=TODAY).born_on == TODAY
    assert check(born_on=date(1900, 1, 1)).born_precision == "day"


def test_a_document_of_somebody_not_yet_born_is_refused() -> None:
    assert refused(document_number=id_number(date(2030, 1, 1))) == "invalid_document"


@pytest.mark.parametrize(
    "typed", ["12345", "23800138000", "١٣٨٠٠١٣٨٠٠٠", "1380013800\0", "👵", "8622 1234", "1" * 5000]
)
def test_what_is_no_phone_is_refused(typed: str) -> None:
    assert refused(phone=typed) == "invalid_phone"


@pytest.mark.parametrize("typed", [None, "", "  "])
def test_no_phone_is_fine(typed: str | None) -> None:
    assert check(phone=typed).phone is None


def test_a_sex_that_is_no_word_of_ours_is_refused() -> None:
    assert refused(sex="x") == "invalid_sex"


def test_a_document_without_a_type_is_an_id_card() -> None:
    assert check(document_number=id_number()).document.type == "id_card"


def test_a_year_beside_an_exact_date_keeps_the_date() -> None:
    both = check(born_year=1955, born_on=date(1955, 3, 8))
    assert (both.born_on, both.born_precision) == (date(1955, 3, 8), "day")
    assert check(born_year=1955, document_number=id_number()).born_precision == "day"


def test_nothing_typed_shows_in_a_repr() -> None:
    said = NewResident(name="王秀英", place_code="outside", document_number=id_number(), phone="13800138000")
    for shown in (repr(said), repr(check_new_resident(said, TODAY, DESK))):
        assert id_number() not in shown and "13800138000" not in shown
