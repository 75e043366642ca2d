"""A long list as a file: little of it is in memory at a time, and others are served meanwhile."""

from __future__ import annotations

import asyncio
import io
import tempfile
import tracemalloc
from collections.abc import AsyncIterator

from python_calamine import CalamineWorkbook

from elderlearn.ground.spreadsheets.write_table import Column, Line
from elderlearn.ground.sql import stream, value
from elderlearn.web.shell.downloads import Listed, disposition, file_name, fill
from tests.conftest import Database

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


def test_the_name_of_the_file_is_the_title_the_day_and_the_word_sample() -> None:
    name = file_name('临平区: "报表" 2025/26', "gb18030", is_sample=True)
    assert name.startswith("临平区 报表 2025 26_20") and name.endswith(".csv") and name.count("_") == 2
    said = disposition("临平 1.xlsx")
    assert said == "attachment; filename=\"list.xlsx\"; filename*=UTF-8''%E4%B8%B4%E5%B9%B3%201.xlsx"
