"""A second installation beside the first."""

from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest

from elderlearn.ground.embedded import Servers
from tests.conftest import Database


@pytest.fixture
async def other_house(database: Database, servers: Servers, template: str) -> AsyncIterator[Database]:
    """An empty migrated database; nothing points at it yet."""
    name = f"{database.name}_other"
    admin = await asyncpg.connect(servers.database_url("admin", "postgres"))
    await admin.execute(
        f'CREATE DATABASE "{name}" OWNER elderlearn_owner TEMPLATE "{template}" STRATEGY file_copy'
    )
    owner_url = servers.database_url("owner", name)
    connection = await asyncpg.connect(owner_url)
    yield Database(name, servers.database_url("app", name), owner_url, connection)
    await connection.close()
    await admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    await admin.close()
