"""`elderlearn bench`, tiny: all five measured, their answers verified, and nothing left behind."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest
import redis

from elderlearn.bench.hall import put
from elderlearn.bench.measured import WrongAnswers
from elderlearn.bench.own_database import NAME
from elderlearn.bench.web_processes import Web
from elderlearn.cli import bench
from elderlearn.ground.embedded import Servers
from tests.conftest import NOT_OURS, Database

TINY = ("--elders", "300", "--seconds", "0.1")
FIVE = ("scan_online", "scan_batch", "enrol_rush", "report_district", "catalogue_page")  # of the contract
NAMES = [*FIVE, "enrol_full"]


async def test_all_have_a_floor_and_the_installation_is_as_it_was(
    database: Database, servers: Servers, data_folder: Path
) -> None:
    assert bench.NAMES == FIVE  # what is measured when nothing is named
    before = await _databases(servers), _keys(data_folder)
    ran = await _bench("--json", *NAMES, *TINY, "--data", str(data_folder))
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert [one["name"] for one in told] == NAMES
    for one in told:
        assert set(one) == {"name", "unit", "value", "floor", "ratio"}
        assert one["value"] > 0 and one["floor"] > 0 and one["ratio"] > 0
    assert (await _databases(servers), _keys(data_folder)) == before
    assert NAME not in before[0]
    assert await database.value("SELECT count(*) FROM resident") == 0
    with redis.Redis.from_url(f"{servers.redis_url}?db=15") as queue:
        assert queue.dbsize() == 0


async def test_the_growth_curve_is_measured_in_databases_that_are_gone_afterwards(
    database: Database, servers: Servers, data_folder: Path
) -> None:
    before = await _databases(servers), _keys(data_folder)
    ran = await _bench("--growth", "--elders", "900", "--json", "--data", str(data_folder))
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert [(one["elders"], one["attendances"]) for one in told] == [(900, 22_500)]
    assert all(one["name"] == "report_district" and one["value"] > 0 and one["floor"] > 0 for one in told)
    assert (await _databases(servers), _keys(data_folder)) == before
    assert await database.value("SELECT count(*) FROM tally") == 0


async def test_answers_that_are_wrong_are_no_measurement() -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 422 No\r\ncontent-length: 6\r\n\r\nclosed")

    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as server:
        web = Web((server.sockets[0].getsockname(),), ())
        with pytest.raises(WrongAnswers, match=r"422: 1.*closed"):
            await put(web, [b"GET / HTTP/1.1\r\n\r\n"], status=200)


async def _bench(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "elderlearn", "bench", *words]
    clean = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    return await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, check=False, env=clean)


async def _databases(servers: Servers) -> list[str]:
    connection = await asyncpg.connect(servers.database_url("admin", "postgres"))
    try:
        return [one["datname"] for one in await connection.fetch("SELECT datname FROM pg_database ORDER BY 1")]
    finally:
        await connection.close()


def _keys(data_folder: Path) -> list[str]:
    return sorted(one.name for one in data_folder.glob("keys/*"))
