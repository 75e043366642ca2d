"""Files that are given away: what looks like a formula stays a text, numbers stay numbers, nothing is lost."""

from __future__ import annotations

import csv
import gc
import io
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from elderlearn.ground.spreadsheets import write_xlsx
from elderlearn.ground.spreadsheets.write_csv import GB18030, UTF_8, CsvWriter
from elderlearn.ground.spreadsheets.write_table import Cell, Column, Line, Note, Table
from elderlearn.ground.spreadsheets.write_xlsx import XlsxWriter

TABLE = Table(
    "People: [1/2]",
    "Notes",
    [
        Column("Name"), Column("Visits", "whole"), Column("Rate", "share"), Column("Since", "day"),
        Column("At", "moment"),
    ],
)  # fmt: skip
FACTS: Line = (12, 0.2146, date(2026, 3, 1), datetime(2026, 3, 1, 20, 30, tzinfo=UTC))
HOSTILE = [
    "=1+1", "+8613800138000", "-1", "@SUM(A1)", "\t=1+1", "\r=1", "\n=1", " =1+1", "\u3000=1", "\uff1d1+1",
    "\uff0b1", "\uff0d1", "\uff20x", "|calc", "%0A=1", '=HYPERLINK("http://x","y")',
]  # fmt: skip
RARE = [
    "\U00020bb7\u91ce\u5bb6",
    "\U0002c029\u4dae\u3a2b",
    "\ue1c3",
    "\u01f9\U0001f600",
    "007",
    "http://example.org",
]


def as_csv(lines: list[Line], encoding: str) -> list[list[str]]:
    file = io.BytesIO()
    writer = CsvWriter(file, TABLE, encoding)
    writer.add(lines)
    writer.close([])
    return list(csv.reader(io.StringIO(file.getvalue().decode(encoding), newline="")))


def as_xlsx(lines: list[Line], notes: list[Note]) -> dict[str, list[list[Any]]]:
    file = io.BytesIO()
    writer = XlsxWriter(file, TABLE)
    writer.add(lines)
    writer.close(notes)
    file.seek(0)
    book = CalamineWorkbook.from_filelike(file)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.mark.parametrize("encoding", [UTF_8, GB18030])
def test_no_text_in_a_csv_is_a_formula_and_numbers_are_numbers(encoding: str) -> None:
    rows = as_csv([(name, *FACTS) for name in HOSTILE], encoding)
    assert rows[0] == ["Name", "Visits", "Rate", "Since", "At"]
    assert [row[0] for row in rows[1:]] == ["'" + name for name in HOSTILE]
    assert rows[1][1:] == ["12", "0.2146", "2026-03-01", "2026-03-02 04:30"]
    assert as_csv([("x", -3, -0.5, None, None)], encoding)[1] == ["x", "-3", "-0.5", "", ""]


@pytest.mark.parametrize("encoding", [UTF_8, GB18030])
def test_rare_characters_come_back_from_both_encodings(encoding: str) -> None:
    assert [row[0] for row in as_csv([(name, *FACTS) for name in RARE], encoding)[1:]] == RARE


@given(st.text(max_size=30))
def test_whatever_is_typed_comes_back_from_gb18030_or_with_one_apostrophe_before_it(text: str) -> None:
    kept = text.replace("\0", "")
    assert as_csv([(text, *FACTS)], GB18030)[1][0] in (kept, "'" + kept)


def test_a_workbook_holds_texts_numbers_dates_and_what_is_told_about_them() -> None:
    sheets = as_xlsx([(name, *FACTS) for name in HOSTILE + RARE], [Note("Rule", "=twelve days")])
    assert list(sheets) == ["People 1 2", "Notes"]
    rows = sheets["People 1 2"]
    assert [row[0] for row in rows[1:]] == HOSTILE + RARE
    assert rows[1][1:] == [12.0, 0.2146, date(2026, 3, 1), datetime(2026, 3, 2, 4, 30)]
    assert sheets["Notes"] == [["Rule", "=twelve days"]]


def test_more_lines_than_a_sheet_holds_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write_xlsx, "MOST_LINES", 3)
    sheets = as_xlsx([(str(number), *FACTS) for number in range(7)], [])
    assert [name for name in sheets if name != "Notes"] == ["People 1 2", "People 1 2 (2)", "People 1 2 (3)"]
    assert [row[0] for name in sheets if name != "Notes" for row in sheets[name][1:]] == [str(n) for n in range(7)]


def test_a_file_that_is_given_up_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    writer = XlsxWriter(io.BytesIO(), TABLE)
    writer.add([("\u8d75\u7f8e\u5170", *FACTS)] * 2000)
    assert list(tmp_path.rglob("*"))
    del writer
    gc.collect()
    as_xlsx([("\u8d75\u7f8e\u5170", *FACTS)], [])
    assert not list(tmp_path.rglob("*"))


def test_a_day_before_the_format_begins_and_a_text_longer_than_a_cell() -> None:
    long: Cell = "x" * 40_000
    rows = as_xlsx([(long, None, None, date(1899, 5, 1), None)], [])["People 1 2"]
    assert len(rows[1][0]) == 32_767 and rows[1][3] == "1899-05-01"
