"""Try it: everything on this machine, with a sample district, web pages and jobs."""

from __future__ import annotations

import asyncio
import os
import ssl
import sys
import threading
import time
import unicodedata
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import click

from elderlearn.ground.servers import servers_at_hand
from elderlearn.ground.settings import forget, settings

SEED = 20260101
STILL_WAITING = 60.0


@click.command("demo")
@click.option("--host", help="Address to listen at.  [default: 127.0.0.1; with --tls 0.0.0.0]")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Web processes.")
@click.option("--elders", default=2000, show_default=True, type=click.IntRange(1), help="Size of the sample.")
@click.option("--reset", "resets", is_flag=True, help="Remove all data of the demo first.")
@click.option("--tls", is_flag=True, help="Over TLS with a certificate of its own, for phones in this network.")
def demo(host: str | None, port: int, workers: int, elders: int, resets: bool, tls: bool) -> None:
    """Start everything on this machine and print how to sign in. A second start keeps the data."""
    from elderlearn.cli._serving import address_of, listen, supervise
    from elderlearn.cli.migrate import migrate_now

    host = host or ("0.0.0.0" if tls else "127.0.0.1")  # noqa: S104 - phones must reach it
    with listen(host, port) as listener:
        if resets:
            _reset()
        address = address_of(host, listener.getsockname()[1], is_tls=tls)
        os.environ["ELDERLEARN_DEMO"] = "1"
        os.environ["PUBLIC_URL"] = os.environ.get("PUBLIC_URL") or address
        forget()
        with servers_at_hand() as servers:
            migrate_now()
            sign_ins = asyncio.run(_prepare(elders))
            files = _certificate(address) if tls else None
            threading.Thread(target=_announce, args=(address, sign_ins), daemon=True).start()
            supervise(listener, workers=workers, servers=servers, with_worker=True, tls=files)
            click.echo("Stopping …")


def _reset() -> None:
    if not settings().is_embedded:
        raise click.ClickException("--reset removes the embedded data only; DATABASE_URL names another database.")
    from elderlearn.ground.embedded import reset

    reset(settings().data)


def _certificate(address: str) -> tuple[Path, Path]:
    from elderlearn.cli._certificate import certificate

    return certificate(settings().data / "tls", urlsplit(address).hostname or "127.0.0.1")


async def _prepare(elders: int) -> list[tuple[str, str, str]]:
    """The sample goes in when nobody is registered yet; the answer tells how to sign in."""
    from elderlearn.cli import seed
    from elderlearn.cli._running import with_database

    async with with_database():
        if await seed.is_sample_wanted():
            click.echo(f"Making a sample district with {elders} elders …")
            await seed.seed_sample(elders=elders, attendances=None, seed=SEED, with_examples=True)
        return await seed.demo_sign_ins()


def _announce(address: str, sign_ins: list[tuple[str, str, str]]) -> None:
    """Print the address once everything is ready, web and worker."""
    began = told = time.monotonic()
    while not _is_ready(address):
        if time.monotonic() - told > STILL_WAITING:
            told = time.monotonic()
            print(f"Not ready after {told - began:.0f} s; see what the processes say above.", file=sys.stderr)
        time.sleep(0.2)
    lines = [f"\nelderlearn is ready:  {address}\n"]
    lines += [f"  {_padded(audience, 9)}  {_padded(who, 18)}  {means}" for audience, who, means in sign_ins]
    lines += [f"\nData: {settings().data}\nCtrl-C stops everything."]
    print("\n".join(lines), flush=True)


def _padded(text: str, width: int) -> str:
    """Filled up with blanks; a Chinese character takes two columns of a terminal."""
    taken = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
    return text + " " * (width - taken)


def _is_ready(address: str) -> bool:
    """200 from /readyz, asked without a proxy and, over TLS, without questioning our own certificate."""
    trusting = ssl._create_unverified_context()  # noqa: S323
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=trusting)
    )
    try:
        with opener.open(f"{address}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.HTTPError):
        return False
