"""Bringing the database up to date, and what the application may do afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import asyncpg
import pytest

from elderlearn.ground import sql
from elderlearn.ground.embedded import Servers
from elderlearn.ground.embedded.ask import ask
from elderlearn.ground.migrate import migrate
from tests.conftest import Database

EMPTY = "elderlearn_from_scratch"


@pytest.fixture
def from_scratch(servers: Servers) -> Iterator[dict[str, str]]:
    """The environment of a node before an empty database."""
    servers.create_database(EMPTY)
    addresses = {
        "DATABASE_URL": servers.database_url("app", EMPTY),
        "DATABASE_OWNER_URL": servers.database_url("owner", EMPTY),
        "REDIS_URL": servers.redis_url,
    }
    yield {**os.environ, **addresses}
    servers.drop_database(EMPTY)


@pytest.mark.kill
def test_two_nodes_migrating_at_once_do_no_harm(from_scratch: dict[str, str]) -> None:
    command = [sys.executable, "-m", "elderlearn", "migrate"]
    nodes = [subprocess.Popen(command, env=from_scratch, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    said = [node.communicate(timeout=60)[0] for node in nodes]
    assert [node.returncode for node in nodes] == [0, 0, 0]
    assert sorted("No migrations need" in words for words in said) == [False, True, True]
    owner = from_scratch["DATABASE_OWNER_URL"]
    assert ask(owner, "SELECT count(*) = count(DISTINCT name) AND count(*) > 0 FROM migration") == [True]


async def test_migrating_again_changes_nothing(database: Database) -> None:
    before = await database.fetch("SELECT * FROM migration")
    assert "No migrations need" in await migrate()
    assert await database.fetch("SELECT * FROM migration") == before
    assert await sql.value("SELECT current_user") == "elderlearn_app"


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (n int)",
        "ALTER TABLE resident ADD COLUMN mine int",
        "DROP TABLE resident",
        "TRUNCATE resident",
        "UPDATE trail SET action = 'nothing happened'",
        "DELETE FROM trail",
        "UPDATE scan SET verdict = 'recorded'",
        "DELETE FROM scan",
        "DELETE FROM migration",
        "COPY resident TO '/tmp/stolen'",
        "SET ROLE elderlearn_owner",
    ],
)
async def test_the_application_may_not(database: Database, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await sql.rows(statement)


async def test_the_application_may_work_with_tables_made_later(database: Database) -> None:
    await database.execute("CREATE TABLE later (id bigint GENERATED ALWAYS AS IDENTITY, serial bigserial, n int)")
    await sql.rows("INSERT INTO later (n) VALUES (1)")
    await sql.rows("UPDATE later SET n = 2")
    assert await sql.value("DELETE FROM later RETURNING n") == 2
