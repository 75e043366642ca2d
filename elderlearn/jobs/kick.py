"""Ask for a job now instead of at its next tick. A convenience: the promise is in PostgreSQL."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any

from arq.connections import ArqRedis, RedisSettings
from litestar import Request
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from elderlearn.jobs.queue import redis_settings

PATIENCE = 0.3  # seconds a request may lose to an ailing queue
PACE = 0.25  # seconds between two kicks of one process: a hall full of scans must not pay for each
READS = {"GET", "HEAD", "OPTIONS"}
log = logging.getLogger(__name__)
_line: tuple[asyncio.AbstractEventLoop, str, ArqRedis] | None = None
_last = 0.0


async def kick_after_change(request: Request[Any, Any, Any]) -> None:
    """Litestar's `after_response`: whatever this request promised to tell is sent at once, not in two seconds."""
    global _last  # noqa: PLW0603 - only a pace, nothing anybody relies on
    if request.method in READS or time.monotonic() - _last < PACE:
        return
    _last = time.monotonic()
    await kick("send_notices")


async def kick(job: str) -> bool:
    """True when the job is waiting to be run. Never raises: without a queue the next tick does the work.

    While one kick waits, further ones are the same. Call it after the fact is committed.
    """
    try:
        async with asyncio.timeout(PATIENCE):
            await _open_line().enqueue_job(job, _job_id=f"kick:{job}")
    except (RedisError, OSError, TimeoutError, RuntimeError) as error:
        log.warning("no kick for %s: %s", job, type(error).__name__)
        return False
    return True


def _open_line() -> ArqRedis:
    """One line per process, for the event loop it was opened in."""
    global _line  # noqa: PLW0603 - a connection is the one thing a process may keep for itself
    wanted = redis_settings()
    here = (asyncio.get_running_loop(), repr(wanted))
    if _line is None or _line[:2] != here:
        _line = (*here, _connect(wanted))
    return _line[2]


def _connect(wanted: RedisSettings) -> ArqRedis:
    """Like `arq.create_pool`, but it neither pings nor waits."""
    return ArqRedis(
        host=wanted.host,
        port=wanted.port,
        unix_socket_path=wanted.unix_socket_path,
        db=wanted.database,
        username=wanted.username,
        password=wanted.password,
        ssl=wanted.ssl,
        socket_connect_timeout=PATIENCE,
        retry=Retry(NoBackoff(), 1),  # once more: the line may be from before a restart of the queue
    )
