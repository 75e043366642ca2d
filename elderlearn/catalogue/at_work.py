"""Venues and teachers that sessions of a district may be given: known, and not ended."""

from __future__ import annotations

from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import value


async def check_venue(venue_id: int | None, district_id: int) -> None:
    """Raises Refusal('unknown_venue'); none is fine."""
    await _check("venue", venue_id, district_id)


async def check_teacher(teacher_id: int | None, district_id: int) -> None:
    """Raises Refusal('unknown_teacher'); none is fine."""
    await _check("teacher", teacher_id, district_id)


async def _check(table: str, id: int | None, district_id: int) -> None:
    if id is not None and not await value(
        f"SELECT true FROM {table} WHERE id = $1 AND district = $2 AND ended_on IS NULL FOR SHARE",
        id,
        district_id,
    ):
        raise Refusal(f"unknown_{table}")
