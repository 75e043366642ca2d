"""Pure: holidays as the office pastes them, a line each: `2027-02-16 2027-02-22 Spring Festival`."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from elderlearn.ground.errors import Refusal

LONGEST = timedelta(days=60)  # of one holiday; more is a slip in the year
DAY = r"(\d{4})[-./\u5e74](\d{1,2})[-./\u6708](\d{1,2})\u65e5?"
LINE = re.compile(rf"\s*{DAY}(?:\s*(?:[-~\u2013\u2014\u81f3\u5230,]|\s)\s*{DAY})?[\s,:]*(.*?)\s*")


def read_holidays(pasted: str) -> dict[date, str]:
    """Every day with its name. A line holds a day, or a first and a last day, then the name; spaces, commas,
    tabs (a column of a spreadsheet) and Chinese signs are understood, empty lines are not looked at.

    Raises Refusal('unreadable_holiday') with the `line` (from 1) of the first one that cannot be read.
    """
    found: dict[date, str] = {}
    for number, line in enumerate(unicodedata.normalize("NFKC", pasted).splitlines(), 1):
        if line.strip():
            first, last, name = _read(line, number)
            for offset in range((last - first).days + 1):
                found[first + timedelta(days=offset)] = name
    return found


def _read(line: str, number: int) -> tuple[date, date, str]:
    matched = LINE.fullmatch(line)
    if matched is None or not matched[7]:
        raise Refusal("unreadable_holiday", line=number)
    try:
        first = date(*(int(part) for part in matched.group(1, 2, 3)))
        last = date(*(int(part) for part in matched.group(4, 5, 6))) if matched[4] else first
    except ValueError:
        raise Refusal("unreadable_holiday", line=number) from None
    if not first <= last <= first + LONGEST:
        raise Refusal("unreadable_holiday", line=number)
    return first, last, matched[7]
