"""An attendance is of a resident at a session, whoever writes: what foreign keys would promise."""

from __future__ import annotations

import asyncio

import asyncpg
import pytest

from tests.checkin.hall import Hall, a_hall
from tests.conftest import Database

COPY = """INSERT INTO attendance (session, resident, run, organisation, district, kind, on_date, minutes, source,
        attended_at, recorded_at, by_kind, door)
    SELECT {session}, {resident}, run, organisation, district, kind, on_date, minutes, source, attended_at,
        recorded_at, by_kind, door FROM attendance"""
NO_ONE = 987654321


async def _a_visit() -> Hall:
    hall = await a_hall()
    await hall.scan(hall.anna)
    return hall


@pytest.mark.parametrize(
    "statement",
    [
        COPY.format(session="session", resident=NO_ONE),
        COPY.format(session=NO_ONE, resident="resident"),
        f"UPDATE attendance SET resident = {NO_ONE}",
        f"UPDATE attendance SET session = {NO_ONE}",
        "DELETE FROM session",
    ],
)
async def test_nobody_writes_an_attendance_of_nobody(database: Database, statement: str) -> None:
    await _a_visit()
    with pytest.raises(asyncpg.ForeignKeyViolationError, match="attendance"):
        await database.execute(statement)
    assert await database.value("SELECT count(*) FROM attendance a JOIN session s ON s.id = a.session") == 1


@pytest.mark.parametrize("writer_is_first", [True, False])
async def test_who_removes_somebody_and_who_writes_of_her_wait_for_each_other(
    database: Database, *, writer_is_first: bool
) -> None:
    await _a_visit()
    who = await database.value(
        "INSERT INTO resident (district, registered_at) SELECT district, now() FROM resident LIMIT 1 RETURNING id"
    )
    write, remove = COPY.format(session="session", resident=who), f"DELETE FROM resident WHERE id = {who}"
    first, second = (write, remove) if writer_is_first else (remove, write)
    other = await asyncpg.connect(database.url)
    try:
        async with other.transaction():
            await other.execute(first)
            waits = asyncio.create_task(database.execute(second))
            await asyncio.sleep(0.3)
            assert not waits.done()
        with pytest.raises(asyncpg.ForeignKeyViolationError):
            await waits
    finally:
        await other.close()
