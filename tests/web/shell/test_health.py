"""Probes: alive, ready, gauges."""

from __future__ import annotations

import re

import httpx
import pytest
from litestar import Litestar

from elderlearn.ground.settings import forget
from elderlearn.web.shell.readiness import HEARTBEAT
from tests import people_standing as standing
from tests.conftest import Database
from tests.web.conftest import Visit


def beat(redis_url: str) -> None:
    import redis

    with redis.Redis.from_url(redis_url) as line:
        line.set(HEARTBEAT, "here", ex=60)


async def test_alive_when_the_database_answers(visit: Visit) -> None:
    answer = await (await visit()).get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "set-cookie" not in answer.headers


async def test_ready_only_with_a_worker(visit: Visit, redis_url: str) -> None:
    somebody = await visit()
    before = await somebody.get("/readyz")
    assert (before.status_code, before.json()["missing"]) == (503, ["worker"])
    beat(redis_url)
    assert (await somebody.get("/readyz")).status_code == 200


async def test_a_demo_is_ready_only_with_its_whole_sample(
    visit: Visit, redis_url: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    beat(redis_url)
    monkeypatch.setenv("ELDERLEARN_DEMO", "1")
    forget()
    somebody = await visit()
    assert (await somebody.get("/readyz")).json()["missing"] == ["sample"]
    await standing.place_tree()
    for state, ready in (("filling", False), ("ready", True)):
        await database.execute("UPDATE district_setting SET sample_state = $1", state)
        assert ((await somebody.get("/readyz")).status_code == 200) is ready


async def test_not_ready_before_the_last_migration(visit: Visit, redis_url: str, database: Database) -> None:
    beat(redis_url)
    await database.execute("DELETE FROM migration WHERE id = (SELECT max(id) FROM migration)")
    assert (await (await visit()).get("/readyz")).json()["missing"] == ["migrations"]


async def test_gauges_count_what_waits(visit: Visit, redis_url: str, database: Database) -> None:
    await database.execute(
        """INSERT INTO notice (kind, values, created_at, next_try_at, language, state, tries)
        VALUES ('x', '{}', now() - interval '90 s', now(), 'en', 'due', 0)"""
    )
    text = (await (await visit()).get("/metrics")).text
    assert "elderlearn_notices_waiting 1\n" in text
    assert "elderlearn_database_up 1\n" in text
    assert "elderlearn_worker_up 0\n" in text
    assert float(re.findall(r"^elderlearn_notices_oldest_seconds (.+)$", text, re.MULTILINE)[0]) >= 90


async def test_gauges_are_for_the_loopback_or_a_token(app: Litestar, monkeypatch: pytest.MonkeyPatch) -> None:
    far = httpx.ASGITransport(app, client=("203.0.113.9", 5000))
    async with httpx.AsyncClient(transport=far, base_url="http://elderlearn.test") as client:
        assert (await client.get("/metrics")).status_code == 404
        monkeypatch.setenv("ELDERLEARN_METRICS_TOKEN", "t" * 20)
        assert (await client.get("/metrics", headers={"Authorization": "Bearer wrong"})).status_code == 404
        assert (await client.get("/metrics", headers={"Authorization": "Bearer " + "t" * 20})).status_code == 200


async def test_behind_a_proxy_only_the_token_counts(visit: Visit) -> None:
    somebody = await visit()
    somebody.client.headers["X-Forwarded-For"] = "203.0.113.9"
    assert (await somebody.get("/metrics")).status_code == 404
