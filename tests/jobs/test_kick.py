from __future__ import annotations

import time
from pathlib import Path

import httpx
import pytest
import redis.asyncio
from litestar import Litestar, get, post

from elderlearn.ground import settings
from elderlearn.jobs import kick as module
from elderlearn.jobs.kick import kick
from elderlearn.jobs.queue import redis_settings


@pytest.mark.parametrize(
    ("url", "socket", "host", "number"),
    [
        ("unix:///tmp/a folder/valkey.sock", "/tmp/a folder/valkey.sock", "localhost", 0),
        ("redis://queue:6380/3", None, "queue", 3),
    ],
)
def test_the_queue_is_found_by_its_url(
    monkeypatch: pytest.MonkeyPatch, url: str, socket: str | None, host: str, number: int
) -> None:
    monkeypatch.setenv("REDIS_URL", url)
    settings.forget()
    found = redis_settings()
    monkeypatch.undo()
    settings.forget()
    assert (found.unix_socket_path, found.host, found.database) == (socket, host, number)


async def test_many_kicks_wait_as_one_job(redis_url: str) -> None:
    assert [await kick("send_notices") for _ in range(5)] == [True] * 5
    async with redis.asyncio.Redis.from_url(redis_url) as queue:
        assert await queue.zcard("arq:queue") == 1


async def test_a_change_is_followed_by_a_kick_a_look_is_not_and_a_rush_by_few(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kicked: list[str] = []

    async def count(job: str) -> bool:
        kicked.append(job)
        return True

    @get("/look")
    async def look() -> None: ...

    @post("/change")
    async def change() -> None: ...

    monkeypatch.setattr(module, "kick", count)
    app = Litestar([look, change], after_response=module.kick_after_change)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as visitor:
        await visitor.get("/look")
        assert kicked == []
        for _ in range(20):
            await visitor.post("/change")
    assert kicked[0] == "send_notices" and len(kicked) < 10


@pytest.mark.parametrize("url", ["unix://{}/nobody.sock", "redis://127.0.0.1:1/0", ""])
async def test_a_lost_queue_never_fails_a_request_nor_holds_it_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("REDIS_URL", url.format(tmp_path))
    settings.forget()
    began = time.monotonic()
    assert await kick("send_notices") is False
    assert time.monotonic() - began < 1
    monkeypatch.undo()
    settings.forget()
