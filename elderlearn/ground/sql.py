"""Set-based statements with $1… parameters, inside the open unit of work or on their own.

Everyday reads and writes go through Piccolo's queries; this is for the few statements whose shape
matters (unnest, ON CONFLICT, guarded updates), so that they read as SQL.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any

from asyncpg import Record

from elderlearn.ground.unit_of_work import engine, one_look

A_PREFETCH = 500  # rows a stream fetches at once


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


async def stream(statement: str, *values: Any) -> AsyncIterator[Record]:
    """The rows one after the other, never all in memory. Read it to its end, or inside `aclosing`."""
    async with one_look() as connection:
        async for found in connection.cursor(statement, *values, prefetch=A_PREFETCH):
            yield found


async def copy_in(table: str, columns: Sequence[str], records: Iterable[tuple[Any, ...]]) -> None:
    """COPY many rows inside the open unit of work: for imports and samples, far quicker than INSERT."""
    current = engine().current_transaction.get()
    if current is None:
        raise RuntimeError("copy_in needs an open unit of work")
    await current.connection.copy_records_to_table(table, columns=list(columns), records=records)


async def copy_bytes(table: str, columns: Sequence[str], stream: AsyncIterator[bytes]) -> None:
    """COPY rows already written in PostgreSQL's binary format, for millions of them."""
    current = engine().current_transaction.get()
    if current is None:
        raise RuntimeError("copy_bytes needs an open unit of work")
    await current.connection.copy_to_table(table, columns=list(columns), source=stream, format="binary")


async def reserve_ids(table: str, count: int) -> list[int]:
    """Ids for rows about to be copied in, so that other rows can name them beforehand."""
    found = await rows(
        f"SELECT nextval(pg_get_serial_sequence('{table}', 'id')) AS id FROM generate_series(1, $1)", count
    )
    return [one["id"] for one in found]
