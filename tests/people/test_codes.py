"""The code in the QR, and the registration number."""

from __future__ import annotations

import secrets

import pytest
import qrcode
from hypothesis import given
from hypothesis import strategies as st

from elderlearn.ground.errors import Refusal
from elderlearn.people.codes import (
    Read,
    card_key,
    card_url,
    code_for,
    number_from,
    number_is_valid,
    read_code,
    typed_number,
    verify,
)

KEYS = {1: b"1" * 32, 2: b"2" * 32}
SECRET = bytes(range(10))
CODE = code_for(1, SECRET, KEYS[1])
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def refused(scanned: str) -> str:
    with pytest.raises(Refusal) as refusal:
        verify(scanned, KEYS)
    assert CODE not in repr(refusal.value)
    return refusal.value.code


@given(st.integers(1, 2), st.binary(min_size=10, max_size=10))
def test_a_code_says_its_key_and_secret_again(key_id: int, secret_id: bytes) -> None:
    code = code_for(key_id, secret_id, KEYS[key_id])
    assert len(code) == 32 and set(code) <= set(ALPHABET)
    assert verify(code, KEYS) == Read(key_id, secret_id)


def test_every_changed_character_is_refused_at_every_position() -> None:
    for position in range(32):
        for other in ALPHABET + ALPHABET.lower() + "0189=-_ é０":
            if other != CODE[position]:
                changed = CODE[:position] + other + CODE[position + 1 :]
                if changed.strip() != CODE:
                    assert refused(changed) in ("unreadable", "bad_signature")


@given(st.text(alphabet=ALPHABET, min_size=32, max_size=32))
def test_nobody_makes_a_code_by_chance(text: str) -> None:
    if text != CODE:
        assert refused(text) == "bad_signature"


@given(st.text(max_size=60))
def test_anything_else_is_unreadable(text: str) -> None:
    if read_code(text) is None:
        assert refused(text) == "unreadable"


def test_only_the_part_behind_the_last_c_is_read_whatever_the_host() -> None:
    for before in ("", "HTTPS://XX.GOV.CN/C/", "https://other.example:8000/c/", "/C/", "HTTPS://C/C/C/", " \n/c/"):
        assert read_code(before + CODE) == CODE
    for around in (CODE + "/", CODE + "A", CODE[:-1], "/D/" + CODE, "x" + CODE, CODE.lower(), "/C/" * 200 + CODE):
        assert read_code(around) is None


def test_an_unknown_key_is_a_bad_signature() -> None:
    assert refused(code_for(3, SECRET, b"3" * 32)) == "bad_signature"


def test_a_code_signed_with_another_key_is_refused() -> None:
    assert refused(code_for(1, SECRET, KEYS[2])) == "bad_signature"


@pytest.mark.parametrize("host", ["https://elders.linping.gov.cn", "http://127.0.0.1:8000", "https://" + "a" * 24])
def test_the_qr_stays_small_and_alphanumeric(host: str) -> None:
    address = card_url(CODE, host + "/")
    assert address == f"{host.upper()}/C/{CODE}"
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(address)
    code.make(fit=True)
    assert code.version <= 4
    assert [part.mode for part in code.data_list] == [qrcode.util.MODE_ALPHA_NUM]


def test_a_card_key_is_the_beginning_of_a_sha_256() -> None:
    assert card_key("ABC") == "b5d4045c3f466fa9"  # printf ABC | sha256sum


def test_the_check_digit_is_that_of_the_standard() -> None:
    assert number_from("0794") == "07945"  # ISO 7064, the example of MOD 11,10


@given(st.integers(0, 10**7 - 1), st.integers(0, 7), st.integers(1, 9))
def test_every_wrong_digit_is_found(number: int, position: int, shift: int) -> None:
    right = number_from(f"{number:07}")
    wrong = right[:position] + str((int(right[position]) + shift) % 10) + right[position + 1 :]
    assert number_is_valid(right) and not number_is_valid(wrong)


@pytest.mark.parametrize("bad", ["", "1234567", "123456789", "1234567a", "\0" * 8, "١" * 8, "👵" * 8])
def test_what_is_no_number_is_none(bad: str) -> None:
    assert not number_is_valid(bad) and typed_number(bad) is None


def test_numbers_may_be_typed_full_width_and_in_groups() -> None:
    number = number_from("1234567")
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in number)
    for typed in (f" {number}\n", f"{number[:4]} {number[4:]}", f"{number[:4]}-{number[4:]}", wide):
        assert typed_number(typed) == number


def test_random_codes_differ() -> None:
    made = {code_for(1, secrets.token_bytes(10), KEYS[1]) for _ in range(200)}
    assert len(made) == 200
