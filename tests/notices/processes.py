"""Runs senders as processes of their own: `python -m tests.notices.processes LOG`."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from elderlearn.ground.connection import open_pool
from elderlearn.notices.outcomes import Outcome
from elderlearn.notices.send import send_due

ROOT = Path(__file__).resolve().parents[2]


class Logging:
    """Writes each send to a file that several processes share, then takes its time."""

    name = "pretend"
    batch = 20
    is_idempotent = True
    keeps_text = False

    def __init__(self, log: Path, takes: float) -> None:
        self.log, self.takes = log, takes

    async def send(self, *, notice_id: int, address: str, text: str) -> Outcome:
        with self.log.open("a") as file:
            file.write(f"{notice_id}\n")
        await asyncio.sleep(self.takes)
        return Outcome.SENT


async def start_sender(log: Path, *, takes: float = 0.02) -> asyncio.subprocess.Process:
    """A worker that sends until nothing is due, holding each batch for `takes` seconds."""
    words = ("-m", "tests.notices.processes", str(log), str(takes))
    return await asyncio.create_subprocess_exec(sys.executable, *words, cwd=ROOT, env=dict(os.environ))


async def _send_all(log: Path, takes: float) -> None:
    async with open_pool(4):
        while await send_due(gateway=Logging(log, takes)):
            pass


if __name__ == "__main__":
    asyncio.run(_send_all(Path(sys.argv[1]), float(sys.argv[2])))
