"""A sample that was killed on its way: nothing half done counts, and the next one is whole."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from elderlearn.checkin.recount import differences
from elderlearn.cli.seed import is_sample_wanted, seed_sample
from elderlearn.places.queries import is_sample_ready
from elderlearn.stewardship.invariants import broken_invariants
from tests.conftest import Database
from tests.jobs.processes import until_equal

ROOT = Path(__file__).parents[2]
SIZE = {"elders": 400, "attendances": 3000}
WORDS = ("seed", "--elders", "400", "--attendances", "3000")
OTHERS = """SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND xact_start IS NOT NULL AND backend_type = 'client backend'"""
SHAPE = """SELECT string_agg(indexname, ';' ORDER BY indexname) || (
    SELECT string_agg(conname, ';' ORDER BY conname)
    FROM pg_constraint) || (SELECT string_agg(tgname || tgenabled::text, ';' ORDER BY tgname) FROM pg_trigger
    WHERE NOT tgisinternal) FROM pg_indexes WHERE schemaname = 'public'"""


@pytest.mark.parametrize(
    ("step", "has_people"), [("courses and sessions", False), ("indexes", False), ("sums", True)]
)
async def test_killed_in_the_middle_the_next_one_is_whole(database: Database, step: str, has_people: bool) -> None:
    shape = await database.value(SHAPE)
    seeding = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "elderlearn", *WORDS, cwd=ROOT, env=dict(os.environ), stderr=asyncio.subprocess.PIPE
    )
    assert seeding.stderr is not None
    async for line in seeding.stderr:
        if line.decode().startswith(step):
            break
    assert seeding.returncode is None
    seeding.kill()
    await seeding.communicate()
    assert seeding.returncode == -9
    await until_equal(database, OTHERS, 0)
    assert await database.value(SHAPE) == shape
    assert (await database.value("SELECT count(*) FROM resident") > 0) is has_people
    assert (await database.value("SELECT count(*) FROM attendance") > 0) is has_people
    assert await is_sample_wanted() and not await is_sample_ready()
    await seed_sample(**SIZE)
    assert await is_sample_ready() and not await is_sample_wanted()
    assert await database.value("SELECT count(*) FROM tally") > 0
    assert not await differences() and not await broken_invariants()
