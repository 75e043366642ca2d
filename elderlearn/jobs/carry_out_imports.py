"""The job that checks and writes files sent in. May run twice, anywhere: see `stewardship.imports.carry_out`."""

from __future__ import annotations

import asyncio
from typing import Any

from elderlearn.stewardship.imports.carry_out import carry_out_import, waiting_imports
from elderlearn.stewardship.imports.forget_files import forget_files

AT_ONCE = 2  # a small list beside a long one; all other turns of the worker are for messages

_turns = asyncio.Semaphore(AT_ONCE)


async def carry_out_imports(context: dict[Any, Any] | None = None) -> None:
    """Every run nobody works on, one after the other."""
    if _turns.locked():
        return
    async with _turns:
        for id in await waiting_imports():
            await carry_out_import(id)


async def forget_imported_files(context: dict[Any, Any] | None = None) -> None:
    """Files of people are not kept longer than a week."""
    await forget_files()
