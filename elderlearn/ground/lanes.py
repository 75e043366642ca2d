"""A few at a time, in the order they came: whoever waits does so here, and holds no connection meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass


@dataclass
class _Lanes:
    free: asyncio.Semaphore
    users: int = 0


_open: dict[tuple[asyncio.AbstractEventLoop, Hashable], _Lanes] = {}


@asynccontextmanager
async def lane(what: Hashable, many: int) -> AsyncIterator[None]:
    """At most `many` blocks of this process run at once for the same thing. Nothing of the database is held by it:
    it spares, and promises nothing."""
    key = (asyncio.get_running_loop(), what)
    lanes = _open.setdefault(key, _Lanes(asyncio.Semaphore(many)))
    lanes.users += 1
    try:
        async with lanes.free:
            yield
    finally:
        lanes.users -= 1
        if not lanes.users:
            del _open[key]
