"""Time: everything stored is aware; everything people read is in Asia/Shanghai."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """This moment, aware, in UTC. The only place that asks the computer's clock."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """The same moment on a wall clock in Shanghai."""
    return moment.astimezone(SHANGHAI)


def date_of(moment: datetime) -> date:
    """The calendar day in Shanghai: what `on_date` stores."""
    return local(moment).date()


def today() -> date:
    """Today in Shanghai."""
    return date_of(now())
