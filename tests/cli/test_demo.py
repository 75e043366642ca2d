"""The demo from the outside: ready, killed piece by piece, stopped, started again with its data."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from elderlearn.ground.embedded import reset
from elderlearn.ground.embedded.ask import ask
from elderlearn.ground.embedded.process import is_running
from tests.cli.demo_process import Demo, wait_until
from tests.ground.embedded.holders import postgres_pid, valkey_pid

pytestmark = pytest.mark.kill


@pytest.fixture
def data() -> Iterator[Path]:
    parent = Path(tempfile.mkdtemp(prefix="el demo ", dir="/tmp"))
    yield parent / "data"
    for demo in Demo.started:
        if demo.process.poll() is None:
            demo.stop()
    Demo.started.clear()
    reset(parent / "data")
    shutil.rmtree(parent)


def residents(data: Path) -> int:
    sockets = (data / "sockets").read_text().strip()
    return int(
        ask(f"postgresql://postgres@/elderlearn?host={sockets}&port=5432", "SELECT count(*) FROM resident")[0]
    )


def test_any_part_may_be_killed_and_a_second_start_keeps_the_data(data: Path) -> None:
    demo = Demo(data)
    before = residents(data)
    assert before >= 60
    assert demo.is_whole()
    pids = [postgres_pid(data), valkey_pid(data), *(child.pid for _, child in demo.children())]
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not set(pids) & {child.pid for _, child in demo.children()} and demo.is_whole())
    assert residents(data) == before

    servers = postgres_pid(data), valkey_pid(data)
    demo.stop()
    assert not is_running(servers[0], "postgres")
    assert not is_running(servers[1], "valkey-server")

    again = Demo(data)
    assert again.is_ready()
    assert residents(data) == before
    left = [
        *(child for _, child in again.children()),
        *map(psutil.Process, (postgres_pid(data), valkey_pid(data))),
    ]
    again.stop(signal.SIGKILL)
    wait_until(lambda: not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in left))


def test_over_tls_and_beside_another_command(data: Path) -> None:
    demo = Demo(data, "--tls", "--host", "127.0.0.1", "--workers", "1")
    assert str(demo.address()).startswith("https://127.0.0.1:")
    assert demo.is_ready()
    beside = subprocess.run(
        [sys.executable, "-m", "elderlearn", "migrate", "--data", str(data)], capture_output=True, text=True
    )
    assert "No migrations need" in beside.stdout
    port = str(demo.address()).rpartition(":")[2]
    second = subprocess.run(
        [sys.executable, "-m", "elderlearn", "demo", "--port", port, "--data", str(data)],
        capture_output=True,
        text=True,
    )
    assert second.returncode == 1
    assert second.stderr == f"Error: Port {port} is taken; choose another with --port.\n"
    assert demo.is_ready()
    demo.stop(signal.SIGTERM)
