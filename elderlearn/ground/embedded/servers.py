"""Holding the servers: the first in starts them, the last out stops them, a dead holder counts no more."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TextIO

from elderlearn.ground.embedded.account import account_for
from elderlearn.ground.embedded.ask import ask
from elderlearn.ground.embedded.binaries import binaries_for
from elderlearn.ground.embedded.folders import (
    belong_to_folder,
    claim,
    gate,
    holding,
    is_last,
    is_ours,
    socket_folder,
    wipe,
)
from elderlearn.ground.embedded.postgres import ADMIN, APP, DATABASE, OWNER, Postgres
from elderlearn.ground.embedded.valkey import Valkey
from elderlearn.ground.servers import ServersFailed

Role = Literal["app", "owner", "admin"]
ROLES: dict[Role, str] = {"app": APP, "owner": OWNER, "admin": ADMIN}


@dataclass(frozen=True)
class Servers:
    """Running servers of one data folder. `programs` holds pg_dump, pg_restore, pgbench …"""

    data: Path
    postgres: Postgres | None
    valkey: Valkey | None

    @property
    def programs(self) -> Path:
        """The folder with PostgreSQL's own programs, runnable by us."""
        return self._database.programs

    def database_url(self, role: Role = "app", database: str = DATABASE) -> str:
        """`app` may not change tables, `owner` may, `admin` may everything."""
        return self._database.url(ROLES[role], database)

    @property
    def redis_url(self) -> str:
        """unix://…"""
        if self.valkey is None:
            raise RuntimeError("Valkey was not asked for")
        return self.valkey.url

    def create_database(self, name: str, *, template: str | None = None) -> None:
        """A new database of our owner, empty or a copy of `template` (to which nobody may be connected)."""
        source = f' TEMPLATE "{template}" STRATEGY file_copy' if template else ""
        ask(self.database_url("admin", "postgres"), f'CREATE DATABASE "{name}" OWNER {OWNER}{source}')

    def drop_database(self, name: str) -> None:
        """Gone, with everybody still connected to it; not being there is fine."""
        ask(self.database_url("admin", "postgres"), f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def are_alive(self) -> bool:
        """A cheap look at the processes, for a watchman."""
        return all(part.server.is_alive() for part in (self.postgres, self.valkey) if part)

    def revive(self) -> None:
        """Start again what died; does nothing to what lives."""
        with gate(self.data):
            self._start()

    def _start(self) -> None:
        for part in (self.postgres, self.valkey):
            if part:
                part.start()

    @property
    def _database(self) -> Postgres:
        if self.postgres is None:
            raise RuntimeError("PostgreSQL was not asked for")
        return self.postgres


@contextlib.contextmanager
def held(
    data: Path, *, database: bool = True, queue: bool = True, options: Mapping[str, str] | None = None
) -> Iterator[Servers]:
    """While the block runs, the servers of this data folder answer.

    `options` are PostgreSQL settings, used only by whoever starts it. Raises ServersFailed with a sentence.
    """
    data = data.resolve()
    claim(data)
    with contextlib.ExitStack() as stack:
        with gate(data):
            holder = stack.enter_context(holding(data))
            servers, everything = _described(data, database, queue, options or {})
            try:
                servers._start()
            except BaseException:
                _stop_if_last(holder, everything)
                raise
        try:
            yield servers
        finally:
            with gate(data):
                _stop_if_last(holder, everything)


def reset(data: Path) -> None:
    """Remove everything in the data folder for good. Refuses while somebody uses it, or if it is not ours."""
    data = data.resolve()
    if not is_ours(data):
        return
    with gate(data), holding(data) as holder:
        if not is_last(holder):
            raise ServersFailed(f"{data} is in use; stop what runs there first.")
        _stop_if_last(holder, _described(data, True, True, {})[1])
        wipe(data)


def _described(data: Path, database: bool, queue: bool, options: Mapping[str, str]) -> tuple[Servers, Servers]:
    """The servers asked for, and all servers of the folder: the last one out stops all of them."""
    account = account_for(data)
    programs = binaries_for(account)
    sockets = socket_folder(data, account)
    (data / "log").mkdir(mode=0o700, exist_ok=True)
    belong_to_folder(data / "log")
    postgres = Postgres(data=data, sockets=sockets, account=account, programs=programs.postgres, options=options)
    valkey = Valkey(data=data, sockets=sockets, account=account, program=programs.valkey)
    asked = Servers(data, postgres if database else None, valkey if queue else None)
    return asked, Servers(data, postgres, valkey)


def _stop_if_last(holder: TextIO, everything: Servers) -> None:
    if not is_last(holder):
        return
    if everything.valkey:
        everything.valkey.stop()
    if everything.postgres:
        everything.postgres.stop()
        with contextlib.suppress(OSError):
            everything.postgres.sockets.rmdir()
