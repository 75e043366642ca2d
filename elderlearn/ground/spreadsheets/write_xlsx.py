"""XLSX: a sheet with a frozen head, a sheet that explains it. Nothing in it calculates or leads elsewhere."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import IO, Any

from xlsxwriter import Workbook

from elderlearn.ground.clock import local
from elderlearn.ground.spreadsheets.write_table import Cell, Column, Kind, Line, Note, Table, plain

# One line at a time is in memory; a text is never taken for a formula, a link or a number.
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
MOST_LINES = 1_000_000  # a sheet holds 1,048,576; the next one goes on
LONGEST = 32_767  # signs in one cell
FIRST_YEAR = 1900  # dates before it do not exist in the format
FORMATS: dict[Kind, str] = {
    "text": "@",
    "whole": "#,##0",
    "decimal": "#,##0.0",
    "share": "0.0%",
    "day": "yyyy-mm-dd",
    "moment": "yyyy-mm-dd hh:mm",
}
HEAD = {
    "bold": True,
    "bg_color": "#E3F1EC",
    "font_color": "#0A4438",
    "bottom": 1,
    "text_wrap": True,
    "valign": "top",
}
NOT_IN_TABS = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


class XlsxWriter:
    """The file must be one that can be read back. It is complete after `close`; work for a thread."""

    def __init__(self, file: IO[bytes], table: Table) -> None:
        # What is laid down on the way names people: it goes with the folder, also when nobody comes to the end.
        self._folder = tempfile.TemporaryDirectory(prefix="elderlearn-")
        self._book = Workbook(file, OPTIONS | {"tmpdir": self._folder.name})
        self._table = table
        self._head = self._book.add_format(HEAD)
        self._formats = [self._book.add_format({"num_format": FORMATS[one.kind]}) for one in table.columns]
        self._sheets = 0
        self._begin()

    def add(self, lines: Iterable[Line]) -> None:
        """Numbers as numbers, dates as dates, texts as texts."""
        for line in lines:
            if self._row > MOST_LINES:
                self._end()
                self._begin()
            for number, value in enumerate(line):
                self._write(number, value)
            self._row += 1

    def close(self, notes: Sequence[Note]) -> None:
        """With the sheet that explains."""
        self._end()
        sheet = self._book.add_worksheet(_tab(self._table.notes_name))
        word = self._book.add_format({"bold": True, "valign": "top", "text_wrap": True})
        text = self._book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        sheet.set_column(0, 0, 18)
        sheet.set_column(1, 1, 90)
        for row, note in enumerate(notes):
            sheet.write_string(row, 0, plain(note.word), word)
            sheet.write_string(row, 1, plain(note.text)[:LONGEST], text)
        self._book.close()
        self._folder.cleanup()

    def _begin(self) -> None:
        self._sheets += 1
        name = _tab(self._table.name if self._sheets == 1 else f"{self._table.name[:24]} ({self._sheets})")
        self._sheet = self._book.add_worksheet(name)
        self._row = 1
        self._sheet.freeze_panes(1, 0)
        self._sheet.repeat_rows(0)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)  # A4
        self._sheet.fit_to_pages(1, 0)
        if self._table.mark:
            self._sheet.set_footer(f"&C{plain(self._table.mark).replace('&', '&&')[:200]}")
        columns: Sequence[Column] = self._table.columns
        for number, one in enumerate(columns):
            self._sheet.set_column(number, number, one.signs)
            self._sheet.write_string(0, number, plain(one.title), self._head)

    def _end(self) -> None:
        self._sheet.autofilter(0, 0, self._row - 1, len(self._table.columns) - 1)

    def _write(self, number: int, value: Cell) -> None:
        sheet: Any = self._sheet
        if value is None or value == "":
            return
        if isinstance(value, date) and value.year < FIRST_YEAR:
            value = value.isoformat()[:10]
        if isinstance(value, str):
            sheet.write_string(self._row, number, plain(value)[:LONGEST], self._formats[number])
        elif isinstance(value, datetime):
            sheet.write_datetime(self._row, number, local(value).replace(tzinfo=None), self._formats[number])
        elif isinstance(value, date):
            sheet.write_datetime(self._row, number, value, self._formats[number])
        else:
            sheet.write_number(self._row, number, value, self._formats[number])


def _tab(name: str) -> str:
    """At most 31 signs, none of those a tab may not have."""
    return " ".join(plain(name).translate(NOT_IN_TABS).split())[:31].strip() or "1"
