"""What all tests stand on: real servers for the whole run, a fresh database for each test."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from hypothesis import settings as property_tests

from elderlearn.ground.connection import point_engine_at
from elderlearn.ground.embedded import Servers, held, reset
from elderlearn.ground.migrate import migrate
from elderlearn.ground.servers import ServersFailed
from elderlearn.ground.settings import forget
from elderlearn.ground.unit_of_work import engine

TEMPLATE = "elderlearn_template"
PREFIX = "el-test-"
STARTED_LONG_AGO = 3600  # seconds; who has only just begun may not hold her folder yet
# A test kills processes, never the computer: what the kernel has been told survives that.
FOR_TESTS = {"fsync": "off", "full_page_writes": "off", "shared_buffers": "128MB", "max_wal_size": "1GB"}
NOT_OURS = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "REDIS_URL",
    "PUBLIC_URL",
    "ELDERLEARN_EMBEDDED",
    "ELDERLEARN_DEMO",
    "ELDERLEARN_KEYS",
    "ELDERLEARN_GATEWAY",
    "ELDERLEARN_POOL",
)

# A busy machine is slow, not wrong.
property_tests.register_profile("busy", deadline=None)
property_tests.load_profile("busy")

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Database:
    """An empty migrated database; statements here run as the owner, the product's run as the app role."""

    name: str
    url: str
    owner_url: str
    connection: asyncpg.Connection

    async def fetch(self, statement: str, *values: Any) -> list[asyncpg.Record]:
        """All rows."""
        return list(await self.connection.fetch(statement, *values))

    async def value(self, statement: str, *values: Any) -> Any:
        """The first column of the first row."""
        return await self.connection.fetchval(statement, *values)

    async def execute(self, statement: str, *values: Any) -> str:
        """The command tag, such as 'UPDATE 3'."""
        return str(await self.connection.execute(statement, *values))


def sweep() -> None:
    """Servers of runs that were killed are stopped by the next one; a folder somebody holds is left alone."""
    for folder in Path("/tmp").glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError, ServersFailed):
            if time.time() - folder.stat().st_mtime > STARTED_LONG_AGO:
                reset(folder)
                shutil.rmtree(folder)


@pytest.fixture(scope="session", autouse=True)
def data_folder() -> Iterator[Path]:
    """One data folder for the run, with a short path; nothing of the developer's own is touched."""
    sweep()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir="/tmp"))
    for name in NOT_OURS:
        os.environ.pop(name, None)
    os.environ["ELDERLEARN_DATA"] = str(folder)
    forget()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def servers(data_folder: Path) -> Iterator[Servers]:
    """A private PostgreSQL and Valkey for this run."""
    with held(data_folder, options=FOR_TESTS) as running:
        os.environ["REDIS_URL"] = running.redis_url
        forget()
        yield running


@pytest.fixture(scope="session")
async def template(servers: Servers) -> str:
    """The migrated database all others are copied from."""
    servers.create_database(TEMPLATE)
    await migrate(
        database_url=servers.database_url("app", TEMPLATE), owner_url=servers.database_url("owner", TEMPLATE)
    )
    return TEMPLATE


@pytest.fixture
async def database(servers: Servers, template: str) -> AsyncIterator[Database]:
    """An empty migrated database; the engine points at it, with an open pool, as the app role."""
    name = f"test_{next(_numbers)}"
    await _admin(
        servers, f'CREATE DATABASE "{name}" OWNER elderlearn_owner TEMPLATE "{template}" STRATEGY file_copy'
    )
    url, owner_url = servers.database_url("app", name), servers.database_url("owner", name)
    os.environ.update(DATABASE_URL=url, DATABASE_OWNER_URL=owner_url)
    forget()
    await point_engine_at(url)
    await engine().start_connection_pool(min_size=1, max_size=20)
    connection = await asyncpg.connect(owner_url)
    yield Database(name, url, owner_url, connection)
    await connection.close()
    if engine().pool:
        await engine().close_connection_pool()
    for variable in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        os.environ.pop(variable, None)
    forget()
    await _admin(servers, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def redis_url(servers: Servers) -> str:
    """The run's Valkey, emptied."""
    import redis

    with redis.Redis.from_url(servers.redis_url) as line:
        line.flushall()
    return servers.redis_url


async def _admin(servers: Servers, statement: str) -> None:
    connection = await asyncpg.connect(servers.database_url("admin", "postgres"))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
