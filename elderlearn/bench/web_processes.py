"""Web processes of the bench: started exactly as `serve` starts them, each with a port of its own.

Its own, because keep-alive connections stay where they were accepted: the client deals them out evenly.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from elderlearn.ground.servers import ServersFailed

PRODUCT, FLOOR = "elderlearn.app:create_app", "elderlearn.bench.floor.app:create_app"
HOW_MANY = 2
BACKLOG = 512
PATIENCE = 60  # seconds until they answer


@dataclass(frozen=True)
class Web:
    """Where the processes listen, and who they are."""

    addresses: tuple[tuple[str, int], ...]
    pids: tuple[int, ...]

    def memory(self) -> int:
        """MB of the largest process: its own pages and its share of what it shares; 0 where nobody can tell."""
        return max(map(_megabytes, self.pids))


@asynccontextmanager
async def web_processes(app: str, how_many: int = HOW_MANY) -> AsyncIterator[Web]:
    """They answer when the block begins and are gone when it ends, also when we are killed."""
    reading, writing = os.pipe()
    running: list[subprocess.Popen[bytes]] = []
    addresses: list[tuple[str, int]] = []
    try:
        for _ in range(how_many):
            with socket.create_server(("127.0.0.1", 0), backlog=BACKLOG) as listener:
                addresses.append(listener.getsockname())
                running.append(_start(app, listener.fileno(), reading))
        await asyncio.wait_for(asyncio.gather(*map(_until_it_answers, addresses)), PATIENCE)
        yield Web(tuple(addresses), tuple(one.pid for one in running))
    finally:
        os.close(writing)
        os.close(reading)
        for one in running:
            one.terminate()
        for one in running:
            one.wait()


def _start(app: str, listening: int, leash: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-m", "elderlearn", "web", "--app", app]
    command += ["--socket", str(listening), "--leash", str(leash)]
    return subprocess.Popen(
        command, pass_fds=(listening, leash), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )


async def _until_it_answers(address: tuple[str, int]) -> None:
    """Only the process itself holds the socket: when it dies young, the line breaks at once."""
    try:
        reader, writer = await asyncio.open_connection(*address)
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n")
        status = await reader.readline()
        writer.close()
    except ConnectionError:
        status = b""
    if b" 200 " not in status:
        raise ServersFailed(f"A web process of the bench does not answer: {status.decode(errors='replace')}")


def _megabytes(pid: int) -> int:
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pss:")) // 1024
