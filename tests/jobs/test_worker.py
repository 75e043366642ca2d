from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from typing import Any

import pytest
import redis.asyncio

from elderlearn.ground.embedded import held
from tests.jobs.processes import until_equal, working
from tests.notices.outbox import promise

SENT = "SELECT count(*) FROM notice WHERE state = 'sent'"


async def test_two_workers_send_each_notice_once_and_show_a_heartbeat(database: Any, redis_url: str) -> None:
    await promise(300)
    async with working(2):
        await until_equal(database, SENT, 300)
        async with redis.asyncio.Redis.from_url(redis_url) as queue:
            assert await queue.exists("arq:queue:health-check")
    assert await database.value("SELECT max(tries) FROM notice") == 1


@pytest.mark.kill
async def test_a_killed_worker_loses_nothing(database: Any, redis_url: str) -> None:
    async with working() as workers:
        await promise(1)
        await until_equal(database, SENT, 1)
        workers[0].kill()
        await workers[0].wait()
    await promise(3)
    async with working():
        await until_equal(database, SENT, 4)


@pytest.mark.kill
async def test_a_lost_queue_loses_nothing_and_the_worker_comes_back(database: Any, tmp_path: Path) -> None:
    with held(tmp_path / "data", database=False) as other:
        async with working(REDIS_URL=other.redis_url) as workers:
            await promise(1)
            await until_equal(database, SENT, 1)
            assert other.valkey
            pid = int((other.valkey.folder / "valkey.pid").read_text())
            os.kill(pid, signal.SIGKILL)
            await promise(3)
            await asyncio.sleep(1)
            await asyncio.to_thread(other.revive)
            await until_equal(database, SENT, 4)
            assert workers[0].returncode is None
