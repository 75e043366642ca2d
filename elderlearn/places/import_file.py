"""Bring in a list of places as the bytes of a CSV file."""

from __future__ import annotations

from datetime import date

from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Refusal
from elderlearn.places.check_places import COLUMNS
from elderlearn.places.csv_file import BadRow, read_csv
from elderlearn.places.import_places import Imported, import_places


async def import_file(
    data: bytes, *, valid_from: date, by: Actor, skip_bad: bool = False, dry_run: bool = False
) -> tuple[Imported | None, list[BadRow]]:
    """What was done, none when nothing may be written, and every fault of the file in the order of lines.

    A file that cannot be read at all is refused even with `skip_bad`.
    """
    read = read_csv(data, COLUMNS)
    if any(one.line == 1 or one.reason == "broken_quotes" for one in read.bad):
        return None, read.bad
    may_write = skip_bad or not read.bad
    try:
        imported = await import_places(
            read.rows,
            lines=read.lines,
            valid_from=valid_from,
            by=by,
            skip_bad=skip_bad,
            dry_run=dry_run or not may_write,
        )
    except Refusal as refusal:
        if refusal.code != "bad_rows":
            raise
        return None, _in_order(read.bad, list(refusal.values["rows"]))  # type: ignore[call-overload]
    return (imported if may_write else None), _in_order(read.bad, list(imported.bad))


def _in_order(first: list[BadRow], second: list[BadRow]) -> list[BadRow]:
    return sorted([*first, *second], key=lambda one: one.line)
