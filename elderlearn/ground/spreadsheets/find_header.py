"""Pure: the row that names the columns. People put titles, dates and notes above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from elderlearn.ground.spreadsheets.faults import Fault
from elderlearn.ground.spreadsheets.layout import Layout, plain
from elderlearn.ground.spreadsheets.sheet import RawSheet, Value, cell_name, is_empty

LOOKED_AT = 20  # rows that are not empty


@dataclass(frozen=True)
class Header:
    """`places[key]` is the column's number from 0; `twice` are named more than once, `missing` not at all.

    `across` are lines with cells merged over several columns, with the number of the first of these.
    """

    line: int = 0
    fields: Sequence[Value] = ()
    places: Mapping[str, int] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    across: Mapping[int, int] = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        """Every required column is there, once."""
        return self.line > 0 and not self.missing and not self.twice

    @property
    def worth(self) -> tuple[bool, int]:
        """The higher, the rather this row names the columns."""
        return self.is_complete, len(self.places)

    @property
    def width(self) -> int:
        """How many columns have a name."""
        return max((no for no, one in enumerate(self.fields, 1) if not is_empty(one)), default=0)

    def reason_of(self, line: int, fields: Sequence[Value]) -> str:
        """What is wrong with the form of a row, '' for nothing."""
        if line in self.across:
            return "merged_cells"
        if len(fields) < self.width and len(fields) <= max(self.places.values()):
            return "too_few_fields"
        if any(not is_empty(one) for one in fields[max(self.width, 1) :]) and not self._is_workbook_like(fields):
            return "too_many_fields"
        return ""

    def _is_workbook_like(self, fields: Sequence[Value]) -> bool:
        """In a workbook, and in a CSV one saves, every row is as long as the longest: remarks beside the table."""
        return len(fields) == len(self.fields)


def find_header(raw: RawSheet, layout: Layout) -> Header:
    """The first complete one of the first rows, else the one with most columns; line 0 when there is none."""
    best = Header()
    for line, fields in raw.rows[:LOOKED_AT]:
        found = _header(line, fields, layout)
        if found.worth > best.worth:
            best = found
        if best.is_complete:
            break
    return best


def faults_of(header: Header, raw: RawSheet, layout: Layout) -> list[Fault]:
    """no_header when nothing is known at all; else what is missing, and what stands twice."""
    if header.line == 0:
        expected = ", ".join(one.names[0] for one in layout.columns if one.required)
        return [Fault(0, "", "", "no_header", also=expected)]
    missing = [
        Fault(header.line, key, "", "missing_column", also=layout.column(key).names[0]) for key in header.missing
    ]
    twice = []
    for key in header.twice:
        place = header.places[key]
        cell = cell_name(header.line, place) if raw.is_workbook else ""
        heading = str(header.fields[place])
        twice.append(Fault(header.line, key, heading, "column_twice", cell, heading))
    return missing + twice


def _header(line: int, fields: Sequence[Value], layout: Layout) -> Header:
    words = [plain(one) if isinstance(one, str) else "" for one in fields]
    places: dict[str, int] = {}
    twice: list[str] = []
    for column in layout.columns:
        known = {plain(name) for name in column.names}
        found = [number for number, word in enumerate(words) if word and word in known]
        if found:
            places[column.key] = found[0]
        if len(found) > 1:
            twice.append(column.key)
    if not places:
        return Header()
    missing = tuple(one.key for one in layout.columns if one.required and one.key not in places)
    return Header(line, fields, places, missing, tuple(twice))
