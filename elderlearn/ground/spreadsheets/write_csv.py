"""CSV for spreadsheet programs: every text is a text, also one that looks like a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import IO

from elderlearn.ground.clock import local
from elderlearn.ground.spreadsheets.write_table import Cell, Line, Note, Table, plain

# Programs take a text that begins so for a formula; the full-width signs too, where they are typed by habit.
FORMULA_SIGNS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20|%"
UTF_8, GB18030 = "utf-8-sig", "gb18030"  # with the mark by which Excel knows it; for older programs in China


class CsvWriter:
    """Written as it comes; lines end in CR LF. Both encodings hold all of Unicode."""

    def __init__(self, file: IO[bytes], table: Table, encoding: str = UTF_8) -> None:
        self._text = io.TextIOWrapper(file, encoding=encoding, newline="", write_through=False)
        self._csv = csv.writer(self._text, lineterminator="\r\n")
        if table.mark:
            self._csv.writerow([inert(table.mark)])
        self._csv.writerow([inert(one.title) for one in table.columns])

    def add(self, lines: Iterable[Line]) -> None:
        """Numbers as digits, dates as 2026-11-24, nothing as nothing."""
        self._csv.writerows([_cell(one) for one in line] for line in lines)

    def close(self, notes: Sequence[Note]) -> None:
        """There is no second sheet in a CSV."""
        self._text.flush()
        self._text.detach()


def inert(text: str) -> str:
    """With an apostrophe before it when a program might calculate it."""
    text = plain(text)
    first = text.lstrip(" \u3000\u00a0\ufeff")[:1]
    return "'" + text if first and first in FORMULA_SIGNS else text


def _cell(value: Cell) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, str):
        return inert(value)
    if isinstance(value, datetime):
        return f"{local(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return round(value, 6) if isinstance(value, float) else value
