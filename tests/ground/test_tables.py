"""Migrating an empty database gives exactly the tables the rooms describe."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

import asyncpg
import pytest
from piccolo.table import create_db_tables, sort_table_classes

from elderlearn.ground.connection import point_engine_at
from elderlearn.ground.embedded import Servers
from elderlearn.piccolo_app import APP_CONFIG, ROOMS
from tests.conftest import Database

DESCRIBED = "elderlearn_described"
SCHEMA = {
    "columns": """SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'migration'""",
    "constraints": """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'migration'""",
    "indexes": """SELECT tablename, indexname, indexdef FROM pg_indexes
        WHERE schemaname = 'public' AND tablename <> 'migration'""",
    "triggers": "SELECT tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
}


@pytest.fixture
def described(servers: Servers) -> Iterator[str]:
    """An empty database to build from the table files instead of the migrations."""
    servers.create_database(DESCRIBED)
    yield servers.database_url("owner", DESCRIBED)
    servers.drop_database(DESCRIBED)


async def test_the_migrations_make_exactly_the_tables(described: str, database: Database) -> None:
    await _build(described)
    built = await asyncpg.connect(described)
    try:
        for what, query in SCHEMA.items():
            expected = sorted(map(str, await built.fetch(query)))
            assert expected, what
            assert sorted(map(str, await database.fetch(query))) == expected, what
    finally:
        await built.close()
        await point_engine_at(database.url)


async def test_a_forgotten_migration_would_be_seen(described: str, database: Database) -> None:
    await _build(described)
    await point_engine_at(database.url)
    built = await asyncpg.connect(described)
    try:
        await built.execute("ALTER TABLE place ADD COLUMN forgotten integer")
        found = sorted(map(str, await built.fetch(SCHEMA["columns"])))
    finally:
        await built.close()
    assert found != sorted(map(str, await database.fetch(SCHEMA["columns"])))


async def _build(url: str) -> None:
    await point_engine_at(url)
    await create_db_tables(*sort_table_classes(APP_CONFIG.table_classes))
    connection = await asyncpg.connect(url)
    try:
        for room in ROOMS:
            for statement in importlib.import_module(f"elderlearn.{room}.tables").EXTRA_DDL:
                await connection.execute(statement)
    finally:
        await connection.close()
