"""One statement to PostgreSQL from code that does not await, whether an event loop runs or not."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import asyncpg


def ask(url: str, statement: str, *values: object, timeout: float = 600) -> list[Any]:
    """The first column of all rows; `timeout` in seconds. Raises what asyncpg raises."""
    with ThreadPoolExecutor(1) as apart:  # our caller may itself run inside an event loop
        return apart.submit(asyncio.run, _ask(url, statement, values, timeout)).result()


async def _ask(url: str, statement: str, values: tuple[object, ...], timeout: float) -> list[Any]:
    connection = await asyncpg.connect(url, timeout=min(timeout, 10))
    try:
        return [row[0] for row in await connection.fetch(statement, *values, timeout=timeout)]
    finally:
        await connection.close(timeout=10)
