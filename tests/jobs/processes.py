"""Real workers: `elderlearn work` as processes of their own."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@asynccontextmanager
async def working(count: int = 1, **environment: str) -> AsyncIterator[list[asyncio.subprocess.Process]]:
    """`count` workers while the block runs."""
    words, env = ("-m", "elderlearn", "work"), dict(os.environ) | environment
    workers = [
        await asyncio.create_subprocess_exec(sys.executable, *words, cwd=ROOT, env=env) for _ in range(count)
    ]
    try:
        yield workers
    finally:
        for worker in workers:
            if worker.returncode is None:
                worker.terminate()
        await asyncio.gather(*(worker.wait() for worker in workers))


async def until_equal(database: Any, statement: str, expected: object, *, within: float = 30) -> None:
    """Returns when the statement answers `expected`. Raises AssertionError with the last answer."""
    found = None
    for _ in range(int(within / 0.05)):
        found = await database.value(statement)
        if found == expected:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"{statement}: {found!r} after {within} s, not {expected!r}")
