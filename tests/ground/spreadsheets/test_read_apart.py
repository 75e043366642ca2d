"""A workbook is read in a process of its own: the same rows, and a monster ends there."""

from __future__ import annotations

import asyncio
import io
import os
import pickle
import sys
from datetime import date, time
from typing import Any

import pytest

from elderlearn.ground.spreadsheets import read_apart as apart
from elderlearn.ground.spreadsheets.outcome import Stopped, Watch
from elderlearn.ground.spreadsheets.read_alone import Limits
from elderlearn.ground.spreadsheets.read_apart import read_apart
from elderlearn.ground.spreadsheets.read_sheet import read_sheet
from elderlearn.ground.spreadsheets.sheet import Sheet
from tests.ground.spreadsheets.a_list import LAYOUT as LIST
from tests.ground.spreadsheets.workbooks import csv_of, repacked, workbook

HEAD = [one.names[0] for one in LIST.columns]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere memory is bound by sizes alone")
CELL = '<c t="inlineStr"><is><t>{}</t></is></c>'


def heavy(rows: int = 12_000) -> bytes:
    """An honest list of many short cells: some seconds and some hundred megabytes."""
    lines = ["<row>" + "".join(CELL.format(one) for one in HEAD) + "</row>"]
    lines += [
        "<row>" + "".join(CELL.format(f"{row} {column}") for column in range(20)) + "</row>" for row in range(rows)
    ]
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{main}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
    return repacked(workbook([HEAD]), "xl/worksheets/sheet1.xml", sheet.encode(), level=1)


def told(sheet: Sheet) -> Any:
    rows = [(one.line, {key: said for key, said in one.values.items() if said is not None}) for one in sheet.rows]
    facts = (
        sheet.faults,
        sheet.places,
        sheet.headings,
        sheet.is_workbook,
        sheet.is_readable,
        sheet.name,
        sheet.others,
    )
    return rows, facts


@pytest.mark.parametrize(
    "data",
    [
        workbook(
            [
                ["通知"],
                HEAD,
                ["张三", 3.3e17, date(1950, 1, 2), time(9), True],
                ["(示例)李四"],
                ["王五", None, None, "赵"],
            ],
            [["别的"]],
            merged=((3, 0, 3, 1),),
        ),
        workbook([["无关"]]),
        csv_of([HEAD, ["张三"]], "gb18030"),
        b"PK\x03\x04 no zip at all",
        b"",
    ],
)
async def test_it_reads_what_is_read_here(data: bytes) -> None:
    assert told(await read_apart(data, LIST)) == told(read_sheet(data, LIST))


@pytest.mark.parametrize(
    "limits",
    [
        pytest.param(
            Limits(memory=120 << 20), marks=pytest.mark.skipif(sys.platform != "linux", reason="not bound")
        ),
        Limits(work=1),
        Limits(wait=1),
    ],
)
async def test_what_takes_too_much_ends_with_a_sentence(limits: Limits, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "LIMITS", limits)
    sheet = await read_apart(heavy(40_000), LIST)
    assert [one.reason for one in sheet.faults] == ["too_heavy"] and not sheet.is_readable and not sheet.rows


async def test_called_off_while_it_is_read_leaves_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    started, has_started = [], asyncio.Event()
    start = asyncio.create_subprocess_exec

    async def remembered(*said: Any, **how: Any) -> asyncio.subprocess.Process:
        started.append(await start(*said, **how))
        has_started.set()
        return started[-1]

    class Impatient(Watch):
        async def heard(self, stage: str, done: int, total: int) -> None:
            raise Stopped

    monkeypatch.setattr(asyncio, "create_subprocess_exec", remembered)
    monkeypatch.setattr(apart, "A_BEAT", 0.01)
    with pytest.raises(Stopped):
        await read_apart(heavy(), LIST, watch=Impatient())
    has_started.clear()
    waits = asyncio.create_task(read_apart(heavy(), LIST))
    await has_started.wait()
    waits.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waits
    assert len(started) == 2
    for one in started:
        with pytest.raises(ProcessLookupError):  # neither at work nor a zombie
            os.kill(one.pid, 0)


async def test_the_process_knows_no_key_and_its_answers_do_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    assert "secret" not in str(apart._environment())
    with pytest.raises(pickle.UnpicklingError):
        apart._Words(io.BytesIO(pickle.dumps(("rows", os.system)))).load()
