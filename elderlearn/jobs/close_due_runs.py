"""The job that closes runs after their last session. May run twice: a closed run stays as it is."""

from __future__ import annotations

from typing import Any

from elderlearn.checkin.close_run import close_due


async def close_due_runs(context: dict[Any, Any] | None = None) -> None:
    """Every run whose last session is over is closed; see `checkin.close_run`."""
    await close_due()
