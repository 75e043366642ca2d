"""Measure how far from the limit of this machine we are, each benchmark with its floor."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

import click

from elderlearn.ground.servers import servers_at_hand

NAMES = ("scan_online", "scan_batch", "enrol_rush", "report_district", "catalogue_page")
ONLY_BY_NAME = ("enrol_full",)  # asked for by its name: the contract counts five
ELDERS = 20_000


@click.command("bench")
@click.argument("names", nargs=-1, type=click.Choice((*NAMES, *ONLY_BY_NAME)), metavar="[NAME]…")
@click.option("--json", "as_json", is_flag=True, help="Only JSON on stdout.")
@click.option("--elders", type=click.IntRange(100), help="Size of the sample, 20,000; with --growth the largest.")
@click.option("--attendances", type=click.IntRange(0), help="Visits in the sample; 17 per elder when left out.")
@click.option("--seconds", default=2.0, show_default=True, type=click.FloatRange(0.05), help="Of load in a round.")
@click.option(
    "--growth", "grows", is_flag=True, help="Only report_district, over 20,000, 200,000 and 2,000,000 elders."
)
def bench(
    names: tuple[str, ...], as_json: bool, elders: int | None, attendances: int | None, seconds: float, grows: bool
) -> None:
    """Measure, in a database of its own that is gone afterwards, how far from the limit of this machine we are.

    Every benchmark has a floor measured in turns with it, by the same server and client: what a bare route
    with one statement does. ratio = value ÷ floor, for times floor ÷ value; 1 is the limit.
    """
    from elderlearn.bench.benchmarks import run
    from elderlearn.bench.hall import Sizes
    from elderlearn.bench.measured import WrongAnswers

    def tell(said: str) -> None:
        click.echo(said, err=True)

    if grows:
        if set(names) - {"report_district"}:
            raise click.UsageError("--growth measures report_district only.")
        _growth(tell, elders, as_json=as_json)
        return
    with servers_at_hand() as servers:
        sizes = Sizes(elders or ELDERS, attendances, seconds)
        try:
            found, memory = asyncio.run(run(names or NAMES, sizes, servers=servers, fill=_fill, tell=tell))
        except WrongAnswers as wrong:
            raise click.ClickException(f"Measured nothing: {wrong}") from wrong
    if as_json:
        click.echo(json.dumps([one.as_json() for one in found], ensure_ascii=False, indent=1))
        return
    click.echo(f"{'':16}{'measured':>12}{'floor':>12}  {'':10}{'ratio':>6}")
    for one in found:
        click.echo(f"{one.name:16}{one.value:>12,.1f}{one.floor:>12,.1f}  {one.unit:10}{one.ratio:>6.2f}")
        for note in one.notes:
            click.echo(f"    {note}")
    if memory:
        click.echo(f"\n{memory} MB of memory in a web process.")


async def _fill(sizes: object) -> None:
    from elderlearn.bench.hall import Sizes
    from elderlearn.cli.seed import seed_sample

    assert isinstance(sizes, Sizes)
    await seed_sample(elders=sizes.elders, attendances=sizes.attendances)


def _growth(tell: Callable[[str], None], largest: int | None, *, as_json: bool) -> None:
    from elderlearn.bench.growth import growth, steps_up_to
    from elderlearn.bench.measured import WrongAnswers
    from elderlearn.cli.seed import import_linping

    with servers_at_hand() as servers:
        try:
            steps = asyncio.run(growth(servers, places=import_linping, tell=tell, steps=steps_up_to(largest)))
        except WrongAnswers as wrong:
            raise click.ClickException(f"Measured nothing: {wrong}") from wrong
    if as_json:
        sizes = [{"elders": one.elders, "attendances": one.attendances, **one.found.as_json()} for one in steps]
        click.echo(json.dumps(sizes, ensure_ascii=False, indent=1))
        return
    click.echo(f"{'elders':>12}{'attendances':>14}{'report':>12}{'floor':>12}{'ratio':>8}")
    for one in steps:
        figures = f"{one.found.value:>9,.1f} ms{one.found.floor:>9,.1f} ms{one.found.ratio:>8.2f}"
        click.echo(f"{one.elders:>12,}{one.attendances:>14,}{figures}")
