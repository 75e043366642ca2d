"""Blank cards to print, for the hall."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from elderlearn.cli._running import async_command
from elderlearn.cli.staff import whole_code
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal

if TYPE_CHECKING:
    from elderlearn.people.cards import CardCode

MOST = 5000


@click.group("cards")
def cards() -> None:
    """Blank cards to print, for the hall."""


@cards.command("blank")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--count", type=click.IntRange(1, MOST), help="How many new cards to make.")
@click.option("--place", "code", metavar="CODE", help="Whose cards they are; needed with --count when in doubt.")
@click.option("--batch", "batch_id", type=click.IntRange(1, 2**63 - 1), help="Print this batch again instead.")
@async_command
async def blank(file: Path, count: int | None, code: str | None, batch_id: int | None) -> None:
    """Make COUNT blank cards, or take a batch made before, and write FILE as a PDF: ten cards on a page of A4.

    No card opens anything before somebody's name is written down for it.
    """
    from elderlearn.people.card_batches import make_batch, print_batch

    if (count is None) == (batch_id is None):
        raise click.UsageError("Give --count for new cards or --batch for a batch made before.")
    by = Actor("system", None, "cli")
    try:
        if batch_id is None and count is not None:
            batch_id = await make_batch(count, await _place(code), by=by, most=MOST)
        made = await print_batch(batch_id or 0, by=by)
    except Missing as missing:
        raise click.ClickException("There is no such batch.") from missing
    except Refusal as refusal:
        if refusal.code != "none_is_blank":
            raise
        raise click.ClickException("Every card of this batch has a name by now.") from refusal
    file.write_bytes(await _drawn(batch_id or 0, made))
    click.echo(f"{len(made)} cards in {file}; to print them again: --batch {batch_id}.")


async def _place(code: str | None) -> int:
    """Without a code the district, when there is only one."""
    from elderlearn.places.queries import list_places, place_by_code

    if code is not None:
        try:
            return (await place_by_code(whole_code(code))).id
        except Missing as missing:
            raise click.ClickException(f"There is no place with the code {code}.") from missing
    districts = await list_places(level="district")
    if len(districts) != 1:
        raise click.ClickException("Say whose cards they are: --place CODE.")
    return districts[0].id


async def _drawn(batch_id: int, made: list[CardCode]) -> bytes:
    from elderlearn.checkin.card_sheet import blank_sheets
    from elderlearn.ground.settings import settings
    from elderlearn.people.card_batches import batch
    from elderlearn.people.codes import card_url
    from elderlearn.places.queries import district_setting

    setting = await district_setting((await batch(batch_id)).district_id)
    host = settings().public_url
    return blank_sheets(
        [(card_url(one.code, host), one.number) for one in made], setting.help_phone, setting.title
    )
