"""What a command needs to run: servers that answer, and a pool of connections."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import ParamSpec, TypeVar

from elderlearn.ground.servers import servers_at_hand

P = ParamSpec("P")
R = TypeVar("R")


def async_command(function: Callable[P, Awaitable[R]]) -> Callable[P, R]:
    """The body of a command that awaits: it runs with the database at hand and the pool open."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        async def with_pool() -> R:
            async with with_database():
                return await function(*args, **kwargs)

        with servers_at_hand(queue=False):
            return asyncio.run(with_pool())

    return run


@asynccontextmanager
async def with_database() -> AsyncIterator[None]:
    """The pool is open while the block runs. The servers must be at hand already."""
    from elderlearn.ground.connection import open_pool  # Piccolo takes a moment to load

    async with open_pool():
        yield
