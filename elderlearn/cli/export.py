"""Write register, courses, seats or attendances to a file, with full numbers, for another installation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from elderlearn.cli._running import async_command
from elderlearn.ground.errors import Missing, Refusal

if TYPE_CHECKING:
    from typing import IO

    from elderlearn.ground.spreadsheets.write_table import Table, Writer

KINDS = {
    "residents": "Everybody on the register: name, document, birth date, sex, phone, home.",
    "courses": "Courses with runs and sessions, a row for each session.",
    "enrolments": "Who has, waits for or gave back a seat of which run.",
    "attendances": "Every attendance that counts: day, organisation, person, minutes, source, title, kind.",
}


@click.group("export")
def export() -> None:
    """Write what this district keeps to a CSV or XLSX file with full numbers; `elderlearn import` reads it.

    Only for an account of the district; the reason stays in the record of changes.
    """


def _command(kind: str, told: str) -> click.Command:
    @click.command(kind, help=told)
    @click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
    @click.option("--by", "staff_name", metavar="NAME", required=True, help="The account of the district.")
    @click.option("--reason", required=True, help="What for; kept in the record of changes.")
    def command(file: Path, staff_name: str, reason: str) -> None:
        _write(kind, file, staff_name, reason)

    return command


for _kind, _told in KINDS.items():
    export.add_command(_command(_kind, _told))


@async_command
async def _write(kind: str, file: Path, staff_name: str, reason: str) -> None:
    from elderlearn.stewardship.hand_over import hand_over

    beside = file.with_name(f".{file.name}.part")
    beside.unlink(missing_ok=True)  # of an export that was killed; it may be anybody's to read
    beside.touch(mode=0o600, exist_ok=False)
    try:
        with beside.open("w+b") as opened:
            many = await hand_over(
                kind, lambda table: _writer(opened, table, file.suffix), staff_name=staff_name, reason=reason
            )
        beside.replace(file)
    except Missing as missing:
        raise click.ClickException(f"{staff_name} is no account of a district.") from missing
    except Refusal as refusal:
        raise click.ClickException("Please give a reason.") from refusal
    finally:
        beside.unlink(missing_ok=True)
    click.echo(f"{many} rows in {file}. It holds full numbers: keep it safe and delete it when it is done.")


def _writer(file: IO[bytes], table: Table, suffix: str) -> Writer:
    from elderlearn.ground.spreadsheets.write_csv import CsvWriter
    from elderlearn.ground.spreadsheets.write_xlsx import XlsxWriter

    return XlsxWriter(file, table) if suffix.lower() == ".xlsx" else CsvWriter(file, table)
