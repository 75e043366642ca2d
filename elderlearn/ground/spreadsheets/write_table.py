"""Pure: a table on its way into a file: its columns, what each holds, and what is told about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

# whole and decimal are numbers as they are, share a part of 1 (0.215 is 21.5%), moment a wall clock in Shanghai
Kind = Literal["text", "whole", "decimal", "share", "day", "moment"]
Cell = str | int | float | date | datetime | None
Line = Sequence[Cell]

WIDTHS = {"text": 18, "whole": 11, "decimal": 11, "share": 10, "day": 13, "moment": 18}


@dataclass(frozen=True)
class Column:
    """`width` in signs; 0 leaves it to the kind and the title."""

    title: str
    kind: Kind = "text"
    width: int = 0

    @property
    def signs(self) -> int:
        """Wide enough for the title, of which a Chinese character takes two signs."""
        return self.width or max(WIDTHS[self.kind], sum(2 if ord(one) > 0x2E7F else 1 for one in self.title) + 3)


@dataclass(frozen=True)
class Table:
    """`name` stands on the tab of the sheet, `notes_name` on that of the sheet which explains it.

    `mark` is a warning about all of it: in the first line of a CSV, which has no other place for it, and at the
    foot of what a workbook prints.
    """

    name: str
    notes_name: str
    columns: Sequence[Column]
    mark: str = ""


@dataclass(frozen=True)
class Note:
    """One line of the sheet that explains: a word, and what it says."""

    word: str
    text: str


class Writer(Protocol):
    """Lines go in as they come; nothing is complete before `close`. The file stays open."""

    def add(self, lines: Iterable[Line]) -> None:
        """Some more lines, each as long as the columns."""

    def close(self, notes: Sequence[Note]) -> None:
        """The end; a format without room for `notes` leaves them out."""


def plain(text: str) -> str:
    """Without NUL and lone surrogates, which no format can hold."""
    if text.isprintable():
        return text
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
