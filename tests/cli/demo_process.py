"""`elderlearn demo` as a process of its own, for tests that look at it from outside."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

import httpx
import psutil

PATIENCE = 240.0  # seconds; these computers are shared
NAMED = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "PUBLIC_URL", "ELDERLEARN_EMBEDDED", "ELDERLEARN_DATA")
OURSELVES = (sys.executable, "-m", "elderlearn")


def surroundings(**others: str) -> dict[str, str]:
    """The environment of somebody who has set nothing but `others`."""
    return {name: value for name, value in os.environ.items() if name not in NAMED} | others


class Demo:
    """`elderlearn demo` with a small sample, at a free port, in a session of its own."""

    started: ClassVar[list[Demo]] = []

    def __init__(
        self,
        data: Path | None,
        *options: str,
        log: Path | None = None,
        program: Sequence[str] = OURSELVES,
        cwd: Path | None = None,
        env: dict[str, str] | None = None,
    ) -> None:
        self.started.append(self)
        self.log = log or Path(data or "").parent / "log"
        named = ["--data", str(data)] if data else []
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*program, "demo", "--port", "0", "--elders", "60", *named, *options],
                cwd=cwd,
                env=env or surroundings(),
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
