"""A connection of one's own beside the unit of work: what it writes is seen at once, whatever comes of that."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from elderlearn.ground.unit_of_work import engine


@asynccontextmanager
async def beside() -> AsyncIterator[asyncpg.Connection]:
    """Open while the block runs; every statement is its own transaction. Locks it holds end with this process."""
    connection = await engine().get_new_connection()
    try:
        yield connection
    finally:
        await connection.close()
