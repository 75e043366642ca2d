"""Pure: the sheets of a workbook, visible ones first. Formulas give the values they were saved with."""

from __future__ import annotations

import io
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum, load_workbook

from elderlearn.ground.spreadsheets.faults import Fault
from elderlearn.ground.spreadsheets.packed import Unsafe, check_packed
from elderlearn.ground.spreadsheets.sheet import RawSheet, Value, is_empty

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # before 2007; a workbook with a password is wrapped in one too
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MOST_SHEETS = 50


def read_xlsx(data: bytes) -> Iterator[RawSheet]:
    """One after the other, so that the right one of many is not the last to be kept in memory.

    Reasons: those of `Unsafe`, password, old_workbook, too_many_sheets.
    """
    if data.startswith(OLD_OFFICE):
        yield _nothing("password" if ENCRYPTED in data else "old_workbook")
        return
    try:
        check_packed(data)
        workbook = load_workbook(io.BytesIO(data))
        sheets = workbook.sheets_metadata
        if len(sheets) > MOST_SHEETS:
            raise Unsafe("too_many_sheets")
        for number in sorted(
            range(len(sheets)), key=lambda one: (sheets[one].visible != SheetVisibleEnum.Visible, one)
        ):
            yield _read(workbook, number)
    except Unsafe as unsafe:
        yield _nothing(unsafe.reason)
    except BaseException as error:  # a panic of the parser is no Exception
        if not _is_of_the_parser(error):
            raise
        yield _nothing("broken_workbook")


def _is_of_the_parser(error: BaseException) -> bool:
    if isinstance(error, CalamineError | ValueError | OSError | OverflowError | EOFError):
        return True
    return type(error).__name__ == "PanicException"


def _nothing(reason: str) -> RawSheet:
    return RawSheet("", [], is_workbook=True, faults=(Fault(0, "", "", reason),))


def _read(workbook: CalamineWorkbook, number: int) -> RawSheet:
    sheet: CalamineSheet = workbook.get_sheet_by_index(number)
    rows: list[tuple[int, list[Value]]] = [
        (line, list(values))
        for line, values in enumerate(sheet.to_python(skip_empty_area=False), 1)
        if not all(is_empty(one) for one in values)
    ]
    merged = tuple((top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ())
    return RawSheet(sheet.name, rows, merged, is_workbook=True)
