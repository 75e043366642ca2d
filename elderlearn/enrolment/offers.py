"""Pure: until when somebody may think about a seat offered to her."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from elderlearn.ground.clock import SHANGHAI, local

BEFORE_THE_START = timedelta(days=3)
QUIET_FROM, QUIET_TO = time(21), time(8)
MORNING = time(9)
DEFAULT_HOURS = 48
MOST_HOURS = 336


def offer_until(at: datetime, hours: int, starts_at: datetime | None) -> datetime | None:
    """When an offer made at `at` ends; none when it would end within three days of the first session, or after
    it: then the seat is hers at once. Never between 21:00 and 8:00 in Shanghai: at 9:00 of that morning."""
    ends_at = _by_day(at + timedelta(hours=hours))
    if starts_at is not None and ends_at > starts_at - BEFORE_THE_START:
        return None
    return ends_at


def _by_day(moment: datetime) -> datetime:
    there = local(moment)
    if QUIET_TO <= there.time() < QUIET_FROM:
        return moment
    day = there.date() + timedelta(days=int(there.time() >= QUIET_FROM))
    return datetime.combine(day, MORNING, SHANGHAI)
