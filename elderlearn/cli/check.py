"""Say what is wrong with settings, database, queue, clock and secrets; exit 1 if anything is"""

from __future__ import annotations

import asyncio

import click

from elderlearn.ground.servers import servers_at_hand


@click.command("check")
@click.option("--deploy", is_flag=True, help="Also what matters only when real people use it.")
def check(deploy: bool) -> None:
    """Look at everything once and name what is wrong, one line each."""
    from elderlearn.cli._checks import everything

    with servers_at_hand():
        wrong = asyncio.run(everything(deploy=deploy))
    for sentence in wrong:
        click.echo(sentence, err=True)
    if wrong:
        raise SystemExit(1)
    click.echo("Everything is as it should be.")
