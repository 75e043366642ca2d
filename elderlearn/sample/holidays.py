"""The days off of one year, so that a class planned in the sample leaves them out; each says that it is sample."""

from __future__ import annotations

from datetime import date, timedelta

from elderlearn.catalogue.holidays import add_holidays
from elderlearn.ground.actor import Actor
from elderlearn.sample.words import words


async def write_holidays(district: int, *, by: Actor) -> None:
    """Those of 2026, weekends joined to them included; a second time nothing changes."""
    days: dict[date, str] = {}
    for first, many, name in words()["holidays"]:
        start = date.fromisoformat(first)
        days |= {start + timedelta(days=number): name for number in range(many)}
    await add_holidays(district, days, by=by)
