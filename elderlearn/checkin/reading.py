"""Pure: what each code of a batch says before the database is asked which card it names."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from elderlearn.checkin.items import RawScan
from elderlearn.people.codes import read_code, signed, typed_number

CARD_KEY = re.compile(r"[0-9a-f]{16}")


class SaidCode(Struct, frozen=True, gc=False):
    """A typed number, the key of a ticked name, the secret id of a genuine code, or a problem.

    The hash stands for the code itself.
    """

    code_hash: bytes
    number: str | None = None
    secret_id: bytes | None = None
    key: str | None = None
    problem: str | None = None

    @property
    def named(self) -> bytes | None:
        """What names the card: ten bytes of a code, eight digits, sixteen of a key; never taken for each other."""
        shown = self.number or self.key
        return shown.encode() if shown else self.secret_id


def read_codes(scans: Sequence[RawScan], keys: Mapping[int, bytes]) -> list[SaidCode]:
    """In the order of the scans. Eight digits are a card only when typed, a card_key only when ticked."""
    return [_said(one, keys) for one in scans]


def _said(scan: RawScan, keys: Mapping[int, bytes]) -> SaidCode:
    number = typed_number(scan.code) if scan.method == "typed" else None
    if number:
        return SaidCode(_hash(number), number=number)
    if scan.method == "tick" and CARD_KEY.fullmatch(scan.code):
        return SaidCode(_hash(scan.code), key=scan.code)
    code = read_code(scan.code)
    if code is None:
        return SaidCode(_hash(scan.code), problem="unreadable")
    body = signed(code, keys)
    if body is None:
        return SaidCode(_hash(code), problem="bad_signature")
    return SaidCode(_hash(code), secret_id=body[1:])


def _hash(shown: str) -> bytes:
    return hashlib.sha256(shown.encode()).digest()
