"""Valkey 9 in the data folder: an append-only file, a unix socket, no TCP."""

from __future__ import annotations

import signal
import socket
from pathlib import Path

from elderlearn.ground.embedded.account import Account
from elderlearn.ground.embedded.process import Server


class Valkey:
    """The queue in `data/valkey`. Start and stop only inside the gate."""

    def __init__(self, *, data: Path, sockets: Path, account: Account, program: Path) -> None:
        self.folder, self.account = data / "valkey", account
        self.socket = sockets / "valkey.sock"
        self.server = Server(
            name="Valkey",
            program="valkey-server",
            command=[str(program), "--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700"]
            + ["--dir", "./", "--appendonly", "yes", "--appendfsync", "everysec", "--save", ""]
            + ["--pidfile", "valkey.pid", "--daemonize", "no", "--maxmemory-policy", "noeviction"],
            folder=self.folder,
            log=data / "log" / "valkey.log",
            account=account,
            pid=self._pid,
            answers=self._answers,
        )

    @property
    def url(self) -> str:
        """For redis-py and arq."""
        return f"unix://{self.socket}"

    def start(self) -> None:
        """Return when it answers; quick when it runs already."""
        if self._answers():
            return
        if not self.folder.exists():
            self.folder.mkdir(mode=0o700)
            self.account.own(self.folder)
        self.server.bring_up(lambda: (self.folder / "valkey.pid").unlink(missing_ok=True))

    def stop(self) -> None:
        """Write the last second out and end."""
        self.server.stop(by=signal.SIGTERM, at_last=signal.SIGKILL, within=30)

    def _pid(self) -> int | None:
        try:
            return int((self.folder / "valkey.pid").read_text())
        except (OSError, ValueError):
            return None

    def _answers(self) -> bool:
        """PONG; while it still loads its file it says so instead."""
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(5)
                line.connect(str(self.socket))
                line.sendall(b"PING\r\n")
                return line.recv(64).startswith(b"+PONG")
        except OSError:
            return False
