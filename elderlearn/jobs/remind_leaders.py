"""The job that reminds leaders of unclear scans. May run twice: nobody is told twice in one week."""

from __future__ import annotations

from typing import Any

from elderlearn.checkin.remind_of_unclear import remind_of_unclear


async def remind_leaders(context: dict[Any, Any] | None = None) -> None:
    """Whose scans wait longer than their district allows; see `checkin.remind_of_unclear`."""
    await remind_of_unclear()
