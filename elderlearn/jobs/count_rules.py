"""The job that opens school years, counts what proposed rules would change, and fills periods of approved ones."""

from __future__ import annotations

import asyncio
from typing import Any

from elderlearn.ground.clock import today
from elderlearn.participation.fill_periods import fill_periods
from elderlearn.participation.rule_preview import count_previews
from elderlearn.places.periods import open_school_years

_turn = asyncio.Semaphore(1)


async def count_rules(context: dict[Any, Any] | None = None) -> None:
    """Everything that waits; a second one beside it in this process has nothing to do."""
    if _turn.locked():
        return
    async with _turn:
        await open_school_years(today())
        await count_previews()
        await fill_periods()
