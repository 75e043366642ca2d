"""Processes that hold the servers and can be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from elderlearn.ground.embedded.process import is_running

HOLD = """
import sys
from pathlib import Path
from elderlearn.ground.embedded import held
with held(Path(sys.argv[1])) as servers:
    print(servers.database_url("owner"), servers.redis_url, flush=True)
    sys.stdin.read()
"""


class Holder:
    """`python -c` holding the servers of a folder until told to let go."""

    def __init__(self, folder: Path, **options: object) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            **options,
        )

    def wait_until_up(self) -> tuple[str, str]:
        """The addresses of database and queue."""
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, "the holder died"
        database, queue = line.split()
        return database, queue

    def let_go(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        assert self.process.wait(30) == 0

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


def postgres_pid(folder: Path) -> int:
    return int((folder / "pg" / "postmaster.pid").read_text().split("\n", 1)[0])


def valkey_pid(folder: Path) -> int:
    return int((folder / "valkey" / "valkey.pid").read_text())


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def wait_for_end(pid: int, program: str) -> None:
    end = time.monotonic() + 10
    while is_running(pid, program):
        assert time.monotonic() < end, f"{program} {pid} still runs"
        time.sleep(0.02)
