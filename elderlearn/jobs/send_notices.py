"""The job that sends what is due. May run twice, anywhere, at any time: see `notices.send`."""

from __future__ import annotations

import time
from typing import Any

from elderlearn.notices.send import send_due

AT_MOST = 30.0  # seconds; what is left then waits for the next tick


async def send_notices(context: dict[Any, Any] | None = None) -> int:
    """How many notices were tried. Goes on until nothing is due."""
    began = time.monotonic()
    tried = 0
    while found := await send_due():
        tried += found
        if time.monotonic() - began > AT_MOST:
            break
    return tried
