"""The job that lets go of what is no longer needed, once a night."""

from __future__ import annotations

from typing import Any

from elderlearn.enrolment.forget_lines import forget_lines


async def forget_old_lines(context: dict[Any, Any] | None = None) -> None:
    """Waiting lines and decisions a year after their course; twice is the same."""
    await forget_lines()
