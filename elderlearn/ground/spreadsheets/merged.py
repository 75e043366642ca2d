"""Pure: merged cells. Downwards the value holds for every row; across columns nobody can know whose it is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace

from elderlearn.ground.spreadsheets.find_header import Header
from elderlearn.ground.spreadsheets.sheet import RawSheet, Value


def fill_merged(raw: RawSheet, header: Header) -> tuple[RawSheet, Header]:
    """The rows with values filled downwards; the header then knows which lines are merged across columns."""
    known = set(header.places.values())
    by_line = {line: (line, list(fields)) for line, fields in raw.rows if line > header.line}
    ordered, across = sorted(by_line), dict[int, int]()
    left_to_fill = 2 * sum(len(fields) for _, fields in by_line.values())  # ranges of a hostile file may overlap
    for top, left, bottom, right in raw.merged:
        if bottom < header.line:
            continue
        lines = ordered[bisect_left(ordered, max(top, header.line) + 1) : bisect_right(ordered, bottom + 1)]
        left_to_fill -= len(lines)
        if left_to_fill < 0:
            break
        if right > left and known & set(range(left, min(right, max(known)) + 1)):
            across.update((line, left) for line in lines if line not in across)
        elif left in known:
            _fill(by_line, lines, left)
    body = [by_line[line] for line, _ in raw.rows if line in by_line]
    return replace(raw, rows=body), replace(header, across=across)


def _fill(by_line: dict[int, tuple[int, list[Value]]], lines: list[int], column: int) -> None:
    if not lines:
        return
    first = by_line[lines[0]][1]
    value = first[column] if column < len(first) else None
    for line in lines[1:]:
        fields = by_line[line][1]
        if column < len(fields):
            fields[column] = value
