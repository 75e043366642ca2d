"""Unclear scans that have waited too long: for pages, the notice to leaders, and the gauge."""

from __future__ import annotations

from elderlearn.ground.sql import value

DAYS = 7


async def days_allowed(district_id: int) -> int:
    """How many days one may wait in this district before people are told."""
    found: int | None = await value("SELECT unclear_days FROM district_setting WHERE district = $1", district_id)
    return found or DAYS
