"""The job that closes runs after their last session. May run twice: a closed run stays as it is."""

from __future__ import annotations

from typing import Any


async def close_due_runs(context: dict[Any, Any] | None = None) -> int:
    """How many runs were closed."""
    from elderlearn.checkin.close_run import close_due

    return len(await close_due())
