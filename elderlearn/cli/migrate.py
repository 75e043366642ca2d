"""Bring the database up to date; safe to run twice, and from two nodes at once."""

from __future__ import annotations

import asyncio

import click

from elderlearn.ground.servers import servers_at_hand


@click.command("migrate")
def migrate() -> None:
    """Bring the database up to date; safe to run twice, and from two nodes at once."""
    click.echo(migrate_now())


def migrate_now() -> str:
    """The same for `serve --migrate` and `demo`; tells what was done."""
    from elderlearn.ground import migrate as migrations

    with servers_at_hand(queue=False):
        return asyncio.run(migrations.migrate())
