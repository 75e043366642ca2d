"""Pure: what people write into cells, read as what they mean."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from elderlearn.ground.spreadsheets.cells import Cells
from elderlearn.ground.spreadsheets.read_sheet import read_sheet
from tests.ground.spreadsheets.a_list import GOOD, LAYOUT
from tests.ground.spreadsheets.workbooks import workbook


def cells(value: Any, key: str = "on_date") -> Cells:
    read = read_sheet(
        workbook([GOOD[0], ["王", value if key == "number" else "", value if key == "on_date" else ""]]), LAYOUT
    )
    return Cells(read, read.rows[0])


@pytest.mark.parametrize(
    "value",
    [
        "2025-09-01",
        "2025/9/1",
        "2025.9.1",
        "2025年9月1日",
        "20250901",
        " ２０２５-０９-０１ ",
        "2025-09-01 00:00:00",
        date(2025, 9, 1),
        datetime(2025, 9, 1, 9, 30),
        45901,
        45901.0,
        "45901",
        20250901,
    ],
)
def test_days_as_people_write_them(value: Any) -> None:
    assert cells(value).day("on_date") == date(2025, 9, 1)


@pytest.mark.parametrize(
    "value", ["2025-02-30", "9/1/2025", "25-9-1", "九月一日", 1.5, True, "2025", "-1", "9" * 400]
)
def test_what_is_no_day_is_a_fault_of_its_cell(value: Any) -> None:
    row = cells(value)
    assert row.day("on_date") is None
    assert [(one.cell, one.reason) for one in row.faults] == [("C2", "not_a_day")]


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("9:00", time(9)),
        ("９：３０", time(9, 30)),
        ("09:05:00", time(9, 5)),
        ("9点30分", time(9, 30)),
        ("9点", time(9)),
        ("下午2:30", time(14, 30)),
        (time(18, 45), time(18, 45)),
        (0.375, time(9)),
        ("25:00", None),
        ("soon", None),
        (2, None),
    ],
)
def test_times_as_people_write_them(value: Any, read: time | None) -> None:
    assert cells(value).clock("on_date") == read


@pytest.mark.parametrize(
    ("value", "read", "reason"),
    [
        (13800000000.0, "13800000000", None),
        ("１３８ ００００ ００００", "13800000000", None),
        ("\u202a13800000000\u200b", "13800000000", None),
        (330125195503080025, "", "written_as_number"),
        ("3.30E+17", "", "written_as_number"),
        ("1\u202e2", "", "hidden_characters"),
        ("1" * 600, "", "too_long"),
    ],
)
def test_numbers_that_name_something(value: Any, read: str, reason: str | None) -> None:
    row = cells(value, "number")
    assert row.digits("number") == read
    assert [one.reason for one in row.faults] == ([reason] if reason else [])


@pytest.mark.parametrize(
    ("value", "read", "reason"),
    [
        (12, 12, None),
        (12.0, 12, None),
        ("1,200", 1200, None),
        ("１２", 12, None),
        (1.5, None, "not_a_number"),
        ("十二", None, "not_a_number"),
        (-1, None, "out_of_range"),
        ("", None, "empty"),
    ],
)
def test_whole_numbers(value: Any, read: int | None, reason: str | None) -> None:
    row = cells(value, "number")
    assert row.whole("number", least=0, most=5000, needed=True) == read
    assert [one.reason for one in row.faults] == ([reason] if reason else [])
