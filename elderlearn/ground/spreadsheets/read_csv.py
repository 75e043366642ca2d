"""Pure: a CSV file as somebody's office program saved it, record by record with the line each begins at."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from elderlearn.ground.spreadsheets.faults import Fault
from elderlearn.ground.spreadsheets.sheet import MOST_ROWS, RawSheet, Value, is_empty

BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
LOOKED_AT = 4096  # characters in which the separator shows itself


def decode(data: bytes) -> str:
    """UTF-8 with or without mark, UTF-16 with mark, else GB18030 (what Chinese Excel saves).

    Raises UnicodeDecodeError when it is none of them.
    """
    for mark, encoding in BOMS.items():
        if data.startswith(mark):
            return data.decode(encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def read_csv(data: bytes) -> RawSheet:
    """All records that are not empty. Separated by commas, or by tabs or semicolons when these are more.

    Reasons: not_a_spreadsheet, not_text, broken_quotes, too_many_rows.
    """
    try:
        text = decode(data)
    except UnicodeDecodeError:
        return _nothing("not_text")
    if "\0" in text:
        return _nothing("not_a_spreadsheet")
    rows: list[tuple[int, list[Value]]] = []
    try:
        for line, fields in _records(text):
            rows.append((line, list(fields)))
            if len(rows) > MOST_ROWS + 100:
                return _nothing("too_many_rows", str(MOST_ROWS))
    except csv.Error as error:
        return RawSheet("", rows, faults=(Fault(_line_of(error), "", "", "broken_quotes"),))
    return RawSheet("", rows)


def _nothing(reason: str, also: str = "") -> RawSheet:
    return RawSheet("", [], faults=(Fault(0, "", "", reason, also=also),))


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins at: a quoted field may go over several lines."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    begins = 1
    while True:
        try:
            fields = next(reader, None)
        except csv.Error as error:
            raise csv.Error(begins) from error
        if fields is None:
            return
        if not all(is_empty(one) for one in fields):
            yield begins, fields
        begins = reader.line_num + 1


def _separator(text: str) -> str:
    beginning = text[:LOOKED_AT]
    return max(",\t;", key=beginning.count)  # the first of equals: a comma


def _line_of(error: csv.Error) -> int:
    return error.args[0] if error.args and isinstance(error.args[0], int) else 1
