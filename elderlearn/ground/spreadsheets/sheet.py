"""Pure: a sheet before and after its heading was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from elderlearn.ground.spreadsheets.faults import Fault, masked
from elderlearn.ground.spreadsheets.layout import Layout

Value = str | float | int | bool | date | datetime | time | timedelta | None
MOST_ROWS = 200_000
MOST_BYTES = 50 * 1024 * 1024


@dataclass(frozen=True)
class RawSheet:
    """All rows that are not empty with their lines. `merged` are ranges (top, left, bottom, right) from 0."""

    name: str
    rows: list[tuple[int, list[Value]]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    is_workbook: bool = False
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Row:
    """One line of data: what stands in each known column; a column the file does not have is missing here."""

    line: int
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Sheet:
    """A file read. Rows with faults of form are left out of `rows`; `is_readable` is false when the file as a
    whole cannot be read, and then nothing may be written, whatever else is good.

    `name` is the sheet of a workbook that was read, `others` are those that were not.
    """

    layout: Layout
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    places: Mapping[str, int] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    is_workbook: bool = False
    is_readable: bool = True
    name: str = ""
    others: tuple[str, ...] = ()

    def has(self, key: str) -> bool:
        """The file has this column."""
        return key in self.places

    def fault(self, line: int, key: str, value: object, reason: str, also: object = "") -> Fault:
        """A fault of one cell, named as in this file and masked."""
        cell = cell_name(line, self.places[key]) if self.is_workbook and key in self.places else ""
        secret = any(one.key == key and one.is_secret for one in self.layout.columns)
        found = Fault(line, key, str(value), reason, cell, self.headings.get(key, ""), str(also))
        return masked(found, is_secret=secret)


def cell_name(line: int, column: int) -> str:
    """C17 for line 17 and the third column (counted from 0: 2)."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{line}"


def is_empty(value: Value) -> bool:
    """Nothing, or only spaces of any width."""
    return value is None or (isinstance(value, str) and not value.strip(SPACES))


SPACES = " \t\r\n\v\f\xa0\u3000\ufeff\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060"
