"""The job that seats who waits beside a free seat: only after a process died between freeing and seating."""

from __future__ import annotations

from typing import Any

from elderlearn.enrolment.line import runs_to_serve, serve_line


async def serve_lines(context: dict[Any, Any] | None = None) -> None:
    """Every run with a free seat and a line is served; may run twice, a served line stays as it is."""
    for run_id in await runs_to_serve():
        await serve_line(run_id)
