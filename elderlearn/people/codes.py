"""Pure: the code in the QR of a card, and the eight digits printed beside it (contract section 4)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from elderlearn.ground.errors import Refusal

SECRET_BYTES = 10  # 80 random bits
MAC_BYTES = 9  # with key id and secret 20 bytes: exactly 32 characters, no padding bits that could change unseen
LONGEST_SCANNED = 300
# The letters of base32 as those `int` reads: one number, far quicker than `b32decode` sign by sign.
IN_BASE_32 = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789abcdefghijklmnopqrstuv")
CODE = re.compile(r"(?:.*/[Cc]/)?([A-Z2-7]{32})")
BARE = re.compile(r"[A-Z2-7]{32}")
NUMBER = re.compile(r"[0-9]{8}")


@dataclass(frozen=True)
class Read:
    """What a genuine code says. Whether the card exists, and whose it is, only the database knows."""

    key_id: int
    secret_id: bytes


def code_for(key_id: int, secret_id: bytes, key: bytes) -> str:
    """32 characters A-Z 2-7: key id, secret id, and the first 9 bytes of HMAC-SHA256 over both."""
    body = bytes((key_id,)) + secret_id
    return base64.b32encode(body + _mac(body, key)).decode()


def card_url(code: str, public_url: str) -> str:
    """What the QR holds: upper case only, so that it stays in alphanumeric mode and small."""
    return f"{public_url.rstrip('/')}/C/{code}".upper()


def read_code(scanned: str) -> str | None:
    """The bare code of a bare code or of any address with /C/ before it; none when it is neither."""
    if BARE.fullmatch(scanned):
        return scanned
    found = CODE.fullmatch(scanned.strip(" \t\r\n")) if len(scanned) <= LONGEST_SCANNED else None
    return found[1] if found else None


def verify(scanned: str, keys: Mapping[int, bytes]) -> Read:
    """The ids of a genuine code. Raises Refusal('unreadable') or Refusal('bad_signature')."""
    code = read_code(scanned)
    if code is None:
        raise Refusal("unreadable")
    body = signed(code, keys)
    if body is None:
        raise Refusal("bad_signature")
    return Read(body[0], body[1:])


def signed(code: str, keys: Mapping[int, bytes]) -> bytes | None:
    """What a bare code says, key id and secret id; none when the signature is not ours."""
    data = int(code.encode().translate(IN_BASE_32), 32).to_bytes(1 + SECRET_BYTES + MAC_BYTES)
    body, mac = data[: 1 + SECRET_BYTES], data[1 + SECRET_BYTES :]
    key = keys.get(body[0])
    return body if key is not None and hmac.compare_digest(mac, _mac(body, key)) else None


def card_key(code: str) -> str:
    """First 16 hex digits of SHA-256: enough for a phone to find a card offline, too little to make one."""
    return hashlib.sha256(code.encode()).hexdigest()[:16]


def number_from(seven: str) -> str:
    """The seven digits and their check digit, ISO 7064 MOD 11,10: finds every wrong digit and most swaps."""
    return f"{seven}{(11 - _product(seven)) % 10}"


def number_is_valid(number: str) -> bool:
    """Eight digits whose check digit is right."""
    return NUMBER.fullmatch(number) is not None and number_from(number[:7]) == number


def typed_number(typed: str) -> str | None:
    """A registration number as people type it (full-width, in groups), or none."""
    text = (
        unicodedata.normalize("NFKC", typed[:LONGEST_SCANNED]).strip(" \t\r\n").replace(" ", "").replace("-", "")
    )
    return text if number_is_valid(text) else None


def _mac(body: bytes, key: bytes) -> bytes:
    return hmac.digest(key, body, "sha256")[:MAC_BYTES]


def _product(digits: str) -> int:
    product = 10
    for digit in digits:
        product = 2 * ((product + int(digit)) % 10 or 10) % 11
    return product
