"""Numbers nobody may read."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from elderlearn.ground.crypto import decrypt, encrypt, lookup_hash, token_hash
from elderlearn.ground.settings import settings

pytestmark = pytest.mark.usefixtures("data_folder")


@given(st.text(max_size=40))
def test_what_was_encrypted_is_read_again(text: str) -> None:
    assert decrypt(encrypt(text)) == text


def test_the_same_number_never_looks_the_same() -> None:
    one, two = encrypt("13800138000"), encrypt("13800138000")
    assert one != two and b"13800138000" not in one + two
    assert one[:2] == bytes((1, 1))  # version, key id


def test_any_changed_byte_is_noticed() -> None:
    kept = encrypt("13800138000")
    for place in range(len(kept)):
        with pytest.raises(InvalidTag):
            decrypt(kept[:place] + bytes((kept[place] ^ 1,)) + kept[place + 1 :])


def test_what_anybody_may_send_makes_no_key() -> None:
    encrypt("makes the first")
    before = sorted(one.name for one in settings().keys.iterdir())
    for forged in (b"", b"\x01", b"\x01\x01", bytes((1, 77)) + bytes(40), bytes((1, 0)) + bytes(40), bytes(40)):
        with pytest.raises(InvalidTag):
            decrypt(forged)
    assert sorted(one.name for one in settings().keys.iterdir()) == before


def test_a_look_up_hash_is_stable_keyed_and_of_one_purpose() -> None:
    hashed = lookup_hash("phone", "13800138000")
    assert hashed == lookup_hash("phone", "13800138000") != lookup_hash("document", "13800138000")
    assert hashed != lookup_hash("phone", "13800138001")
    assert hashed not in (hashlib.sha256(t).digest() for t in (b"13800138000", b"phone:13800138000"))


def test_a_token_hash_is_plain_sha_256() -> None:
    assert token_hash("abc").hex()[:16] == "ba7816bf8f01cfea"  # printf abc | sha256sum
