"""Web processes and a worker below one supervisor: what `serve` and `demo` have in common."""

from __future__ import annotations

import contextlib
import errno
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from elderlearn.ground.servers import ServersFailed
from elderlearn.ground.supervisor import Child, Supervisor

if TYPE_CHECKING:
    from elderlearn.ground.embedded import Servers

BACKLOG = 2048
# -P: the folder we are called from must not lend us another clone's code.
OURSELVES = (sys.executable, "-P", "-m", "elderlearn")


def listen(host: str, port: int) -> socket.socket:
    """Bound once, by the parent: a port that is taken is told before anything starts."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise click.ClickException(_why_not(host, port, error)) from error
    return listener


def address_of(host: str, port: int, *, is_tls: bool = False) -> str:
    """What to type into a browser: for `every address` the one this computer has in its network."""
    if host in ("0.0.0.0", "::", ""):  # noqa: S104 - compared, not bound
        host = _own_address()
    if ":" in host:
        host = f"[{host}]"
    return f"{'https' if is_tls else 'http'}://{host}:{port}"


def supervise(
    listener: socket.socket,
    *,
    workers: int,
    servers: Servers | None,
    with_worker: bool = False,
    tls: tuple[Path, Path] | None = None,
) -> None:
    """Serve until Ctrl-C or SIGTERM: stops web first, then the worker; the caller then lets go the servers."""
    web = [*OURSELVES, "web", "--socket", str(listener.fileno())]
    if tls:
        web += ["--certificate", str(tls[0]), "--key", str(tls[1])]
    children = [Child(f"web {n + 1}", web, pass_fds=(listener.fileno(),)) for n in range(workers)]
    if with_worker:
        children.append(Child("worker", [*OURSELVES, "work"]))
    Supervisor(children, watch=(lambda: look_after(servers)) if servers else None).run()


def look_after(servers: Servers) -> None:
    """Start again what died; if that fails, say so and try at the next look."""
    if servers.are_alive():
        return
    print("A server is gone, starting it again.", file=sys.stderr, flush=True)
    with contextlib.suppress(OSError):
        try:
            servers.revive()
        except ServersFailed as error:
            print(error, file=sys.stderr, flush=True)


def _own_address() -> str:
    """The address other computers see; nothing is sent to find out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        try:
            line.connect(("192.0.2.1", 9))
            return str(line.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken; choose another with --port."
    if error.errno == errno.EACCES:
        return f"This user may not listen at port {port}; choose one above 1023 with --port."
    return f"Cannot listen at {host}:{port}: {error.strerror}."
