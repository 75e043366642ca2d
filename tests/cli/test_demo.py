"""The demo from the outside: ready, killed piece by piece, stopped, started again with its data."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

import httpx
import psutil
import pytest

from elderlearn.ground.embedded import reset
from elderlearn.ground.embedded.ask import ask
from elderlearn.ground.embedded.process import is_running
from tests.ground.embedded.holders import postgres_pid, valkey_pid

pytestmark = pytest.mark.kill
PATIENCE = 240.0  # seconds; these computers are shared
NAMED = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "PUBLIC_URL", "ELDERLEARN_EMBEDDED", "ELDERLEARN_DATA")


class Demo:
    """`elderlearn demo` with a small sample, at a free port, in a session of its own."""

    started: ClassVar[list[Demo]] = []

    def __init__(self, data: Path, *options: str) -> None:
        self.started.append(self)
        self.log = data.parent / "log"
        environment = {name: value for name, value in os.environ.items() if name not in NAMED}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "elderlearn", "demo", "--port", "0", "--elders", "60", "--data", str(data)]
                + list(options),
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_until(lambda: self.process.poll() is not None or self.address() is not None)
        assert self.process.poll() is None, self.log.read_text()

    def address(self) -> str | None:
        """As printed, once it is ready."""
        found = re.findall(r"elderlearn is ready:\s+(\S+)", self.log.read_text())
        return found[-1] if found else None

    def is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.address()}/readyz", timeout=5, verify=False).status_code == 200
        except httpx.HTTPError:
            return False

    def children(self) -> list[tuple[str, psutil.Process]]:
        """Web processes and the worker, as (web or work, process)."""
        found = []
        for child in psutil.Process(self.process.pid).children():
            with contextlib.suppress(psutil.Error):
                found += [(role, child) for role in ("web", "work") if role in child.cmdline()[3:5]]
        return sorted(found, key=lambda one: one[0])

    def is_whole(self) -> bool:
        """Two web processes and a worker run, and the pages answer."""
        return [role for role, _ in self.children()] == ["web", "web", "work"] and self.is_ready()

    def stop(self, how: int = signal.SIGINT) -> None:
        """As Ctrl-C does."""
        self.process.send_signal(how)
        self.process.wait(PATIENCE)
        self.log.unlink()


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


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
