"""Pure: any file somebody may send, read by what it is and not by its name."""

from __future__ import annotations

from collections.abc import Iterable

from elderlearn.ground.spreadsheets.faults import Fault, masked
from elderlearn.ground.spreadsheets.find_header import Header, faults_of, find_header
from elderlearn.ground.spreadsheets.layout import Layout, plain
from elderlearn.ground.spreadsheets.merged import fill_merged
from elderlearn.ground.spreadsheets.read_csv import read_csv
from elderlearn.ground.spreadsheets.read_xlsx import OLD_OFFICE, read_xlsx
from elderlearn.ground.spreadsheets.sheet import (
    MOST_BYTES,
    MOST_ROWS,
    RawSheet,
    Row,
    Sheet,
    Value,
    cell_name,
    is_empty,
)

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
PICTURES_AND_OTHERS = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"%PDF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
)
MARKS, OPENING = ("sample", "示例"), ("(", "（")


def read_sheet(data: bytes, layout: Layout) -> Sheet:
    """The first sheet that has the columns, with every fault of form; never raises, whatever the bytes.

    Reasons of the whole file (line 0): empty_file, too_big, not_a_spreadsheet, not_text, old_workbook, password,
    broken_workbook, zip_bomb, too_wide, too_many_sheets, too_many_rows, no_rows, no_header. Of its heading:
    missing_column, column_twice. Of rows: broken_quotes, too_few_fields, too_many_fields, merged_cells,
    sample_row.
    """
    if not data.strip():
        return _unreadable(layout, [Fault(0, "", "", "empty_file")])
    if len(data) > MOST_BYTES:
        return _unreadable(layout, [Fault(0, "", "", "too_big", also=str(MOST_BYTES // 1024 // 1024))])
    if data.startswith(PICTURES_AND_OTHERS):
        return _unreadable(layout, [Fault(0, "", "", "not_a_spreadsheet")])
    is_workbook = data.startswith((*ZIP, OLD_OFFICE))
    return _best(read_xlsx(data) if is_workbook else [read_csv(data)], layout)


def _unreadable(layout: Layout, faults: Iterable[Fault], *, name: str = "", is_workbook: bool = False) -> Sheet:
    return Sheet(
        layout, faults=[masked(one) for one in faults], is_readable=False, name=name, is_workbook=is_workbook
    )


def _best(sheets: Iterable[RawSheet], layout: Layout) -> Sheet:
    """The first whose heading is complete; else the one that has most of it, to say what is missing there."""
    chosen: tuple[RawSheet, Header] | None = None
    names: list[str] = []
    for raw in sheets:
        if raw.faults and not raw.rows:
            return _unreadable(layout, raw.faults, is_workbook=raw.is_workbook)
        if not raw.rows:
            continue
        names.append(raw.name)
        if chosen is not None and chosen[1].is_complete:
            continue
        header = find_header(raw, layout)
        if chosen is None or header.worth > chosen[1].worth:
            chosen = raw, header
    if chosen is None:
        return _unreadable(layout, [Fault(0, "", "", "no_rows")])
    raw, header = chosen
    others = tuple(one for one in names if one != raw.name)
    return _sheet(raw, header, layout, others)


def _sheet(raw: RawSheet, header: Header, layout: Layout, others: tuple[str, ...]) -> Sheet:
    faults = faults_of(header, raw, layout)
    if faults:
        return _unreadable(layout, [*faults, *raw.faults], name=raw.name, is_workbook=raw.is_workbook)
    raw, header = fill_merged(raw, header)
    headings = {key: str(header.fields[place]).strip() for key, place in header.places.items()}
    sheet = Sheet(
        layout, [], [*raw.faults], header.places, headings, raw.is_workbook, not raw.faults, raw.name, others
    )
    body = [one for one in raw.rows if one[0] > header.line]
    if len(body) > MOST_ROWS:
        return _unreadable(layout, [Fault(0, "", "", "too_many_rows", also=str(MOST_ROWS))])
    if not body:
        return _unreadable(layout, [Fault(0, "", "", "no_rows")], name=raw.name, is_workbook=raw.is_workbook)
    for line, fields in body:
        _add(sheet, line, fields, header)
    return sheet


def _add(sheet: Sheet, line: int, fields: list[Value], header: Header) -> None:
    reason = header.reason_of(line, fields)
    known = {key: fields[place] for key, place in header.places.items() if place < len(fields)}
    if not reason and all(is_empty(one) for one in known.values()):
        return  # only remarks beside the table
    if not reason and any(_is_sample(one) for one in known.values()):
        reason = "sample_row"
    if reason:
        said = ",".join("" if one is None else str(one) for one in fields)
        cell = cell_name(line, header.across[line]) if line in header.across else ""
        sheet.faults.append(masked(Fault(line, "", said, reason, cell)))
    else:
        sheet.rows.append(Row(line, known))


def _is_sample(value: Value) -> bool:
    """Marked as in our templates: a bracket with the word."""
    return isinstance(value, str) and value.startswith(OPENING) and plain(value[1:8]).startswith(MARKS)
