"""Pure: what became of a file, and who looks on while it is brought in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from elderlearn.ground.spreadsheets.cells import shown
from elderlearn.ground.spreadsheets.faults import Fault, fit_to_show
from elderlearn.ground.spreadsheets.sheet import Row, Sheet

CHECKING, WRITING = "checking", "writing"
FIRST_ROWS = 5


@dataclass(frozen=True)
class Outcome:
    """`counts` by word (added, changed, unchanged …: each import names its own) of what was or would be written.

    `faults` in the order of lines are rows left out; `remarks` are rows that are on file already and say something
    else there, which is never overwritten. `is_written` is false for a trial, and when a fault kept all back;
    `may_skip` is false when the file as a whole cannot be read. `first` are a few rows as they were understood,
    below their `headings`, with numbers of people masked.
    """

    kind: str
    rows: int
    counts: Mapping[str, int]
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Fault, ...] = ()
    is_written: bool = False
    may_skip: bool = True
    sheet_name: str = ""
    other_sheets: tuple[str, ...] = field(default=())
    headings: tuple[str, ...] = ()
    first: tuple[tuple[str, ...], ...] = ()


class Stopped(Exception):
    """Somebody called the import off; the unit of work is taken back."""


class Watch:
    """Nobody looks on. A job overrides both."""

    async def heard(self, stage: str, done: int, total: int) -> None:
        """How far it is: `done` of `total` rows. Raises Stopped when it shall go no further."""

    async def written(self, outcome: Outcome) -> None:
        """Called once, inside the unit of work that writes, as its last step."""


NOBODY = Watch()


def outcome(
    sheet: Sheet,
    counts: Mapping[str, int],
    faults: Iterable[Fault],
    *,
    remarks: Iterable[Fault] = (),
    is_written: bool = False,
) -> Outcome:
    """Of this sheet: its own faults and the given ones, by line."""
    every = sorted([*sheet.faults, *faults], key=lambda one: one.line)
    lines = {one.line for one in sheet.faults if one.line} | {one.line for one in sheet.rows}
    return Outcome(
        sheet.layout.kind,
        len(lines) if sheet.is_readable else 0,
        dict(counts),
        tuple(every),
        tuple(sorted(remarks, key=lambda one: one.line)),
        is_written,
        sheet.is_readable,
        sheet.name,
        sheet.others,
        *_first_rows(sheet),
    )


def _first_rows(sheet: Sheet) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """In the order of the file's own columns; what it has beside them is not read and not shown."""
    keys = sorted(sheet.places, key=sheet.places.__getitem__)
    secret = {one.key for one in sheet.layout.columns if one.is_secret}

    def cell(row: Row, key: str) -> str:
        return fit_to_show(shown(row.values.get(key)), is_secret=key in secret)

    rows = tuple(tuple(cell(row, key) for key in keys) for row in sheet.rows[:FIRST_ROWS])
    return tuple(sheet.headings.get(key, key) for key in keys), rows


def may_write(sheet: Sheet, faults: Iterable[Fault], *, skip_bad: bool, dry_run: bool) -> bool:
    """All good, or the bad ones may be skipped; never a file that cannot be read as a whole."""
    return not dry_run and sheet.is_readable and (skip_bad or not (sheet.faults or list(faults)))
