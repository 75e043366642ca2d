"""Whatever happens inside, the tables are as they were afterwards; what was filled in is checked as a whole."""

from __future__ import annotations

import asyncpg
import pytest

from elderlearn.ground.bare_tables import bare
from elderlearn.ground.connection import point_engine_at
from elderlearn.ground.sql import rows, value
from elderlearn.ground.unit_of_work import unit_of_work
from tests.conftest import Database

TABLES = ("session", "attendance")
# Made again, PostgreSQL writes the same casts in other places.
HELD = r"""SELECT conrelid::regclass::text || conname || pg_get_constraintdef(oid) AS it FROM pg_constraint
    WHERE conrelid IN ('session'::regclass, 'attendance'::regclass)
    UNION SELECT regexp_replace(pg_get_indexdef(indexrelid), '::(text|character varying)(\[\])?|[()]', '', 'g')
    FROM pg_index
    WHERE indrelid IN ('session'::regclass, 'attendance'::regclass)"""
STRAY = """INSERT INTO session (run, organisation, district, kind, starts_at, ends_at, on_date, credited_minutes)
    VALUES (1, 1, 1, 'class', '2026-01-01 09:00+08', '2026-01-01 10:30+08', '2026-01-01', 90)"""


async def held(database: Database) -> set[str]:
    return {one["it"] for one in await database.fetch(HELD)}


async def test_indexes_and_foreign_keys_are_gone_inside_and_back_afterwards(database: Database) -> None:
    before = await held(database)
    await point_engine_at(database.owner_url)
    async with unit_of_work(), bare(TABLES):
        assert not await value("SELECT count(*) FROM pg_constraint WHERE conname = 'attendance_once'")
    assert await held(database) == before


async def test_a_row_that_belongs_to_nobody_fails_the_whole(database: Database) -> None:
    before = await held(database)
    await point_engine_at(database.owner_url)
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        async with unit_of_work(), bare(TABLES):
            await rows(STRAY)
    assert await held(database) == before
    assert await database.value("SELECT count(*) FROM session") == 0


async def test_who_does_not_own_the_tables_fills_them_as_they_are(database: Database) -> None:
    async with unit_of_work(), bare(TABLES):
        assert await value("SELECT count(*) FROM pg_constraint WHERE conname = 'attendance_once'") == 1
