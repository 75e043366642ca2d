"""Children started again, stopped in order, and none left behind by a killed supervisor."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

pytestmark = pytest.mark.kill

CHILD = """
import os, signal, sys, time
from pathlib import Path
from elderlearn.ground.leash import end_with
name, folder, leash = sys.argv[1], Path(sys.argv[2]), int(sys.argv[4])
def end(*_):
    with (folder / "ends").open("a") as file: file.write(name + "\\n")
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
end_with(leash)
(folder / f"{name}.{os.getpid()}").touch()
time.sleep(60)
"""
SUPERVISOR = """
import sys
from elderlearn.ground.supervisor import Child, Supervisor
child, folder = sys.argv[1:]
Supervisor([Child(name, [sys.executable, "-c", child, name, folder]) for name in ("web", "worker")]).run()
"""


def started(folder: Path, name: str) -> list[int]:
    return [int(path.suffix[1:]) for path in folder.glob(f"{name}.*")]


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def is_gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


@pytest.fixture
def supervisor(tmp_path: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-c", SUPERVISOR, CHILD, str(tmp_path)])
    wait_until(lambda: bool(started(tmp_path, "web") and started(tmp_path, "worker")))
    return process


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_web_stops_before_the_worker(supervisor: subprocess.Popen[bytes], tmp_path: Path, how: int) -> None:
    supervisor.send_signal(how)
    assert supervisor.wait(10) == 0
    assert (tmp_path / "ends").read_text().split() == ["web", "worker"]


def test_a_killed_child_is_started_again(supervisor: subprocess.Popen[bytes], tmp_path: Path) -> None:
    os.kill(started(tmp_path, "web")[0], signal.SIGKILL)
    wait_until(lambda: len(started(tmp_path, "web")) == 2)
    assert len(started(tmp_path, "worker")) == 1
    supervisor.terminate()
    supervisor.wait(10)


def test_a_killed_supervisor_leaves_no_orphan(supervisor: subprocess.Popen[bytes], tmp_path: Path) -> None:
    supervisor.kill()
    supervisor.wait()
    pids = started(tmp_path, "web") + started(tmp_path, "worker")
    wait_until(lambda: all(is_gone(pid) for pid in pids))
    assert sorted((tmp_path / "ends").read_text().split()) == ["web", "worker"]
