"""Rebuild the sums from the attendances, or only compare them"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from elderlearn.cli._running import async_command
from elderlearn.ground.actor import Actor

if TYPE_CHECKING:
    from elderlearn.checkin.recount import Differences

CLI = Actor("system", None, "cli")


@click.command("recount")
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit 1 and name the differences.")
@async_command
async def recount_command(only_check: bool) -> None:
    """Rebuild days, tallies, completions and enrolled periods from the facts; they then are exactly right."""
    from elderlearn.checkin.recount import differences
    from elderlearn.checkin.recount import recount as recount_attendances
    from elderlearn.enrolment.recount import recount as recount_enrolments

    if only_check:
        found = await differences()
    else:
        found = await recount_attendances(by=CLI)  # compares again what it put right
        await recount_enrolments()
    named = await _named(found)
    for line in named:
        click.echo(line)
    if named:
        sys.exit(1)
    click.echo("All sums equal a count of the facts.")


async def _named(found: Differences) -> list[str]:
    from elderlearn.enrolment.recount import differences as in_enrolments

    lines = [f"{table}: {many} rows differ" for table, many in found.rows.items() if many]
    lines += [f"{one.table} ({one.key}): kept {one.kept}, counted {one.counted}" for one in found.shown]
    return lines + [
        f"{one.subject} {one.subject_id}, {one.what}: kept {one.kept}, counted {one.counted}"
        for one in await in_enrolments()
    ]
