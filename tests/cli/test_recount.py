"""`elderlearn recount`: rebuilds, or names what is wrong and ends with 1."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import Any

from tests.checkin.hall import a_hall


async def recount(*options: str) -> tuple[int, str]:
    done = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-m", "elderlearn", "recount", *options], capture_output=True, text=True
    )
    return done.returncode, done.stdout + done.stderr


async def test_it_names_a_wrong_sum_and_mends_it(database: Any) -> None:
    hall = await a_hall()
    await hall.scan(hall.anna)
    await database.execute("UPDATE tally SET visits = 5")
    code, said = await recount("--check")
    assert code == 1, said
    assert "tally: 1 rows differ" in said
    assert f"resident {hall.anna.resident_id}" in said
    assert await database.value("SELECT visits FROM tally") == 5, "a check changes nothing"
    assert (await recount())[0] == 0
    assert await database.value("SELECT visits FROM tally") == 1
    assert (await recount("--check"))[0] == 0
