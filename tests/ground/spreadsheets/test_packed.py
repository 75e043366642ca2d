"""A workbook made to break whoever reads it: wherever its sheets lie, whatever they are called.

Laid out, each of these would take hundreds of gigabytes, and the reader ends the whole process then.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from elderlearn.ground.spreadsheets import packed
from elderlearn.ground.spreadsheets.packed import Unsafe, check_packed
from tests.ground.spreadsheets.workbooks import repacked, workbook

SHEET = "xl/worksheets/sheet1.xml"
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
FAR = HEAD + b'<row r="1"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
BY_ROW = (
    HEAD
    + b'<row r="1"><c r="XFD1"><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row></sheetData></worksheet>'
)
BESIDE = HEAD + b'<row r="999999"><c r="A999999"/>' + b"<c><v>1</v></c>" * 9 + b"</row></sheetData></worksheet>"
HONEST = workbook([["姓名"], ["王秀英"]])


def renamed(data: bytes, rename: Callable[[str], str]) -> bytes:
    """The same with other names inside, also where the workbook says where its sheets lie."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            inside = old.read(one)
            if one.endswith("workbook.xml.rels"):
                inside = inside.replace(SHEET[3:].encode(), rename(SHEET)[3:].encode())
            new.writestr(rename(one), inside)
    return made.getvalue()


@pytest.mark.parametrize(
    "called",
    [
        SHEET,
        "xl/sheets/one.xml",
        "xl/Worksheets/Sheet1.XML",
        "xl\\worksheets\\sheet1.xml",
        "xl/theme/theme9.xml",
        "xl/media/picture.png",
    ],
)
@pytest.mark.parametrize("inside", [FAR, BY_ROW, BESIDE])
def test_a_cell_far_out_is_found_wherever_its_sheet_lies(
    called: str, inside: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Unsafe, match="too_wide"):
        check_packed(renamed(repacked(HONEST, SHEET, inside), lambda one: called if one == SHEET else one))
    check_packed(renamed(HONEST, lambda one: called if one == SHEET else one))


def test_what_only_a_patient_reader_takes_for_a_sheet_is_refused_and_pictures_are_not() -> None:
    for broken in (b"<a></b>" + FAR, b'<?xml version="1.0" encoding="UTF-9"?>' + FAR):
        for name in (SHEET, "xl/other.xml", "xl/media/a.png"):
            with pytest.raises(Unsafe, match="broken_workbook"):
                check_packed(repacked(HONEST, name, broken))
    check_packed(repacked(HONEST, "xl/media/a.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9))
    check_packed(repacked(HONEST, "xl/drawings/vmlDrawing1.vml", b"<xml><br></xml>"))


@pytest.mark.parametrize("name", ["content.xml", "Content.XML", "\\content.xml", "mimetype", "xl/workbook.bin"])
def test_another_kind_of_workbook_in_the_same_file_is_refused(name: str) -> None:
    with pytest.raises(Unsafe, match="not_a_spreadsheet"):
        check_packed(repacked(HONEST, name, b"<x/>"))


def test_shared_texts_count_under_any_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST_TEXT", 100_000)
    long = workbook([["姓名"], *[["王" * 900]] * 150])
    for called in ("xl/sharedStrings.xml", "xl/SharedStrings.xml"):
        with pytest.raises(Unsafe, match="zip_bomb"):
            check_packed(renamed(long, lambda one, called=called: called if "shared" in one else one))  # type: ignore[misc]  # bound now
