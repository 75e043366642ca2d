"""Workbooks as people make them, for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

import xlsxwriter


def workbook(*sheets: Sequence[Sequence[Any]], merged: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    """One sheet for each list of rows; days and times as real ones; `merged` ranges lie in the first sheet."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "nan_inf_to_errors": True}) as book:
        formats = {
            date: book.add_format({"num_format": "yyyy/m/d"}),
            datetime: book.add_format({"num_format": "yyyy/m/d hh:mm"}),
            time: book.add_format({"num_format": "hh:mm"}),
        }
        for number, rows in enumerate(sheets):
            sheet = book.add_worksheet(f"表{number + 1}")
            for line, values in enumerate(rows):
                for column, value in enumerate(values):
                    if type(value) in formats:
                        sheet.write_datetime(line, column, value, formats[type(value)])
                    elif isinstance(value, str):
                        sheet.write_string(line, column, value)
                    elif value is not None:
                        sheet.write(line, column, value)
            if number == 0:
                for top, left, bottom, right in merged:
                    sheet.merge_range(top, left, bottom, right, rows[top][left])
    return file.getvalue()


def repacked(data: bytes, name: str, content: bytes, *, level: int = 9) -> bytes:
    """The same workbook with one file in it exchanged or added."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as new,
    ):
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, content)
    return made.getvalue()


def csv_of(rows: Sequence[Sequence[Any]], encoding: str = "utf-8") -> bytes:
    """The same rows as CSV."""
    return "".join(",".join("" if one is None else str(one) for one in row) + "\r\n" for row in rows).encode(
        encoding
    )
