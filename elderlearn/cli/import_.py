"""Bring in official lists from CSV files; one bad row and nothing is written."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from elderlearn.cli._running import async_command
from elderlearn.ground.actor import Actor

REASONS = {
    "not_text": "this is no text file (UTF-8, UTF-16 and GB18030 are read)",
    "missing_column": "this column is missing in the first line",
    "column_twice": "this column stands twice in the first line",
    "broken_quotes": "a quotation mark is not closed, or something follows it",
    "too_few_fields": "fewer fields than the first line has",
    "too_many_fields": "more fields than the first line has",
    "empty": "is empty",
    "too_long": "is longer than 100 characters",
    "hidden_characters": "holds characters nobody can see or print",
    "not_a_code": "is not a code of twelve digits",
    "written_as_number": "was written as a number by a spreadsheet; format the column as text",
    "code_twice": "stands in the file already, further up",
    "unknown_level": "must be district, town_street or community",
    "level_does_not_fit": "does not fit the zeros at the end of the code",
    "parent_does_not_fit": "is not the code one level up (empty for a district)",
    "unknown_parent": "is neither on file nor a good row of this file",
}
LONGEST_SHOWN = 60


@click.group("import")
def import_() -> None:
    """Bring in official lists from CSV files; twice changes nothing."""


@import_.command("places")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check and count only, write nothing.")
@click.option("--skip-bad", is_flag=True, help="Write the good rows, report the others.")
@async_command
async def places(file: Path, dry_run: bool, skip_bad: bool) -> None:
    """Places by official code.

    Columns: code, level (district, town_street, community), name, parent_code (empty for a district).
    """
    from elderlearn.ground.clock import today
    from elderlearn.places.import_file import import_file

    imported, bad = await import_file(
        file.read_bytes(),
        valid_from=today(),
        by=Actor("system", None, "cli"),
        skip_bad=skip_bad,
        dry_run=dry_run,
    )
    for one in bad:
        where = f"line {one.line}" + (f", {one.column}" if one.column else "")
        click.echo(f"{where}: {shown(one.value)}{REASONS[one.reason]}", err=True)
    if imported is None:
        click.echo(f"Nothing was written; faults: {len(bad)}.", err=True)
        sys.exit(1)
    done = "Would be" if dry_run else "Places"
    click.echo(f"{done} added {imported.added}, renamed {imported.changed}, unchanged {imported.unchanged}.")


def shown(value: str) -> str:
    """Quoted and shortened, '' for nothing; control characters never reach the terminal."""
    if not value:
        return ""
    short = value if len(value) <= LONGEST_SHOWN else f"{value[:LONGEST_SHOWN]}…"
    return '"' + "".join(one if one.isprintable() else ascii(one)[1:-1] for one in short) + '" '
