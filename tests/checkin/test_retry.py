"""The database goes away while scans come in: nothing is lost, and every scan is answered."""

from __future__ import annotations

from typing import Any

import asyncpg
import pytest

from elderlearn.checkin import receive as receiving
from elderlearn.checkin.gather import gather
from elderlearn.checkin.receive import TRIES, receive
from elderlearn.ground.sql import value
from tests.checkin.hall import a_hall, attendances
from tests.conftest import Database


@pytest.mark.parametrize(("failures", "verdict"), [(1, "recorded"), (TRIES, "retry")])
async def test_a_connection_that_breaks_is_tried_again_and_then_the_phone_is_told(
    database: Database, failures: int, verdict: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = await a_hall(count=1)
    left = failures

    async def broken(*some: Any, **more: Any) -> Any:
        nonlocal left
        if left:
            left -= 1
            await _end_the_other_side(database)
        return await gather(*some, **more)

    monkeypatch.setattr(receiving, "gather", broken)
    scan = hall.item(hall.anna)
    [answer] = await receive([scan], by=hall.by)
    assert (answer.scan_id, answer.verdict) == (scan.shown_id, verdict)
    assert len(await attendances()) == (verdict == "recorded")


async def _end_the_other_side(database: Database) -> None:
    pid = await value("SELECT pg_backend_pid()")
    other = await asyncpg.connect(database.url)
    await other.execute("SELECT pg_terminate_backend($1, 5000)", pid)
    await other.close()
