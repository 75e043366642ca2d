"""Lists are written by the worker, which never gives all its turns to them."""

from __future__ import annotations

import asyncio
from typing import Any

from elderlearn.jobs.carry_out_imports import AT_ONCE, carry_out_imports
from elderlearn.stewardship.imports.carry_out import carry_out_import
from elderlearn.stewardship.imports.start import confirm_import, start_import
from tests import people_standing as standing
from tests.jobs.processes import until_equal
from tests.stewardship.imports.lists import residents_csv

A_LONG_ONE = "hashtext('import_residents')"
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


async def test_many_lists_leave_turns_for_messages(database: Any) -> None:
    places = await standing.place_tree()
    officer = await standing.officer(places.street)
    for count in range(AT_ONCE + 1):
        id = await start_import("residents", "a.csv", residents_csv(count + 1), by=officer.by())
        await carry_out_import(id)
        await confirm_import(id, by=officer.by())
    await database.connection.execute(f"SELECT pg_advisory_lock({A_LONG_ONE})")
    at_work = [asyncio.create_task(carry_out_imports()) for _ in range(AT_ONCE)]
    await until_equal(database, WAITING, AT_ONCE)
    await asyncio.wait_for(carry_out_imports(), 60)
    assert await database.value(WAITING) == AT_ONCE
    await database.connection.execute(f"SELECT pg_advisory_unlock({A_LONG_ONE})")
    await asyncio.gather(*at_work)
    await carry_out_imports()
    assert await database.value("SELECT count(*) FROM import_run WHERE state = 'done'") == AT_ONCE + 1
    assert await database.value("SELECT count(*) FROM resident") == AT_ONCE + 1
