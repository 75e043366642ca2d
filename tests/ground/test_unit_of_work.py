"""All or nothing, and the connection always goes back, whatever happens to the request or the database."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import asyncpg
import pytest
from piccolo.engine.exceptions import TransactionError

from elderlearn.ground.sql import rows, value
from elderlearn.ground.transient import is_transient
from elderlearn.ground.unit_of_work import engine, unit_of_work
from tests.conftest import Database

WRITE = "INSERT INTO place (code, name, level, valid_from) VALUES ($1, 'x', 'district', '2021-01-01')"


async def test_what_is_done_is_kept_and_what_fails_is_not(database: Database) -> None:
    async with unit_of_work():
        await rows(WRITE, "1")
    with pytest.raises(ZeroDivisionError):
        async with unit_of_work():
            await rows(WRITE, "2")
            _ = 1 / 0
    assert await database.value("SELECT string_agg(code, '') FROM place") == "1"
    assert _taken() == 0


async def test_a_second_one_inside_is_our_mistake(database: Database) -> None:
    with pytest.raises(TransactionError):
        async with unit_of_work(), unit_of_work():
            pass
    async with unit_of_work():
        assert await value("SELECT 1") == 1


@pytest.mark.parametrize("statement", ["BEGIN", "COMMIT", "ROLLBACK"])
async def test_a_request_cancelled_while_it_opens_or_closes_one_gives_the_connection_back(
    database: Database, statement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached = asyncio.Event()
    _stop_at(statement, reached.set, monkeypatch)
    task = asyncio.create_task(_work(fails=statement == "ROLLBACK"))
    await asyncio.wait_for(reached.wait(), 5)
    task.cancel()
    with pytest.raises((asyncio.CancelledError, ZeroDivisionError)):
        await task
    monkeypatch.undo()
    assert _taken() == 0
    assert await database.value("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in%'") == 0
    async with unit_of_work():
        assert await value("SELECT 1") == 1


async def test_when_the_server_goes_away_the_caller_hears_of_it_and_the_next_one_works(database: Database) -> None:
    with pytest.raises(asyncpg.InterfaceError, match="released") as told:
        async with unit_of_work():
            await _end_the_other_side(database)
            await value("SELECT 1")
    assert is_transient(told.value)
    assert _taken() == 0
    async with unit_of_work():
        assert await value("SELECT 1") == 1


async def _end_the_other_side(database: Database) -> None:
    pid = await value("SELECT pg_backend_pid()")
    other = await asyncpg.connect(database.url)
    await other.execute("SELECT pg_terminate_backend($1, 5000)", pid)
    await other.close()


async def _work(*, fails: bool) -> None:
    async with unit_of_work():
        await value("SELECT 1")
        if fails:
            _ = 1 / 0


def _taken() -> int:
    """Connections of the pool that are in use."""
    pool = engine().pool
    assert pool is not None
    return pool.get_size() - pool.get_idle_size()


def _stop_at(statement: str, told: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """The statement is on its way for a second, long enough to be cancelled in."""
    execute: Callable[..., Awaitable[str]] = asyncpg.Connection.execute

    async def slow(self: asyncpg.Connection, query: str, *values: object, **options: object) -> str:
        if query.startswith(statement):
            told()
            await asyncio.sleep(1)
        return await execute(self, query, *values, **options)

    monkeypatch.setattr(asyncpg.Connection, "execute", slow)
