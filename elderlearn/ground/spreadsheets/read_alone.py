"""The process a workbook is read in: little memory, little time, no key and no address of a database in reach.

From its standard input come the layout and the file, to its standard output go the sheet and its rows.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import resource
import signal
import sys
import traceback
from dataclasses import dataclass
from typing import BinaryIO

from elderlearn.ground.spreadsheets.layout import Layout
from elderlearn.ground.spreadsheets.read_sheet import read_sheet
from elderlearn.ground.spreadsheets.sheet import Sheet

NEARLY = 0.8  # of the memory: what fails beyond it fails because of it
A_BATCH = 1000
KILOBYTES = 1 if sys.platform == "darwin" else 1024  # what `ru_maxrss` counts in
TOO_HEAVY = 3  # the exit that says so
Message = tuple[str, object]


@dataclass(frozen=True)
class Limits:
    """`memory` in bytes: 200,000 rows of 20 columns take 1.1 GB. `work` in seconds of a processor: they take 30.

    `wait` in seconds: a parser that has run out of memory may stand still, and nobody may be left to end it.
    """

    memory: int = 2 << 30
    work: int = 240
    wait: int = 900


def main(limits: Limits) -> int:
    """0, or TOO_HEAVY when memory did not do; time ends it by a signal."""
    bound(limits)
    came, goes = sys.stdin.buffer, sys.stdout.buffer
    try:
        layout: Layout = pickle.loads(take(came))  # noqa: S301 - our own, from the process that started this one
        sheet = read_sheet(came.read(), layout)
        if not sheet.is_readable and _is_full(limits):
            return TOO_HEAVY  # what the parser calls damaged is what it had no room for
        _send(goes, sheet)
    except MemoryError:
        return TOO_HEAVY
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]  # never its text: it may quote a cell
        give(goes, ("failed", f"{type(error).__name__} at {where.filename}:{where.lineno}"))
    return 0


def bound(limits: Limits) -> None:
    """Limits of this process; a system that knows one of them not keeps to the sizes `packed` allows."""
    signal.alarm(limits.wait)
    os.nice(5)  # nobody waits for it as somebody does for a page
    for limit, most in ((resource.RLIMIT_CPU, limits.work), (resource.RLIMIT_AS, limits.memory)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))


def take(came: BinaryIO) -> bytes:
    """The next block."""
    return came.read(int.from_bytes(came.read(4), "big"))


def give(goes: BinaryIO, message: Message) -> None:
    """One block more."""
    said = pickle.dumps(message)
    goes.write(len(said).to_bytes(4, "big") + said)
    goes.flush()


def _send(goes: BinaryIO, sheet: Sheet) -> None:
    """Only lists, words and days: the other side takes nothing else."""
    keys = list(sheet.places)
    told = {
        "places": dict(sheet.places),
        "headings": dict(sheet.headings),
        "is_workbook": sheet.is_workbook,
        "is_readable": sheet.is_readable,
        "name": sheet.name,
        "others": sheet.others,
    }
    give(goes, ("sheet", told))
    for start in range(0, len(sheet.faults), A_BATCH):
        faults = [tuple(vars(one).values()) for one in sheet.faults[start : start + A_BATCH]]
        give(goes, ("faults", faults))
    for start in range(0, len(sheet.rows), A_BATCH):
        some = sheet.rows[start : start + A_BATCH]
        give(goes, ("rows", [(one.line, [one.values.get(key) for key in keys]) for one in some]))
    give(goes, ("end", None))


def _is_full(limits: Limits) -> bool:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KILOBYTES > NEARLY * limits.memory


if __name__ == "__main__":
    sys.exit(main(Limits(*map(int, sys.argv[1:]))))
