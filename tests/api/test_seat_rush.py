"""240 requests over two web processes for 30 seats, as at nine o'clock."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from elderlearn.ground.embedded import Servers
from elderlearn.people.tokens import add_token
from tests import people_standing as standing
from tests.catalogue.runs_standing import a_run, people
from tests.conftest import Database
from tests.people_standing import CLI

ROOT = Path(__file__).parents[2]
WEB_PROCESSES = 2
SEATS, ASKING = 30, 120
SO_MANY = 60  # connections of the client at once


@asynccontextmanager
async def web_processes(which: str, database: Database, servers: Servers) -> AsyncIterator[str]:
    """Two of them behind one listening socket; the kernel spreads the connections."""
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        command = [sys.executable, "-m", "uvicorn", f"tests.api.rush_app:{which}", "--factory"]
        command += ["--fd", str(listener.fileno()), "--log-level", "error"]
        surroundings = {**os.environ, "DATABASE_URL": database.url, "REDIS_URL": servers.redis_url}
        running = [_started(command, surroundings, listener.fileno()) for _ in range(WEB_PROCESSES)]
        try:
            await _until_up(address, running)
            yield address
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(20)


def _started(command: list[str], surroundings: dict[str, str], listening: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, cwd=ROOT, env=surroundings, pass_fds=[listening])


async def _until_up(address: str, running: list[subprocess.Popen[bytes]]) -> None:
    """The socket listens before anybody takes from it, so one answer may come late but never fails."""
    async with httpx.AsyncClient(timeout=60) as client:
        assert (await client.get(f"{address}/healthz")).status_code == 200
    assert all(process.poll() is None for process in running)


async def rush(which: str, database: Database, servers: Servers) -> list[httpx.Response]:
    """Everybody asks twice at once; the answers."""
    places = await standing.place_tree()
    run_id = await a_run(places, seats=SEATS)
    asking = await people(places.community, ASKING)
    officer = await standing.officer(places.street)
    headers = {"Authorization": f"Bearer {await add_token(officer.name, by=CLI)}"}
    limits = httpx.Limits(max_connections=SO_MANY)
    async with (
        web_processes(which, database, servers) as address,
        httpx.AsyncClient(base_url=address, headers=headers, limits=limits, timeout=60) as client,
    ):
        bodies = [{"run_id": str(run_id), "resident_id": str(one), "channel": "self"} for one in asking * 2]
        return list(await asyncio.gather(*(client.post("/api/v1/enrolments", json=body) for body in bodies)))


async def test_nobody_sits_on_a_taken_seat_and_the_line_has_no_gap(database: Database, servers: Servers) -> None:
    answers = await rush("guarded", database, servers)
    assert sorted(one.status_code for one in answers) == [200] * ASKING + [201] * ASKING
    new = [one.json() for one in answers if one.status_code == 201]
    assert sum(one["state"] == "seated" for one in new) == SEATS
    assert sorted(one["position"] for one in new if one["state"] == "waiting") == list(
        range(1, ASKING - SEATS + 1)
    )
    assert await database.value("SELECT seats_taken FROM course_run") == SEATS
    assert await database.value("SELECT count(*) FROM enrolment WHERE state = 'seated'") == SEATS


async def test_control_without_its_guard_the_rush_oversells(database: Database, servers: Servers) -> None:
    await database.execute("ALTER TABLE course_run DROP CONSTRAINT course_run_seats_taken")
    answers = await rush("unguarded", database, servers)
    assert {one.status_code for one in answers} == {200, 201}
    assert await database.value("SELECT count(*) FROM enrolment WHERE state = 'seated'") > SEATS
