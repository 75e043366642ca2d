"""Fill an empty district with sample people (never with official figures)"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import TYPE_CHECKING

import click

from elderlearn.cli._running import async_command
from elderlearn.ground.actor import Actor

if TYPE_CHECKING:
    from elderlearn.sample.progress import Progress

CLI = Actor("system", None, "cli")


@click.command("seed")
@click.option("--elders", type=click.IntRange(1, 20_000_000), required=True, help="Elders living in the district.")
@click.option(
    "--attendances",
    type=click.IntRange(0),
    help="Visits of last year and this one together; 17 per elder when left out.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="The same number, the same sample.")
@async_command
async def seed_command(elders: int, attendances: int | None, seed: int) -> None:
    """Fill an empty district with sample people. Everything it writes is marked as sample."""
    from elderlearn.ground.connection import point_engine_at
    from elderlearn.ground.settings import settings
    from elderlearn.sample.progress import Progress

    told = Progress(lambda step: click.echo(f"{step} …", err=True), _bar)
    owner_url = settings().database_owner_url
    if owner_url:  # whoever owns the tables fills them much faster, see ground/bare_tables
        await point_engine_at(owner_url)
    written = await seed_sample(elders=elders, attendances=attendances, seed=seed, progress=told)
    click.echo(f"A sample of {elders} elders with {written} attendances is ready.", err=True)


def _bar(length: int, what: str) -> Iterator[Callable[[int], None]]:
    """Drawn on a terminal only."""
    if not sys.stderr.isatty():
        click.echo(f"{what} …", err=True)
        yield lambda _: None
        return
    with click.progressbar(length=length, label=what, file=sys.stderr) as shown:
        yield lambda done: shown.update(done - shown.pos)


async def seed_sample(
    *,
    elders: int,
    attendances: int | None = None,
    seed: int = 1,
    progress: Progress | None = None,
    with_examples: bool = False,
) -> int:
    """The official places of Linping, sample people and a year of theirs, and one sign-in per audience.

    `with_examples`, of a demo: runs with rounds, kept seats, a line with offers, and a carer; people are told.

    Raises Refusal('not_empty') where anybody is registered already, before it writes anything.
    """
    from elderlearn.ground.clock import now
    from elderlearn.ground.errors import Refusal
    from elderlearn.sample.fair import add_fair_ways
    from elderlearn.sample.progress import SILENT
    from elderlearn.sample.seed import seed as fill
    from elderlearn.sample.sign_ins import add_hour_now, add_sign_ins, lead_the_street

    if not await is_sample_wanted():
        raise Refusal("not_empty")
    await import_linping()
    written = await fill(elders=elders, attendances=attendances, seed=seed, by=CLI, progress=progress or SILENT)
    await add_sign_ins(by=CLI)
    await add_hour_now(now(), by=CLI)
    if with_examples:
        await add_fair_ways(now(), by=CLI)
    await lead_the_street()
    await mark_ready()
    return written


async def is_sample_wanted() -> bool:
    """Nobody is registered yet, or a sample was begun and never finished."""
    from elderlearn.ground.sql import value

    wanted: bool = await value(
        """SELECT NOT EXISTS (SELECT FROM resident)
            OR EXISTS (SELECT FROM district_setting WHERE sample_state = 'filling')"""
    )
    return wanted


async def demo_sign_ins() -> list[tuple[str, str, str]]:
    """What `demo` prints: audience, how to sign in, with what."""
    from elderlearn.sample.sign_ins import demo_sign_ins as listed

    return [(one.audience, one.name, one.means) for one in await listed()]


async def mark_ready() -> None:
    """The sample is whole: from now on /readyz may say so."""
    from elderlearn.ground.sql import rows

    await rows("UPDATE district_setting SET sample_state = 'ready' WHERE sample_state = 'filling'")


async def import_linping() -> None:
    """The official list that comes with the product."""
    from elderlearn.ground.clock import today
    from elderlearn.places.import_places import import_places

    text = (files("elderlearn.places") / "data" / "linping_places.csv").read_text("utf-8")
    await import_places(list(csv.DictReader(io.StringIO(text))), valid_from=today(), by=CLI)
