"""Which card each code of a batch names: two queries, however many codes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from elderlearn.checkin.batch import ReadCode
from elderlearn.checkin.items import RawScan
from elderlearn.ground.errors import Refusal
from elderlearn.people.card_keys import card_keys
from elderlearn.people.codes import read_code, typed_number, verify
from elderlearn.people.queries import CardRow, cards_by_number, cards_by_secret


@dataclass(frozen=True)
class _Said:
    """What a code says before the database is asked: a number, the secret id of a genuine code, or a problem."""

    shown: str
    number: str | None = None
    secret_id: bytes | None = None
    problem: str | None = None


async def read_codes(scans: Sequence[RawScan]) -> list[ReadCode]:
    """In the order of the scans. Eight digits are a card only when somebody typed them."""
    keys = card_keys()
    said = [_said(one, keys) for one in scans]
    numbers = {one.number for one in said if one.number}
    secrets = {one.secret_id for one in said if one.secret_id}
    by_number = await cards_by_number(numbers) if numbers else {}
    by_secret = await cards_by_secret(secrets) if secrets else {}
    return [_read(one, by_number.get(one.number or "") or by_secret.get(one.secret_id or b"")) for one in said]


def _said(scan: RawScan, keys: Mapping[int, bytes]) -> _Said:
    number = typed_number(scan.code) if scan.method == "typed" else None
    if number:
        return _Said(number, number=number)
    shown = read_code(scan.code) or scan.code
    try:
        return _Said(shown, secret_id=verify(shown, keys).secret_id)
    except Refusal as refusal:
        return _Said(shown, problem=refusal.code)


def _read(said: _Said, card: CardRow | None) -> ReadCode:
    """A genuine signature without a card, or a number nobody has, is refused like a forged one."""
    return ReadCode(
        card_id=card.id if card else None,
        is_replaced=card is not None and card.state == "replaced",
        problem=said.problem or (None if card else "bad_signature"),
        code_hash=hashlib.sha256(said.shown.encode()).digest(),
    )
