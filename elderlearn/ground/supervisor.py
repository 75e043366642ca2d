"""Keeping a few processes of our own alive: started again when they die, stopped in order at the end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

TICK = 0.1
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 10.0
GROWN_UP = 10.0  # seconds after which a child counts as healthy and its next pause is short again
GRACE = 15.0


@dataclass
class Child:
    """One process to keep. Its command gets `--leash N` behind: the pipe that ends it with us."""

    name: str
    command: Sequence[str]
    pass_fds: Sequence[int] = ()
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    due: float = 0.0
    pause: float = FIRST_PAUSE

    def start(self, leash: int) -> None:
        """In a session of its own: Ctrl-C reaches the supervisor only, which then stops all in order."""
        self.process = subprocess.Popen(
            [*self.command, "--leash", str(leash)],
            pass_fds=(leash, *self.pass_fds),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.started = time.monotonic()

    def note_death(self) -> None:
        """Plan the next start, later each time it dies young."""
        if self.process is None or self.process.poll() is None:
            return
        lived = time.monotonic() - self.started
        self.pause = FIRST_PAUSE if lived > GROWN_UP else min(self.pause * 2, LONGEST_PAUSE)
        self.due = time.monotonic() + self.pause
        code = self.process.returncode
        print(f"{self.name} ended ({code}), starting it again.", file=sys.stderr, flush=True)
        self.process = None

    def signal(self, how: signal.Signals) -> None:
        """Tell it, if it still runs."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)


@dataclass
class Supervisor:
    """`children` are stopped in the order given; `watch` runs about once a second, to look after servers."""

    children: list[Child]
    watch: Callable[[], None] | None = None
    _asked_to_stop: int = field(default=0, init=False)

    def run(self) -> None:
        """Until SIGINT or SIGTERM; then everything is stopped. A second signal kills at once."""
        reading, writing = os.pipe()
        before = {how: signal.signal(how, self._ask_to_stop) for how in (signal.SIGINT, signal.SIGTERM)}
        try:
            self._keep_alive(reading)
        finally:
            for child in self.children:
                self._stop(child)
            os.close(writing)
            os.close(reading)
            for how, handler in before.items():
                signal.signal(how, handler)

    def _ask_to_stop(self, how: int, frame: FrameType | None) -> None:
        self._asked_to_stop += 1

    def _keep_alive(self, leash: int) -> None:
        look_again = time.monotonic() + 1
        while not self._asked_to_stop:
            for child in self.children:
                child.note_death()
                if child.process is None and time.monotonic() >= child.due:
                    child.start(leash)
            if self.watch and time.monotonic() >= look_again:
                self.watch()
                look_again = time.monotonic() + 1
            time.sleep(TICK)

    def _stop(self, child: Child) -> None:
        child.signal(signal.SIGTERM)
        end = time.monotonic() + GRACE
        while child.process and child.process.poll() is None:
            if time.monotonic() > end or self._asked_to_stop > 1:
                child.signal(signal.SIGKILL)
            time.sleep(0.02)
