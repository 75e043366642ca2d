"""The engine of this process: where it points, and its pool while somebody works."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from elderlearn.ground.servers import ServersFailed
from elderlearn.ground.settings import settings
from elderlearn.ground.unit_of_work import engine

NO_DATABASE = (
    "No database: set DATABASE_URL, or let the command line start the embedded one "
    "(elderlearn demo, serve, work …)."
)


_patience: dict[str, str] = {}


class Connection(asyncpg.Connection):  # type: ignore[misc]  # asyncpg has no types
    """Given back to the pool as it is: what we set ends with its transaction (SET LOCAL, xact locks).

    asyncpg asks the server to forget everything each time; that costs more than most of our statements.
    """

    def get_reset_query(self) -> str:
        """Nothing to forget."""
        return ""


def connection_options(url: str | None = None) -> dict[str, Any]:
    """What asyncpg needs for this URL, by default the one of the settings.

    Without any URL the database is left open: importing tables must not need a database.
    """
    options: dict[str, Any] = {
        "server_settings": {"application_name": "elderlearn", "timezone": "UTC", **_patience},
        "connection_class": Connection,
    }
    url = url or settings().database_url
    return options | ({"dsn": url} if url else {})


def give_up_locks_after(seconds: int) -> None:
    """In this process nobody waits longer for what others hold: a scan is told to retry, a page that we are busy.

    A long import or recount would otherwise fill the pool with those who wait, and every page would stand still.
    """
    _patience["lock_timeout"] = f"{seconds}s"
    current = engine()
    current.config = connection_options(current.config.get("dsn"))


async def point_engine_at(url: str) -> None:
    """Every later statement of this process goes to `url`; an open pool is closed first."""
    current = engine()
    if current.pool:
        await current.close_connection_pool()
    current.config = connection_options(url)


@asynccontextmanager
async def open_pool(size: int | None = None) -> AsyncIterator[None]:
    """Connections kept ready while the block runs; nested use shares the outer pool. Never leaves one open.

    Raises ServersFailed when no database is named.
    """
    current = engine()
    if current.pool:
        yield
        return
    if "dsn" not in current.config:
        current.config = connection_options()
    if "dsn" not in current.config:
        raise ServersFailed(NO_DATABASE)
    # 0: a pool that wants connections while the server restarts fills the log with tracebacks.
    await current.start_connection_pool(min_size=0, max_size=size or settings().pool_size)
    try:
        yield
    finally:
        if current.pool:
            await current.close_connection_pool()
