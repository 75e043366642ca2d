"""Run the jobs: notices, the schedule, everything that happens without a click."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
import time
from typing import Any

import click

from elderlearn.ground.leash import end_with
from elderlearn.ground.servers import servers_at_hand

FIRST_PAUSE, LONGEST_PAUSE, GROWN_UP = 0.5, 10.0, 30.0
TO_FINISH = 5.0  # seconds a job gets to end by itself; a job cut short is run again by arq


@click.command("work")
@click.option("--leash", type=int, hidden=True)
def work(leash: int | None) -> None:
    """Run the jobs until Ctrl-C or SIGTERM. Several workers, on several nodes, do no harm."""
    from elderlearn.cli._serving import look_after

    with servers_at_hand() as servers:
        if leash is not None:
            end_with(leash)

        async def until_told() -> None:
            this = asyncio.current_task()
            assert this is not None
            for how in (signal.SIGINT, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(how, this.cancel)
            watchman = asyncio.create_task(_watch(lambda: look_after(servers))) if servers else None
            with contextlib.suppress(asyncio.CancelledError):
                await _work_on()
            if watchman:
                watchman.cancel()

        asyncio.run(until_told())


async def _work_on() -> None:
    """arq's worker ends when Valkey goes away; begin again, later each time it ends young."""
    from arq.utils import import_string
    from arq.worker import create_worker
    from redis.exceptions import RedisError

    # By name, as uvicorn takes the app: doors do not import each other.
    settings: Any = import_string("elderlearn.jobs.worker.WorkerSettings")
    pause = FIRST_PAUSE
    while True:
        began = time.monotonic()
        worker = create_worker(settings, handle_signals=False)
        try:
            await worker.async_run()
        except (RedisError, OSError) as error:
            print(f"The worker lost its queue or database: {error}", file=sys.stderr, flush=True)
        finally:
            await _put_down(worker)
        pause = FIRST_PAUSE if time.monotonic() - began > GROWN_UP else min(pause * 2, LONGEST_PAUSE)
        await asyncio.sleep(pause)


async def _put_down(worker: Any) -> None:
    """Let running jobs end, then close; with Valkey gone closing fails, and that is fine."""
    worker.allow_pick_jobs = False
    if worker.tasks:
        await asyncio.wait(worker.tasks.values(), timeout=TO_FINISH)
    with contextlib.suppress(Exception, asyncio.CancelledError):
        await worker.close()


async def _watch(look: Any) -> None:
    while True:
        await asyncio.sleep(1)
        await asyncio.to_thread(look)
