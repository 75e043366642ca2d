"""What must be there before people are let in, and what an operator wants to see."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from functools import cache
from typing import Any

import redis.asyncio as redis
from redis.exceptions import RedisError

from elderlearn.checkin.old_unclear import GAUGE
from elderlearn.ground.files import migrations_folder
from elderlearn.ground.settings import settings
from elderlearn.participation.check_sums import GAUGE as SUMS
from elderlearn.places.tables import DistrictSetting

HEARTBEAT = "arq:queue:health-check"  # arq writes it, with an expiry a little over its interval
A_MOMENT = 5.0  # seconds a probe waits
OUTBOX = """
    SELECT count(*) AS waiting, coalesce(extract(epoch FROM now() - min(created_at)), 0) AS oldest
    FROM notice WHERE state IN ('due', 'claimed')
"""
SCANS = "SELECT count(*) AS n FROM scan WHERE received_at >= date_trunc('day', now(), 'Asia/Shanghai')"
SAMPLE = """
    SELECT bool_or(sample_state = 'ready') AND NOT bool_or(sample_state = 'filling') AS is_ready
    FROM district_setting
"""

log = logging.getLogger("elderlearn.web")


async def database_answers() -> bool:
    """Within five seconds."""
    return bool(await _rows("SELECT 1 AS one"))


async def missing() -> list[str]:
    """What is not there yet; empty means ready."""
    if not await database_answers():
        return ["database"]
    lacking = []
    if not await is_at_head():
        lacking.append("migrations")
    elif settings().is_demo and not await is_sample_ready():
        lacking.append("sample")
    if not await worker_lives():
        lacking.append("worker")
    return lacking


async def is_at_head() -> bool:
    """Every migration of this release has run."""
    rows = await _rows("SELECT name FROM migration WHERE app_name = 'elderlearn'")
    return _known_migrations() <= {row["name"] for row in rows}


async def is_sample_ready() -> bool:
    """A sample is there and none is being filled: before the first row there is none yet."""
    rows = await _rows(SAMPLE)
    return bool(rows) and bool(rows[0]["is_ready"])


async def worker_lives() -> bool:
    """A worker has written its heartbeat lately."""
    with contextlib.suppress(RedisError, OSError, TimeoutError):
        async with redis.Redis.from_url(settings().redis_url or "redis://127.0.0.1:6379") as queue:
            return bool(await asyncio.wait_for(queue.exists(HEARTBEAT), A_MOMENT))
    return False


async def gauges() -> list[tuple[str, str, float]]:
    """Name, meaning and value. What cannot be asked just now is left out, never zero."""
    found: list[tuple[str, str, float]] = [
        ("database_up", "1 when the database answers", float(await database_answers())),
        ("worker_up", "1 when a worker wrote its heartbeat lately", float(await worker_lives())),
    ]
    for row in await _rows(OUTBOX):
        found.append(("notices_waiting", "Notices not sent yet", float(row["waiting"])))
        found.append(("notices_oldest_seconds", "Age of the oldest notice not sent yet", float(row["oldest"])))
    for row in await _rows(GAUGE):
        found.append(("scans_unclear", "Flagged scans nobody has decided about", float(row["waiting"])))
        found.append(("scans_unclear_old", "Those that wait longer than their district allows", float(row["old"])))
    for row in await _rows(SUMS):
        found.append(("sums_differing", "Rows the last check of the sums found wrong", float(row["differing"])))
        found.append(("sums_check_age_seconds", "Since the last check of the sums; -1: none", float(row["age"])))
    scans = await _rows(SCANS)
    return found + [("scans_today", "Scans received since midnight in Shanghai", float(row["n"])) for row in scans]


async def _rows(sql: str) -> list[dict[str, Any]]:
    """The answer, or nothing: a probe never raises."""
    try:
        return list(await asyncio.wait_for(DistrictSetting.raw(sql).run(), A_MOMENT))
    except Exception as error:
        log.warning("probe: %s", error)
        return []


@cache
def _known_migrations() -> set[str]:
    """Piccolo names a migration by the ID inside its file."""
    found = set()
    for path in migrations_folder().glob("*.py"):
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("ID = "):
                found.add(line.removeprefix("ID = ").strip("\"'"))
    return found
