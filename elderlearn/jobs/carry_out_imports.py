"""The job that checks and writes files sent in. May run twice, anywhere: see `stewardship.imports.carry_out`."""

from __future__ import annotations

from typing import Any

from elderlearn.stewardship.imports.carry_out import carry_out_import, waiting_imports
from elderlearn.stewardship.imports.forget_files import forget_files


async def carry_out_imports(context: dict[Any, Any] | None = None) -> None:
    """Every run nobody works on, one after the other."""
    for id in await waiting_imports():
        await carry_out_import(id)


async def forget_imported_files(context: dict[Any, Any] | None = None) -> None:
    """Files of people are not kept longer than a week."""
    await forget_files()
