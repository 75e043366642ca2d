"""The only place where a transaction opens."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from piccolo.engine import engine_finder
from piccolo.engine.postgres import PostgresEngine


def engine() -> PostgresEngine:
    """The engine of this process; see `piccolo_conf`."""
    found = engine_finder()
    if not isinstance(found, PostgresEngine):
        raise RuntimeError("PICCOLO_CONF must name elderlearn.piccolo_conf")
    return found


@asynccontextmanager
async def unit_of_work() -> AsyncIterator[None]:
    """All or nothing. One per verb, opened inside the verb; nesting raises; never start tasks inside one."""
    async with engine().transaction(allow_nested=False):
        yield
