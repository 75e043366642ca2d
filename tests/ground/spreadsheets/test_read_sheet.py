"""Pure: which rows a file gives, and which reason when it gives none."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from elderlearn.ground.spreadsheets import packed
from elderlearn.ground.spreadsheets.read_sheet import read_sheet
from elderlearn.ground.spreadsheets.sheet import Sheet, cell_name
from elderlearn.ground.spreadsheets.template import template_csv, template_xlsx
from tests.ground.spreadsheets.a_list import GOOD, LAYOUT
from tests.ground.spreadsheets.workbooks import csv_of, repacked, workbook


def names(sheet: Sheet) -> list[Any]:
    return [row.values["name"] for row in sheet.rows]


def reasons(sheet: Sheet) -> list[tuple[int, str]]:
    return [(one.line, one.reason) for one in sheet.faults]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_what_office_programs_save_is_read(encoding: str) -> None:
    read = read_sheet(csv_of(GOOD, encoding), LAYOUT)
    assert names(read) == ["王秀英", "李建国"] and [row.line for row in read.rows] == [2, 3] and not read.faults


@pytest.mark.parametrize("separator", ["\t", ";"])
def test_other_separators_are_seen(separator: str) -> None:
    assert names(read_sheet(csv_of(GOOD).replace(b",", separator.encode()), LAYOUT)) == ["王秀英", "李建国"]


def test_title_rows_other_columns_another_order_and_dressed_headings_do_no_harm() -> None:
    rows = [
        ["2025年名单", "", ""],
        ["填表人：张三", "", ""],
        ["序号", "日 期", "姓名（必填）*"],
        [1, "", "王秀英"],
        ["", "", ""],
    ]
    for data in (csv_of(rows), workbook(rows, merged=[(0, 0, 0, 2)])):
        read = read_sheet(data, LAYOUT)
        assert (names(read), read.rows[0].line, read.is_readable) == (["王秀英"], 4, True) and not read.faults


def test_the_sheet_with_the_headings_is_read_and_named_among_several() -> None:
    read = read_sheet(workbook([["说明"], ["请填写"]], GOOD, [["姓名"], ["别的表"]]), LAYOUT)
    assert names(read) == ["王秀英", "李建国"] and read.name == "表2" and read.others == ("表1", "表3")


def test_a_value_merged_downwards_holds_for_every_row_and_one_merged_across_is_a_fault() -> None:
    rows = [["姓名", "身份证号", "日期"], ["王秀英", "a", "x"], ["王秀英", "b", "y"], ["李建国", "李建国", "z"]]
    read = read_sheet(workbook(rows, merged=[(1, 0, 2, 0), (3, 0, 3, 1)]), LAYOUT)
    assert names(read) == ["王秀英", "王秀英"] and reasons(read) == [(4, "merged_cells")]
    assert [one.cell for one in read.faults] == ["A4"]


def test_a_row_after_a_field_of_several_lines_knows_its_own_line() -> None:
    read = read_sheet('姓名,日期\n"王\n秀英",a\n\n,\n李,b\n'.encode(), LAYOUT)
    assert [row.line for row in read.rows] == [2, 6]


def test_templates_are_read_by_their_own_import_and_the_sample_row_is_never_taken_for_a_person() -> None:
    for data in (template_csv(LAYOUT), template_xlsx(LAYOUT)):
        assert reasons(read_sheet(data, LAYOUT)) == [(2, "sample_row")]


def locked_workbook() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)


FAR = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
    b'<c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
)


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        (b"", [(0, "empty_file")]),
        (b" \r\n", [(0, "empty_file")]),
        (lambda: b"x" * (51 << 20), [(0, "too_big")]),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), [(0, "not_a_spreadsheet")]),
        (b"\xff\xd8\xff\xe0 a photograph", [(0, "not_a_spreadsheet")]),
        (b"%PDF-1.7", [(0, "not_a_spreadsheet")]),
        ("姓名\n王\0".encode(), [(0, "not_a_spreadsheet")]),
        (b"\x81\xff\xff", [(0, "not_text")]),
        (b"\xff\xfe\x00", [(0, "not_text")]),
        (b"PK\x03\x04\xff\xff\xff", [(0, "broken_workbook")]),
        (workbook(GOOD)[:-300], [(0, "broken_workbook")]),
        (repacked(workbook(GOOD), "xl/worksheets/sheet1.xml", b"<worksheet><broken"), [(0, "broken_workbook")]),
        (repacked(workbook(GOOD), "xl/workbook.xml", b"nothing"), [(0, "broken_workbook")]),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), [(0, "old_workbook")]),
        (locked_workbook(), [(0, "password")]),
        (lambda: repacked(workbook(GOOD), "xl/media/a.xml", bytes(60 << 20)), [(0, "zip_bomb")]),
        (repacked(workbook(GOOD), "xl/worksheets/sheet1.xml", FAR), [(0, "too_wide")]),
        (workbook(*[[["x"]]] * 51), [(0, "too_many_sheets")]),
        (lambda: csv_of([["姓名"], *[["王"]] * 200_001]), [(0, "too_many_rows")]),
        (csv_of([["甲", "乙"], ["1", "2"]]), [(0, "no_header")]),
        (workbook([["甲", "乙"], ["1", "2"]]), [(0, "no_header")]),
        (csv_of(GOOD[:1]), [(0, "no_rows")]),
        (workbook([]), [(0, "no_rows")]),
        (csv_of([["标题"], ["身份证号", "日期"], ["1", "2"]]), [(2, "missing_column")]),
        (workbook([["姓名", "日期", "姓名"], ["1", "2", "3"]]), [(1, "column_twice")]),
        (b"name,number\n1\n2,3\n", [(2, "too_few_fields")]),
        (b"name,number\n1,2,3\n", [(2, "too_many_fields")]),
        (b'name,number\n1,a\n2,"b\n3,c\n', [(3, "broken_quotes")]),
    ],
)
def test_whatever_is_sent_gets_a_reason(data: bytes | Callable[[], bytes], faults: list[tuple[int, str]]) -> None:
    assert reasons(read_sheet(data if isinstance(data, bytes) else data(), LAYOUT)) == faults


def test_a_zip_whose_directory_lies_is_unpacked_only_as_far_as_is_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST_UNPACKED", 1 << 20)
    honest = repacked(workbook(GOOD), "xl/worksheets/sheet9.xml", b"<x>" + b" " * (3 << 20) + b"</x>")
    with zipfile.ZipFile(io.BytesIO(honest)) as file:
        size = file.getinfo("xl/worksheets/sheet9.xml").file_size
    lying = honest.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    with zipfile.ZipFile(io.BytesIO(lying)) as file:
        assert sum(one.file_size for one in file.infolist()) < 1 << 20
    assert reasons(read_sheet(lying, LAYOUT)) == [(0, "zip_bomb")]
    assert reasons(read_sheet(workbook(GOOD), LAYOUT)) == []


def test_one_long_text_in_very_many_cells_is_not_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST_TEXT", 100_000)
    assert reasons(read_sheet(workbook([GOOD[0], *[["王" * 900, "", ""]] * 150]), LAYOUT)) == [(0, "zip_bomb")]
    assert reasons(read_sheet(workbook([GOOD[0], *[["王" * 90, "", ""]] * 150]), LAYOUT)) == []


def test_a_fault_names_its_cell_and_never_shows_a_number() -> None:
    read = read_sheet(workbook([["名单"], *GOOD]), LAYOUT)
    fault = read.fault(3, "number", "330125195503080025", "invalid_document")
    assert (fault.cell, fault.heading, fault.value) == ("B3", "身份证号", "330************025")
    shifted = read.fault(3, "name", "她是330125195503080025，１３８１２３４５６７８", "invalid_name")
    assert "0308" not in shifted.value and "2345" not in shifted.value and shifted.value.startswith("她是330")
    assert read_sheet(csv_of(GOOD), LAYOUT).fault(2, "name", "x", "empty").cell == ""


def test_cells_have_the_names_spreadsheets_give_them() -> None:
    assert [cell_name(17, column) for column in (0, 2, 25, 26, 701, 702)] == [
        "A17",
        "C17",
        "Z17",
        "AA17",
        "ZZ17",
        "AAA17",
    ]
