from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from elderlearn.ground.crypto import encrypt
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.notices.send import send_due
from elderlearn.notices.write import Message, tell, tell_many
from tests.notices.outbox import Counting, promise


async def test_a_fact_that_is_not_committed_tells_nobody(database: Any) -> None:
    with pytest.raises(RuntimeError, match="no"):
        async with unit_of_work():
            await tell(kind="withdrawn", values={"title": "a"}, resident_id=1, address_cipher=encrypt("1"))
            raise RuntimeError("no")
    assert await database.value("SELECT count(*) FROM notice") == 0


async def test_values_and_address_are_kept_until_it_is_sent(database: Any) -> None:
    when = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    async with unit_of_work():
        await tell(
            kind="seated", values={"title": "太极拳", "when": when}, resident_id=7, district=3,
            address_cipher=encrypt("13800138000"), language="en",
        )  # fmt: skip
    row = (await database.fetch("SELECT * FROM notice"))[0]
    assert json.loads(row["values"]) == {"title": "太极拳", "when": when.isoformat()}
    assert (row["state"], row["resident"], row["district"], row["language"]) == ("due", 7, 3, "en")
    assert b"13800138000" not in row["address_cipher"]


async def test_without_an_address_staff_have_to_call(database: Any) -> None:
    await promise(2, address=None)
    assert await database.value("SELECT count(*) FROM notice WHERE state = 'unreachable'") == 2
    assert await send_due(gateway=Counting()) == 0


async def test_an_unknown_language_is_told_in_the_default_one(database: Any) -> None:
    async with unit_of_work():
        await tell(kind="withdrawn", values={"title": "a"}, language="tlh")
    assert await database.value("SELECT language FROM notice") == "zh_CN"


async def test_the_same_key_is_told_once_by_many_at_once(database: Any) -> None:
    async def one(n: int) -> int:
        keys = [f"run 5: {person}" for person in range(30)]
        async with unit_of_work():
            listed = keys if n % 2 else keys[::-1]
            return await tell_many([Message("withdrawn", {"title": "a"}, dedupe_key=key) for key in listed])

    assert sum(await asyncio.gather(*(one(n) for n in range(12)))) == 30


@pytest.mark.parametrize("values", [{"title": None}, {}])
async def test_a_notice_nobody_could_word_is_never_written(database: Any, values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="cannot be worded"):
        async with unit_of_work():
            await tell(kind="withdrawn", values=values)
    assert await tell_many([]) == 0
