"""Bring in lists from CSV or XLSX files; one bad row and nothing is written."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from elderlearn.cli._running import async_command
from elderlearn.ground.actor import Actor

KINDS = {
    "places": "Places by official code: code, name; level and the code above follow from the code.",
    "population": "Official numbers of elders: place, year, basis (resident or registered), elders, source.",
    "residents": "Residents: name, place; document, birth date, sex, phone, registered place as far as known.",
    "courses": "Courses with runs and sessions: organisation, course, first day, times; or weekly to a last day.",
    "attendances": "Attendances kept elsewhere: day, organisation, person, minutes; source, title, kind.",
    "enrolments": "Seats decided elsewhere: organisation, course, when its run first meets, person, state.",
}


@click.group("import")
def import_() -> None:
    """Bring in lists from CSV or XLSX files; twice changes nothing.

    Headings may be Chinese or English, below title rows. Every bad row is told with line, column and cure.
    """


def _command(kind: str, told: str) -> click.Command:
    @click.command(kind, help=told)
    @click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
    @click.option("--dry-run", is_flag=True, help="Check and count only, write nothing.")
    @click.option("--skip-bad", is_flag=True, help="Write the good rows, report the others.")
    @click.option("--template", type=click.Path(dir_okay=False, path_type=Path), help="Write a file to fill in.")
    @click.pass_context
    def command(
        context: click.Context, file: Path | None, dry_run: bool, skip_bad: bool, template: Path | None
    ) -> None:
        if template is not None:
            _write_template(kind, template)
        elif file is None:
            raise click.UsageError("Name a file, or --template FILE.", context)
        elif not file.is_file():
            raise click.UsageError(f"There is no file {file}.", context)
        else:
            _bring_in(kind, file, dry_run, skip_bad)

    return command


for _kind, _told in KINDS.items():
    import_.add_command(_command(_kind, _told))


def _write_template(kind: str, file: Path) -> None:
    from elderlearn.ground.spreadsheets.template import template_csv, template_xlsx
    from elderlearn.stewardship.imports.kinds import KINDS as known

    make = template_csv if file.suffix.lower() == ".csv" else template_xlsx
    file.write_bytes(make(known[kind].layout))
    click.echo(f"Written: {file}")


@async_command
async def _bring_in(kind: str, file: Path, dry_run: bool, skip_bad: bool) -> None:
    from elderlearn.cli._import_reasons import sentence, shown
    from elderlearn.stewardship.imports.kinds import bring_in

    done = await bring_in(
        kind, file.read_bytes(), by=Actor("system", None, "cli"), skip_bad=skip_bad, dry_run=dry_run
    )
    if done.other_sheets:
        click.echo(f"Read: sheet {shown(done.sheet_name)}of {1 + len(done.other_sheets)}.", err=True)
    for one in (*done.faults, *done.remarks):
        click.echo(sentence(one), err=True)
    counted = ", ".join(f"{word} {number}" for word, number in done.counts.items())
    if done.is_written:
        click.echo(f"Rows {done.rows}: {counted}; left out {len(done.faults)}.")
        return
    if dry_run and (skip_bad or not done.faults) and done.may_skip:
        click.echo(f"Rows {done.rows}, nothing written; would be: {counted}; left out {len(done.faults)}.")
        return
    click.echo(f"Nothing was written; faults: {len(done.faults)}.", err=True)
    sys.exit(1)
