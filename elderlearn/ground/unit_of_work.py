"""The only place where a transaction opens."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from piccolo.engine import engine_finder
from piccolo.engine.postgres import PostgresEngine

# What went wrong while taking back: the server does it by itself when the connection closes.
GONE = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError)


def engine() -> PostgresEngine:
    """The engine of this process; see `piccolo_conf`."""
    found = engine_finder()
    if not isinstance(found, PostgresEngine):
        raise RuntimeError("PICCOLO_CONF must name elderlearn.piccolo_conf")
    return found


@asynccontextmanager
async def unit_of_work() -> AsyncIterator[None]:
    """All or nothing. One per verb, opened inside the verb; nesting raises; never start tasks inside one.

    What went wrong first is what the caller hears, also when the database is gone.
    """
    this = engine().transaction(allow_nested=False)
    # Not Piccolo's own `async with`: cancelled in BEGIN or COMMIT it never gives the connection back.
    async with _connection() as connection:
        this.connection, this.transaction = connection, connection.transaction()
        await this.transaction.start()
        before = this.engine.current_transaction.set(this)
        try:
            yield
            await this.transaction.commit()
        except BaseException:
            with contextlib.suppress(*GONE):
                await this.transaction.rollback()
            raise
        finally:
            this.engine.current_transaction.reset(before)


@asynccontextmanager
async def one_look() -> AsyncIterator[asyncpg.Connection]:
    """Reading page after page of the same moment: read-only, on a connection of its own.

    Other statements meanwhile go where they always go; nothing that is written belongs to it.
    """
    async with _connection() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        yield connection


@asynccontextmanager
async def _connection() -> AsyncIterator[asyncpg.Connection]:
    """One of the pool, or a new one where no pool is open; it goes back whatever happens."""
    pool = engine().pool
    if pool is not None:
        async with pool.acquire() as connection:
            yield connection
        return
    connection = await engine().get_new_connection()
    try:
        yield connection
    finally:
        await connection.close()
