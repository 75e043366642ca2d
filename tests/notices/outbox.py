"""What the tests of notices share: a promise made in a unit of work, and a gateway that counts."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

from elderlearn.ground.crypto import encrypt
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.notices.outcomes import Outcome
from elderlearn.notices.write import Message, tell_many

PHONE = "13800138000"


class Counting:
    """Notes every send; says what it is told to say."""

    name = "counting"
    batch = 20
    is_idempotent = False
    keeps_text = False

    def __init__(self, says: Outcome = Outcome.SENT, *, takes: float = 0.0) -> None:
        self.says, self.takes = says, takes
        self.sent: Counter[int] = Counter()
        self.texts: list[tuple[str, str]] = []

    async def send(self, *, notice_id: int, address: str, text: str) -> Outcome:
        self.sent[notice_id] += 1
        self.texts.append((address, text))
        await asyncio.sleep(self.takes)
        return self.says


async def promise(count: int = 1, *, kind: str = "withdrawn", address: str | None = PHONE, **values: Any) -> None:
    """`count` notices, committed with their fact."""
    cipher = None if address is None else encrypt(address)
    said = values or {"title": "太极拳"}
    async with unit_of_work():
        await tell_many([Message(kind, said, resident_id=n, address_cipher=cipher) for n in range(count)])
