"""The web process dies in the middle of a batch: what was answered is there, the rest is sent again, once each."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx

from elderlearn.checkin.recount import differences
from elderlearn.ground.embedded import Servers
from elderlearn.people.cards import issue_blank
from tests import people_standing as standing
from tests.checkin.hall import TEN, a_hall, attendances
from tests.conftest import Database

ROOT = Path(__file__).parents[2]
BATCHES, EACH = 4, 40
Batch = list[dict[str, Any]]


@contextmanager
def a_server(listener: socket.socket, database: Database, servers: Servers) -> Iterator[subprocess.Popen[bytes]]:
    """One web process on this socket."""
    command = [sys.executable, "-m", "uvicorn", "elderlearn.app:create_app", "--factory", "--log-level", "error"]
    process = subprocess.Popen(
        [*command, "--fd", str(listener.fileno())],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database.url, "REDIS_URL": servers.redis_url},
        pass_fds=[listener.fileno()],
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


async def test_killed_in_the_middle_of_a_batch_nothing_is_lost_and_nothing_counts_twice(
    database: Database, servers: Servers
) -> None:
    batches, token = await _batches()
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        async with httpx.AsyncClient(
            base_url=address, timeout=60, headers={"Authorization": f"Bearer {token}"}
        ) as phone:
            with a_server(listener, database, servers) as first:
                assert set(await _send(phone, batches[0])) == {"recorded"}
                await _kill_while_writing(first, phone, batches[1:], database)
            with a_server(listener, database, servers):
                assert set(await _send(phone, batches[0])) == {"same_scan"}
                for batch in batches[1:]:
                    assert set(await _send(phone, batch)) <= {"recorded", "same_scan"}
                assert {one for batch in batches for one in await _send(phone, batch)} == {"same_scan"}
    assert len(await attendances()) == BATCHES * EACH == await database.value("SELECT count(*) FROM scan")
    assert await database.value("SELECT sum(visits) FROM attended_day") == BATCHES * EACH
    assert not await differences()


async def _batches() -> tuple[list[Batch], str]:
    hall = await a_hall(count=1)
    cards = await issue_blank(BATCHES * EACH, hall.places.district.id, by=hall.by)
    at = (TEN + timedelta(minutes=20)).isoformat()
    items = [
        {"scan_id": str(uuid4()), "session_id": str(hall.session_ids[0]), "code": one.code, "scanned_at": at}
        for one in cards
    ]
    return [items[start : start + EACH] for start in range(0, len(items), EACH)], await standing.token(hall.leader)


async def _send(phone: httpx.AsyncClient, batch: Batch) -> list[str]:
    answer = await phone.post("/api/v1/scans", json={"scans": batch})
    assert answer.status_code == 200, answer.text
    return [one["verdict"] for one in answer.json()["verdicts"]]


async def _kill_while_writing(
    server: subprocess.Popen[bytes], phone: httpx.AsyncClient, batches: list[Batch], database: Database
) -> None:
    """Somebody else is just keeping one of these scans: the statement waits there, half of it written."""
    holding = await asyncpg.connect(database.owner_url)
    keeping = holding.transaction()
    await keeping.start()
    await holding.execute(
        """INSERT INTO scan (id, session, code_hash, received_at, door, verdict)
        VALUES ($1, 1, '', now(), 'leader', 'refused')""",
        UUID(max(one["scan_id"] for one in batches[0])),
    )
    answers = [asyncio.create_task(_send(phone, batch)) for batch in batches]
    while not await database.value("SELECT count(*) FROM pg_locks WHERE NOT granted"):
        await asyncio.sleep(0.02)
        assert server.poll() is None
    server.send_signal(signal.SIGKILL)
    server.wait()
    ends = await asyncio.gather(*answers, return_exceptions=True)
    assert isinstance(ends[0], httpx.HTTPError), "the batch that was being written got no answer"
    await keeping.rollback()
    await holding.close()
