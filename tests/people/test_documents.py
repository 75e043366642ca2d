"""Identity documents, as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elderlearn.ground.errors import Refusal
from elderlearn.people.documents import CHECK_DIGITS, Document, masked_document, read_document
from tests.people_standing import id_number

KNOWN = "11010519491231002X"  # the example of GB 11643-1999
DATES = st.dates(date(1900, 1, 1), date(2026, 11, 23))


def refused(type: str, number: str) -> str:
    with pytest.raises(Refusal) as refusal:
        read_document(type, number)
    assert not number or number not in repr(refusal.value) + repr(refusal.value.values)
    return refusal.value.code


def test_the_example_of_the_standard_is_read() -> None:
    assert read_document("id_card", KNOWN) == Document("id_card", KNOWN, date(1949, 12, 31), "female")


def test_an_odd_serial_is_a_mans() -> None:
    assert read_document("id_card", id_number(serial=1)).sex == "male"
    assert read_document("id_card", id_number(serial=2)).sex == "female"


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        " 11010519491231002X \r\n",
        "110105 19491231 002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "１１０１０５１９４９１２３１００２ｘ\u3000",
    ],
)
def test_small_x_full_width_and_spaces_are_forgiven(typed: str) -> None:
    assert read_document("id_card", typed).number == KNOWN


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "110105491231002",  # 15 digits, no longer valid since 2013
        "110105194912310021",  # wrong check digit
        "11010519491231002XX",
        "1101051949123100\x002X",
        "1101051949123100\t2X",
        "11010519491231002\u0661",  # an Arabic digit
        "X10105194912310021",
        "👵" * 18,
        "9" * 100_000,
    ],
)
def test_what_is_no_id_number_is_refused(typed: str) -> None:
    assert refused("id_card", typed) == "invalid_document"


@pytest.mark.parametrize("birth", ["19550230", "19551301", "00000000", "18991231", "19000229"])
def test_a_right_check_digit_does_not_make_an_impossible_birth_date_good(birth: str) -> None:
    body = f"330125{birth}002"
    good = [d for d in "0123456789X" if _fits(body + d)]
    assert len(good) == 1
    assert refused("id_card", body + good[0]) == "invalid_document"


@given(DATES, st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(born_on: date, serial: int, position: int, shift: int) -> None:
    number = id_number(born_on, serial)
    wrong = str((int(number[position]) + shift) % 10)
    refused("id_card", number[:position] + wrong + number[position + 1 :])


@given(DATES, st.integers(0, 999))
def test_every_well_formed_number_tells_its_birth_date(born_on: date, serial: int) -> None:
    assert read_document("id_card", id_number(born_on, serial)).born_on == born_on


def test_other_documents_are_letters_and_digits() -> None:
    assert read_document("passport", " e1234 5678").number == "E12345678"
    for bad in ("E123", "E" * 21, "E1234-678", "护照12345", ""):
        assert refused("passport", bad) == "invalid_document"
    assert refused("library_card", "E12345678") == "invalid_document"


def test_a_masked_number_shows_three_and_three() -> None:
    assert masked_document(KNOWN) == "110************02X"
    assert masked_document("E1234") == "E****"


def test_a_document_does_not_show_its_number() -> None:
    shown = repr(read_document("id_card", KNOWN))
    assert KNOWN not in shown and "1949" not in shown


def _fits(number: str) -> bool:
    weights = [2 ** (17 - place) % 11 for place in range(18)]
    total = sum(w * (10 if d == "X" else int(d)) for w, d in zip(weights, number, strict=True))
    return total % 11 == 1 and number[-1] in CHECK_DIGITS
