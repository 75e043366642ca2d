"""The database `elderlearn_bench`: made for one run and gone afterwards, with keys and a queue of its own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import redis

from elderlearn.ground.connection import open_pool, point_engine_at
from elderlearn.ground.migrate import migrate
from elderlearn.ground.servers import ServersFailed
from elderlearn.ground.settings import forget, settings
from elderlearn.ground.unit_of_work import engine

if TYPE_CHECKING:
    from elderlearn.ground.embedded import Servers

NAME = "elderlearn_bench"
LOCK = 7_203_110_915  # any number, as long as nobody else takes it as an advisory lock
QUEUE_DATABASE = "15"  # of Valkey: kicks of the bench wake no worker of the installation
LEFT_IN_QUEUE = ("arq:queue", "arq:job:kick:send_notices")


@asynccontextmanager
async def own_database(servers: Servers | None) -> AsyncIterator[None]:
    """While the block runs, we and our children see a migrated empty database, keys and a queue of the bench.

    `servers` are the embedded ones, or none when DATABASE_URL names another server: then the owner's role must
    be allowed to create databases. Raises ServersFailed while another bench runs.
    """
    owner = settings().database_owner_url or settings().database_url or ""
    guard = await asyncpg.connect(servers.database_url("admin", "postgres") if servers else owner)
    try:
        if not await guard.fetchval(f"SELECT pg_try_advisory_lock({LOCK})"):
            raise ServersFailed("Another bench is running on this server; wait for it.")
        await _drop(guard)
        role = urlsplit(servers.database_url("owner")).username if servers else None
        await guard.execute(f'CREATE DATABASE "{NAME}"' + (f' OWNER "{role}"' if role else ""))
        try:
            with tempfile.TemporaryDirectory(prefix="el-bench-") as keys:
                async with _surroundings(Path(keys)):
                    yield
        finally:
            await _drop(guard)
    finally:
        await guard.close()


@asynccontextmanager
async def _surroundings(keys: Path) -> AsyncIterator[None]:
    before = dict(os.environ)
    found = settings()
    os.environ["DATABASE_URL"] = _named(found.database_url)
    os.environ["DATABASE_OWNER_URL"] = _named(found.database_owner_url or found.database_url)
    os.environ["ELDERLEARN_KEYS"] = str(keys)
    os.environ.pop("ELDERLEARN_EMBEDDED", None)  # children take the addresses as they stand
    if found.redis_url:
        os.environ["REDIS_URL"] = f"{found.redis_url.partition('?')[0]}?db={QUEUE_DATABASE}"
    forget()
    await point_engine_at(_named(found.database_url))
    try:
        await migrate()
        async with open_pool():
            yield
    finally:
        if engine().pool:
            await engine().close_connection_pool()
        _leave_queue()
        os.environ.clear()
        os.environ.update(before)
        forget()


async def _drop(guard: asyncpg.Connection) -> None:
    await guard.execute(f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)')


def _named(url: str | None) -> str:
    """The same server and role, our database."""
    return urlunsplit(urlsplit(url or "")._replace(path=f"/{NAME}"))


def _leave_queue() -> None:
    if settings().redis_url:
        with suppress(redis.RedisError), redis.Redis.from_url(settings().redis_url or "") as line:
            line.delete(*LEFT_IN_QUEUE)


async def settle() -> None:
    """What was just filled is counted by the planner before anything is timed."""
    connection = await asyncpg.connect(settings().database_owner_url)
    try:
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()
