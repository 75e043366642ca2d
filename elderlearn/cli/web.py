"""One web process below `serve`: takes over the listening socket, ends with its supervisor."""

from __future__ import annotations

import gc
import socket

import click

from elderlearn.ground.leash import end_with
from elderlearn.ground.servers import servers_at_hand

PATIENCE = 10  # seconds; the longest line for one run, in a rush, is a second or two


@click.command("web", hidden=True)
@click.option("--socket", "listening", type=int, required=True)
@click.option("--leash", type=int, required=True)
@click.option("--app", default="elderlearn.app:create_app")
@click.option("--certificate")
@click.option("--key")
def web(listening: int, leash: int, app: str, certificate: str | None, key: str | None) -> None:
    """One web process below `serve`; not for people."""
    import uvicorn

    from elderlearn.ground.connection import give_up_locks_after

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            gc.freeze()  # routes, templates and code are here for good: not looked through again and again

    with servers_at_hand(), socket.socket(fileno=listening) as listener:
        end_with(leash)
        give_up_locks_after(PATIENCE)
        config = uvicorn.Config(
            app,
            factory=True,
            loop="uvloop",
            http="httptools",
            ws="none",
            lifespan="on",
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=10,
            ssl_certfile=certificate,
            ssl_keyfile=key,
        )
        Server(config).run(sockets=[listener])
