"""The job for the waiting lines: offers nobody answered, lines past their date, shares that fall back, and who
waits beside a free seat (only after a process died between freeing and seating)."""

from __future__ import annotations

import contextlib
from typing import Any

from elderlearn.enrolment.lapse_offers import lapse_offers, void_lines
from elderlearn.enrolment.line import runs_to_serve, serve_line
from elderlearn.ground.errors import Stale


async def serve_lines(context: dict[Any, Any] | None = None) -> None:
    """Every run with a free seat and a line is served; may run twice, a served line stays as it is."""
    await lapse_offers()
    await void_lines()
    for run_id in await runs_to_serve():
        with contextlib.suppress(Stale):  # a line that never holds still must not keep the others waiting
            await serve_line(run_id)
