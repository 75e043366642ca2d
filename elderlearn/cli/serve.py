"""Serve the web pages and the API, with one or several processes."""

from __future__ import annotations

import os

import click

from elderlearn.ground.servers import servers_at_hand


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Web processes.")
@click.option("--migrate", "migrates", is_flag=True, help="Bring the database up to date first.")
def serve(host: str, port: int, workers: int, migrates: bool) -> None:
    """Serve the web pages and the API until Ctrl-C. Jobs need `elderlearn work` beside it."""
    from elderlearn.cli._serving import address_of, listen, supervise
    from elderlearn.cli.migrate import migrate_now

    with listen(host, port) as listener, servers_at_hand() as servers:
        if migrates:
            click.echo(migrate_now())
        port = listener.getsockname()[1]
        os.environ.setdefault("PUBLIC_URL", address_of(host, port))
        click.echo(f"Serving at {address_of(host, port)}")
        supervise(listener, workers=workers, servers=servers)
