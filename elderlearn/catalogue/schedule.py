"""Pure: when a run meets, and what one attendance is worth."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from elderlearn.ground.clock import SHANGHAI, date_of
from elderlearn.ground.errors import Refusal

MOST_SESSIONS = 400  # a daily class over a year; more is a slip of the keyboard
LONGEST = timedelta(hours=24)
MOST_CREDITED = 600  # minutes a session may be worth: ten hours, an outing of a whole day
DROP_IN_MINUTES = 90  # domain.md section 2
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class Times:
    """When one session starts and ends; both aware."""

    starts_at: datetime
    ends_at: datetime

    @property
    def on_date(self) -> date:
        """The day it counts for: the one it starts on, in Shanghai."""
        return date_of(self.starts_at)

    @property
    def minutes(self) -> int:
        """Its length, whole minutes, at least 1."""
        return max(1, int((self.ends_at - self.starts_at).total_seconds() // 60))


def weekly_sessions(
    *,
    weekdays: Collection[int],
    from_on: date,
    to_on: date,
    starts: time,
    minutes: int,
    skipped: Collection[date] = (),
) -> list[Times]:
    """The sessions of a term, in order: every one of these weekdays (Monday is 0), both ends included.

    `starts` is the clock in Shanghai; days in `skipped` (holidays) have none.
    Raises Refusal('invalid_sessions') when nothing is left, or the result could not be a run.
    """
    if not 0 < minutes <= LONGEST.total_seconds() // 60:
        raise Refusal("invalid_sessions", reason="length")
    found = []
    for day in _days(from_on, to_on):
        if day.weekday() in weekdays and day not in skipped:
            start = datetime.combine(day, starts, tzinfo=SHANGHAI).astimezone(UTC)
            found.append(Times(start, start + timedelta(minutes=minutes)))
    check_sessions(found)
    return found


def check_sessions(sessions: Collection[Times]) -> None:
    """Raises Refusal('invalid_sessions') for none, too many, a session that ends before it starts or after
    a day and a night, times without offset, or years nobody here can mean."""
    if not sessions:
        raise Refusal("invalid_sessions", reason="none")
    if len(sessions) > MOST_SESSIONS:
        raise Refusal("invalid_sessions", reason="too_many", most=MOST_SESSIONS)
    for number, one in enumerate(sessions):
        reason = _what_is_wrong(one)
        if reason:
            raise Refusal("invalid_sessions", reason=reason, number=number)


def credited_minutes(*, entry: str, chosen: int | None, length: int) -> int:
    """What one attendance is worth, in minutes, at most 600.

    What the run chose; else 90 for drop-in, where people come and go, and the length for everything else.
    """
    if chosen is not None:
        return min(chosen, MOST_CREDITED)
    return DROP_IN_MINUTES if entry == "drop_in" else min(length, MOST_CREDITED)


def _days(first: date, last: date) -> Iterator[date]:
    """At most four years of them: a slip in the year must not cost minutes."""
    for offset in range(min((last - first).days + 1, 4 * 366)):
        yield first + timedelta(days=offset)


def _what_is_wrong(times: Times) -> str | None:
    if times.starts_at.tzinfo is None or times.ends_at.tzinfo is None:
        return "no_offset"
    if times.ends_at <= times.starts_at:
        return "ends_before_start"
    if times.ends_at - times.starts_at > LONGEST:
        return "too_long"
    if not all(FIRST_YEAR <= date_of(moment).year <= LAST_YEAR for moment in (times.starts_at, times.ends_at)):
        return "year"
    return None
