"""Files are read where a monster does no harm: a workbook in a process of its own, with little memory and time."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import pickle
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import astuple
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from elderlearn.ground.spreadsheets.faults import Fault
from elderlearn.ground.spreadsheets.layout import Layout
from elderlearn.ground.spreadsheets.outcome import CHECKING, NOBODY, Watch
from elderlearn.ground.spreadsheets.read_alone import TOO_HEAVY, Limits
from elderlearn.ground.spreadsheets.read_sheet import ZIP, read_sheet
from elderlearn.ground.spreadsheets.read_xlsx import OLD_OFFICE
from elderlearn.ground.spreadsheets.sheet import MOST_BYTES, Row, Sheet

READER = "elderlearn.ground.spreadsheets.read_alone"
HERE = Path(__file__).parents[3]  # where the package lies
NEEDED = ("PATH", "PYTHONHOME", "LD_LIBRARY_PATH", "TMPDIR")  # and nothing that opens a database
# By the limits it set itself, by the kernel, by a parser that had no memory left.
ENDED_BY_LIMIT = {TOO_HEAVY, *(-one for one in (signal.SIGXCPU, signal.SIGKILL, signal.SIGALRM, signal.SIGABRT,
                                                signal.SIGSEGV, signal.SIGBUS))}  # fmt: skip
LIMITS = Limits()
A_BEAT = 1.0  # seconds between two looks whether it shall go on
KINDS = {one.__name__: one for one in (date, datetime, time, timedelta)}


async def read_apart(data: bytes, layout: Layout, *, watch: Watch = NOBODY) -> Sheet:
    """What `read_sheet` gives, and too_heavy for a workbook that takes more than a list could need.

    `watch` is asked all the while and may stop it; the process has ended when this returns or raises.
    """
    if len(data) > MOST_BYTES or not data.startswith((*ZIP, OLD_OFFICE)):
        return await asyncio.to_thread(read_sheet, data, layout)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", READER, *map(str, astuple(LIMITS)), env=_environment(),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    work = asyncio.create_task(_collect(process, data, layout))
    try:
        while not (await asyncio.wait({work}, timeout=A_BEAT))[0]:
            await watch.heard(CHECKING, 0, 0)
        return work.result()
    finally:
        work.cancel()
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await asyncio.shield(process.wait())


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in NEEDED if name in os.environ}
    return {**kept, "PYTHONPATH": str(HERE), "PYTHONDONTWRITEBYTECODE": "1"}


async def _collect(process: asyncio.subprocess.Process, data: bytes, layout: Layout) -> Sheet:
    try:
        async with asyncio.timeout(LIMITS.wait):
            return await _sheet(process, data, layout)
    except (TimeoutError, asyncio.IncompleteReadError, ConnectionError) as error:
        if not isinstance(error, TimeoutError) and await process.wait() not in ENDED_BY_LIMIT:
            raise RuntimeError(f"the reader of a workbook ended with {process.returncode}") from error
        fault = Fault(0, "", "", "too_heavy")
        return Sheet(layout, faults=[fault], is_readable=False, is_workbook=True)


async def _sheet(process: asyncio.subprocess.Process, data: bytes, layout: Layout) -> Sheet:
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("asked for above")
    head = pickle.dumps(layout)
    process.stdin.write(len(head).to_bytes(4, "big") + head)
    process.stdin.write(data)
    await process.stdin.drain()
    process.stdin.close()
    sheet = Sheet(layout)
    async for name, said in _messages(process.stdout):
        if name == "failed":
            raise RuntimeError(f"the reader of a workbook failed: {said}")
        if name == "sheet":
            sheet = Sheet(layout, **said)
        elif name == "faults":
            sheet.faults.extend(Fault(*one) for one in said)
        elif name == "rows":
            keys = list(sheet.places)
            sheet.rows.extend(Row(line, dict(zip(keys, values, strict=True))) for line, values in said)
    return sheet


async def _messages(came: asyncio.StreamReader) -> AsyncIterator[tuple[str, Any]]:
    name = ""
    while name != "end":
        length = int.from_bytes(await came.readexactly(4), "big")
        name, said = _Words(io.BytesIO(await came.readexactly(length))).load()
        yield name, said


class _Words(pickle.Unpickler):
    """Takes numbers, words and days from a process that has read a stranger's file, and nothing that acts."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in KINDS:
            return KINDS[name]
        raise pickle.UnpicklingError(f"{module}.{name} is none of it")
