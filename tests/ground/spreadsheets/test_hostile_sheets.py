"""Pure: whatever stands in a file, it gives rows or faults, never an exception."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from elderlearn.ground.spreadsheets.cells import Cells
from elderlearn.ground.spreadsheets.read_sheet import read_sheet
from elderlearn.ground.spreadsheets.sheet import Sheet
from tests.ground.spreadsheets.a_list import GOOD, LAYOUT
from tests.ground.spreadsheets.workbooks import workbook

WHOLE = workbook(GOOD, merged=[(1, 0, 2, 0)])
ANYTHING = st.one_of(
    st.text(max_size=20),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.none(),
    st.dates(min_value=date(1900, 1, 1)),
    st.sampled_from(["姓名", "身份证号", "日期", "name", "3.3E+17", "2025-13-99", "　", "(示例)"]),
)


def look_at_all(read: Sheet) -> None:
    """Every way of reading every cell: faults or values, never an exception."""
    assert read.is_readable or read.faults
    for row in read.rows:
        one = Cells(read, row)
        for key in ("name", "number", "on_date"):
            for how in (one.text, one.digits, one.day, one.year, one.clock, one.moment):
                how(key)
            one.whole(key, least=0, most=9)
            one.word(key, "sex")
        assert all(not any(len(run) > 14 for run in one.value.split("*") if run.isdigit()) for one in one.faults)


@settings(max_examples=120)
@given(st.lists(st.lists(ANYTHING, max_size=5), max_size=8), st.booleans())
def test_hostile_tables_give_rows_or_faults(rows: list[list[Any]], with_header: bool) -> None:
    data = workbook([GOOD[0], *rows] if with_header else rows)
    look_at_all(read_sheet(data, LAYOUT))


@settings(max_examples=200)
@given(
    st.binary(max_size=200),
    st.sampled_from([b"", "姓名,日期\n".encode(), b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xfe"]),
)
def test_hostile_bytes_give_rows_or_faults(data: bytes, before: bytes) -> None:
    look_at_all(read_sheet(before + data, LAYOUT))


@settings(max_examples=100)
@given(st.data())
def test_a_damaged_workbook_gives_rows_or_faults(data: st.DataObject) -> None:
    whole = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(4, len(whole) - 1))] = data.draw(st.integers(0, 255))
    look_at_all(read_sheet(bytes(whole), LAYOUT))
