"""Pure: days and clock times as people write them and as spreadsheets keep them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from elderlearn.ground.clock import SHANGHAI
from elderlearn.ground.spreadsheets.sheet import Value

DAY = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?(?:[T\s].*)?", re.S)
COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
YEAR = re.compile(r"((?:19|20)[0-9]{2})\s*年?")
CLOCK = re.compile(r"([0-9]{1,2})\s*[:点时]\s*(?:([0-9]{1,2})\s*分?)?(?::[0-9]{1,2}(?:\.[0-9]+)?)?")
SERIAL_ZERO = date(1899, 12, 30)  # the day 0 of Excel, with its leap day of 1900
FIRST_SERIAL, LAST_SERIAL = 2102, 110_000  # below it a number is a year; the last is in 2201
NOON_TO_MIDNIGHT = ("下午", "晚上", "pm")


def read_day(value: Value) -> date | None:
    """2025-09-01, 2025/9/1, 2025.9.1, the Chinese signs, 20250901, a real date or Excel's number; else none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or not isinstance(value, str | float | int):
        return None
    text = _text(value)
    found = DAY.fullmatch(text) or COMPACT.fullmatch(text)
    if found:
        return _day(int(found[1]), int(found[2]), int(found[3]))
    return _from_serial(text)


def read_year(value: Value) -> int | None:
    """A bare year, as number or text, 1900 to 2099; else none."""
    if isinstance(value, bool) or not isinstance(value, str | float | int):
        return None
    found = YEAR.fullmatch(_text(value))
    return int(found[1]) if found else None


def read_clock(value: Value) -> time | None:
    """9:00, 09:00:00, with the Chinese signs, a real time or Excel's part of a day; else none. To the minute."""
    if isinstance(value, datetime):
        return value.time().replace(second=0, microsecond=0)
    if isinstance(value, time):
        return value.replace(second=0, microsecond=0, tzinfo=None)
    if isinstance(value, timedelta):
        return _part_of_day(value / timedelta(days=1))
    if isinstance(value, bool) or not isinstance(value, str | float | int):
        return None
    if isinstance(value, float | int):
        return _part_of_day(float(value))
    return _clock(_text(value))


def read_moment(value: Value) -> datetime | None:
    """A day, with or without a clock time after it, on the wall in Shanghai; midnight without; else none."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=SHANGHAI)
    day = read_day(int(value) if _is_fraction(value) else value)  # type: ignore[arg-type]
    if day is None:
        return None
    clock = time()
    if isinstance(value, str):
        after = re.split(r"[T\s]+", _text(value), maxsplit=1)
        if len(after) == 2:
            read = _clock(after[1])
            if read is None:
                return None
            clock = read
    elif _is_fraction(value):
        clock = _part_of_day(float(value) % 1) or time()  # type: ignore[arg-type]
    return datetime.combine(day, clock, SHANGHAI)


def _is_fraction(value: Value) -> bool:
    return isinstance(value, float) and abs(value) < LAST_SERIAL and not value.is_integer()


def _text(value: str | float | int) -> str:
    if isinstance(value, str):
        return unicodedata.normalize("NFKC", value[:60]).strip()
    return str(int(value)) if abs(value) < 1e15 and float(value).is_integer() else str(value)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _from_serial(text: str) -> date | None:
    if not re.fullmatch(r"[0-9]{4,6}", text) or not FIRST_SERIAL <= int(text) <= LAST_SERIAL:
        return None
    return SERIAL_ZERO + timedelta(days=int(text))


def _clock(text: str) -> time | None:
    late = next((one for one in NOON_TO_MIDNIGHT if one in text.lower()), "")
    bare = re.sub(r"^\W*|\s*(am|pm)$|^(上午|下午|晚上)\s*", "", text.strip(), flags=re.I)
    found = CLOCK.fullmatch(bare)
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if late and hour < 12:
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _part_of_day(part: float) -> time | None:
    if not 0 <= part < 1:
        return None
    minutes = round(part * 24 * 60)
    return time(minutes // 60, minutes % 60) if minutes < 24 * 60 else None
