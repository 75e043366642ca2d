"""The same verb from several processes at once, each with its own pool, as on several nodes."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from collections.abc import Awaitable, Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from elderlearn.ground.connection import open_pool
from elderlearn.ground.settings import settings

PROCESSES = 2


async def in_processes(work: Callable[..., Awaitable[list[Any]]], url: str, *values: Any) -> list[Any]:
    """All answers of `work(*values)`, a module-level coroutine function, run once in each process."""
    keys = str(settings().keys)
    with ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("spawn")) as pool:
        runs = [pool.submit(_run, work, url, keys, values) for _ in range(PROCESSES)]
        answers = await asyncio.gather(*(asyncio.wrap_future(run) for run in runs))
    return [one for answer in answers for one in answer]


def _run(work: Callable[..., Awaitable[list[Any]]], url: str, keys: str, values: tuple[Any, ...]) -> list[Any]:
    os.environ.update(
        DATABASE_URL=url, ELDERLEARN_KEYS=keys, PICCOLO_CONF="elderlearn.piccolo_conf", ELDERLEARN_POOL="8"
    )
    return asyncio.run(_with_pool(work, values))


async def _with_pool(work: Callable[..., Awaitable[list[Any]]], values: tuple[Any, ...]) -> list[Any]:
    async with open_pool():
        return await work(*values)
