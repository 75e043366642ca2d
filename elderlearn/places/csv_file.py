"""Pure: a CSV file as somebody's office program saved it, read into rows that know their line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True)
class BadRow:
    """One fault: the line of the file from 1, the column's name, what stood there, and a stable reason.

    Reasons: see the file that makes them; the sentence belongs to the door.
    """

    line: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class CsvFile:
    """`rows[i]` begins at line `lines[i]`. With faults in `bad` the rows they stand in are left out."""

    rows: list[dict[str, str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)


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


def read_csv(data: bytes, columns: Sequence[str]) -> CsvFile:
    """All rows with `columns`, trimmed; empty lines and further columns are passed over.

    Reasons: not_text, missing_column, column_twice, broken_quotes, too_few_fields, too_many_fields.
    """
    try:
        text = decode(data)
    except UnicodeDecodeError:
        return CsvFile(bad=[BadRow(1, "", "", "not_text")])
    read = CsvFile()
    records = _records(text)
    try:
        _, header = next(records, (1, []))
        names = [name.strip() for name in header]
        read.bad.extend(_faults_of(names, columns))
        if read.bad:
            return read
        for line, fields in records:
            _add(read, line, fields, names, columns)
    except csv.Error as error:
        read.bad.append(BadRow(_line_of(error), "", "", "broken_quotes"))
    return read


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins at: a quoted field may go over several lines."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    while True:
        try:
            fields = next(reader, None)
        except csv.Error as error:
            raise csv.Error(begins) from error
        if fields is None:
            return
        if any(one.strip() for one in fields):
            yield begins, fields
        begins = reader.line_num + 1


def _faults_of(names: list[str], columns: Sequence[str]) -> list[BadRow]:
    faults = [BadRow(1, one, "", "missing_column") for one in columns if one not in names]
    return faults + [BadRow(1, one, one, "column_twice") for one in columns if names.count(one) > 1]


def _add(read: CsvFile, line: int, fields: list[str], names: list[str], columns: Sequence[str]) -> None:
    if len(fields) != len(names):
        reason = "too_few_fields" if len(fields) < len(names) else "too_many_fields"
        read.bad.append(BadRow(line, "", ",".join(fields), reason))
        return
    by_name = dict(zip(names, fields, strict=True))
    read.rows.append({one: by_name[one].strip() for one in columns})
    read.lines.append(line)


def _line_of(error: csv.Error) -> int:
    return error.args[0] if error.args and isinstance(error.args[0], int) else 1
