"""A long list as a file: little of it is in memory at a time, and others are served meanwhile."""

from __future__ import annotations

import asyncio
import csv
import io
import tempfile
import tracemalloc
from collections.abc import AsyncIterator

import pytest
from python_calamine import CalamineWorkbook

from elderlearn.ground.spreadsheets.read_sheet import read_sheet
from elderlearn.ground.spreadsheets.write_table import Column, Line
from elderlearn.ground.sql import stream, value
from elderlearn.web.shell.downloads import Listed, disposition, file_name, fill
from tests.conftest import Database
from tests.ground.spreadsheets.a_list import LAYOUT

MANY = 20_000
A_FEW_MEGABYTES = 5 * 1024 * 1024


async def lines() -> AsyncIterator[Line]:
    async for one in stream(
        "SELECT n, 'Wang ' || n AS name, n / 7.0::float8 AS share FROM generate_series(1, $1) n", MANY
    ):
        yield (one["name"], one["n"], one["share"], None, "a text that every line has anew " + str(one["n"]))


async def test_a_long_list_is_never_in_memory_and_others_are_served_meanwhile(database: Database) -> None:
    """Negative control: the same lines in one list are more than the limit."""
    columns = [
        Column("Name"),
        Column("No.", "whole"),
        Column("Share", "share"),
        Column("Day", "day"),
        Column("Text"),
    ]
    served = 0

    async def others() -> None:
        nonlocal served
        while True:
            served += await value("SELECT 1")

    tracemalloc.start()
    try:
        meanwhile = asyncio.create_task(others())
        with tempfile.TemporaryFile() as file:
            assert await fill(file, Listed("test", "Long", columns, lines()), "xlsx", []) == MANY
            _now, peak = tracemalloc.get_traced_memory()
            meanwhile.cancel()
            file.seek(0)
            written = file.read()
        assert peak < A_FEW_MEGABYTES
        assert served > MANY // 500
        kept = [one async for one in lines()]
        assert tracemalloc.get_traced_memory()[0] > A_FEW_MEGABYTES
    finally:
        tracemalloc.stop()
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(written)).get_sheet_by_name("Long").to_python()
    assert len(sheet) == MANY + 1 and sheet[-1][:2] == list(kept[-1][:2])


@pytest.mark.parametrize("form_of_file", ["csv", "gb18030", "xlsx"])
@pytest.mark.parametrize("mark", ["", "Sample, not official"])
async def test_a_sample_says_so_inside_the_file_and_can_be_read_all_the_same(form_of_file: str, mark: str) -> None:
    async def a_line() -> AsyncIterator[Line]:
        yield ("王秀英", "", "")

    file = io.BytesIO()
    columns = [Column(one.names[0]) for one in LAYOUT.columns]
    await fill(file, Listed("people", "People", columns, a_line()), form_of_file, [], mark)
    sheet = read_sheet(file.getvalue(), LAYOUT)
    assert [one.values["name"] for one in sheet.rows] == ["王秀英"] and not sheet.faults
    if form_of_file != "xlsx":
        text = file.getvalue().decode("gb18030" if form_of_file == "gb18030" else "utf-8-sig")
        assert next(csv.reader(io.StringIO(text)))[0] == (mark or "姓名")


def test_the_name_of_the_file_is_the_title_the_day_and_the_word_sample() -> None:
    name = file_name('临平区: "报表" 2025/26', "gb18030", is_sample=True)
    assert name.startswith("临平区 报表 2025 26_20") and name.endswith(".csv") and name.count("_") == 2
    said = disposition("临平 1.xlsx")
    assert said == "attachment; filename=\"list.xlsx\"; filename*=UTF-8''%E4%B8%B4%E5%B9%B3%201.xlsx"
