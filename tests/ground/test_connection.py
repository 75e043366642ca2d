"""What a web process asks of its connections."""

from __future__ import annotations

from typing import Any

import asyncpg
import pytest

from elderlearn.ground import connection
from elderlearn.ground.connection import give_up_locks_after
from elderlearn.ground.sql import value
from elderlearn.ground.unit_of_work import engine
from tests.checkin.hall import a_hall

HELD = "SELECT id FROM resident FOR NO KEY UPDATE"


async def test_nobody_waits_long_for_what_an_import_holds(database: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    hall = await a_hall(count=1)
    monkeypatch.setattr(connection, "_patience", {})
    give_up_locks_after(1)
    await engine().close_connection_pool()
    await engine().start_connection_pool(min_size=0, max_size=2)
    item = hall.item(hall.anna)
    async with database.connection.transaction():
        await database.connection.execute(HELD)
        assert [(await hall.scan(one)).verdict for one in (hall.anna, hall.bao)] == ["retry", "retry"]
        with pytest.raises(asyncpg.LockNotAvailableError):
            await value(HELD)
    assert (await hall.scan(hall.anna, scan_id=item.shown_id)).verdict == "recorded"
