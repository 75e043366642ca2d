"""Set-based statements with $1… parameters, inside the open unit of work or on their own.

Everyday reads and writes go through Piccolo's queries; this is for the few statements whose shape
matters (unnest, ON CONFLICT, guarded updates), so that they read as SQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from asyncpg import Record

from elderlearn.ground.unit_of_work import engine


async def rows(statement: str, *values: Any) -> Sequence[Record]:
    """All rows of one statement."""
    current = engine().current_transaction.get()
    if current is not None:
        found: Sequence[Record] = await current.connection.fetch(statement, *values)
        return found
    pool = engine().pool
    if pool is not None:
        found = await pool.fetch(statement, *values)
        return found
    connection = await engine().get_new_connection()
    try:
        found = await connection.fetch(statement, *values)
        return found
    finally:
        await connection.close()


async def row(statement: str, *values: Any) -> Record | None:
    """The first row, or none."""
    found = await rows(statement, *values)
    return found[0] if found else None


async def value(statement: str, *values: Any) -> Any:
    """The first column of the first row, or none."""
    found = await row(statement, *values)
    return found[0] if found is not None else None
