"""API tokens for other systems."""

from __future__ import annotations

import click

from elderlearn.cli._running import async_command
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing


@click.group("token")
def token() -> None:
    """API tokens for other systems."""


@token.command("add")
@click.option("--staff", "staff_name", metavar="NAME", required=True, help="The account the token acts as.")
@async_command
async def add(staff_name: str) -> None:
    """A new token, alone on the output. It is shown this once."""
    from elderlearn.people.tokens import add_token

    try:
        made = await add_token(staff_name, by=Actor("system", None, "cli"))
    except Missing as missing:
        raise click.ClickException(
            f"There is no account named {staff_name}; see: elderlearn staff add."
        ) from missing
    click.echo("Keep it well: it is not shown again.", err=True)
    click.echo(made)
