"""A child ends when the pipe of its supervisor closes: even `kill -9` of the supervisor leaves no orphan."""

from __future__ import annotations

import os
import signal
import threading
import time

GRACE = 20.0


def end_with(leash: int) -> None:
    """From now on this process gets SIGTERM when the other end of the pipe `leash` closes, and `GRACE`
    seconds later the end without asking."""
    os.set_inheritable(leash, False)
    threading.Thread(target=_wait, args=(leash,), name="leash", daemon=True).start()


def _wait(leash: int) -> None:
    while os.read(leash, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)
