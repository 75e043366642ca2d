"""PostgreSQL 18 in the data folder: made once, started, stopped. No TCP, sockets for two users only."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from elderlearn.ground.embedded.account import Account
from elderlearn.ground.embedded.ask import ask
from elderlearn.ground.embedded.process import ENVIRONMENT, Server, other_user
from elderlearn.ground.servers import ServersFailed

ADMIN, OWNER, APP = "postgres", "elderlearn_owner", "elderlearn_app"
DATABASE = "elderlearn"
VERSION = "18"
OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "shared_buffers": "256MB",
    "work_mem": "16MB",  # a report of 200,000 people in memory; few statements need any
    "maintenance_work_mem": "128MB",
    "max_connections": "200",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "jit": "off",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] %q%u@%d ",
}
INITDB = ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")


class Postgres:
    """The cluster in `data/pg`. Start and stop only inside the gate."""

    def __init__(
        self, *, data: Path, sockets: Path, account: Account, programs: Path, options: Mapping[str, str]
    ) -> None:
        self.folder, self.sockets, self.account, self.programs = data / "pg", sockets, account, programs
        self.log = data / "log" / "postgresql.log"
        settings = {"unix_socket_directories": f'"{sockets}"', **OPTIONS, **options}
        self.server = Server(
            name="PostgreSQL",
            program="postgres",
            command=[str(programs / "postgres"), "-D", self._seen_from_inside(self.folder)]
            + [part for name, value in settings.items() for part in ("-c", f"{name}={value}")],
            folder=self.folder,
            log=self.log,
            account=account,
            pid=self._pid,
            answers=self._answers,
        )

    def url(self, role: str, database: str = DATABASE) -> str:
        """For asyncpg and for libpq. The port is named because PGPORT may be set."""
        return f"postgresql://{role}@/{quote(database)}?host={quote(str(self.sockets), safe='')}&port=5432"

    def start(self) -> None:
        """Return when it answers, with our roles and database inside; quick when it runs already."""
        if self.server.is_alive() and self._answers():
            return
        if not self.folder.exists():
            self._make_cluster()
        made_by = (self.folder / "PG_VERSION").read_text().strip()
        if made_by != VERSION:
            raise ServersFailed(
                f"{self.folder} was made by PostgreSQL {made_by}, this is {VERSION}: make a backup with the "
                "release of elderlearn that made it, and restore it into a new data folder."
            )
        self._let_in()
        self.server.bring_up(self._forget_dead)
        self._make_roles()

    def stop(self) -> None:
        """End every connection, write everything out, stop."""
        self.server.stop(by=signal.SIGINT, at_last=signal.SIGQUIT, within=60)

    def _make_cluster(self) -> None:
        """Made aside and renamed: an initdb that was interrupted is never taken for a cluster."""
        draft = self.folder.with_name("pg.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self.account.own(draft)
        made: subprocess.CompletedProcess[bytes] = subprocess.run(
            [str(self.programs / "initdb"), "-D", self._seen_from_inside(draft), "-U", ADMIN, *INITDB]
            + ["--auth=peer", "--no-instructions"],
            cwd=draft,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            start_new_session=True,
            env=ENVIRONMENT,
            check=False,
            **other_user(self.account),
        )
        if made.returncode != 0:
            shutil.rmtree(draft, ignore_errors=True)
            raise ServersFailed(
                f"PostgreSQL cannot be set up in {draft.parent}:\n{made.stderr.decode(errors='replace')}"
            )
        draft.rename(self.folder)

    def _seen_from_inside(self, folder: Path) -> str:
        """Below /root the path is closed to the account; its own working folder is not."""
        if self.account.is_other and sys.platform == "linux":
            return "/proc/self/cwd"
        return str(folder)

    def _let_in(self) -> None:
        """Peer authentication: the kernel says who connects. Only root and the account, as any role."""
        names = sorted({"root", self.account.name})
        for name, text in (
            ("pg_hba.conf", "local all all peer map=elderlearn\n"),
            ("pg_ident.conf", "".join(f'elderlearn "{name}" all\n' for name in names)),
        ):
            path = self.folder / name
            path.write_text(text)
            self.account.own(path)

    def _make_roles(self) -> None:
        admin = self.url(ADMIN, "postgres")
        for role in (OWNER, APP):
            if not ask(admin, "SELECT 1 FROM pg_roles WHERE rolname = $1", role):
                ask(admin, f"CREATE ROLE {role} LOGIN")
        if not ask(admin, "SELECT 1 FROM pg_database WHERE datname = $1", DATABASE):
            ask(admin, f"CREATE DATABASE {DATABASE} OWNER {OWNER}")

    def _pid(self) -> int | None:
        try:
            return int((self.folder / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return None

    def _forget_dead(self) -> None:
        """A lock file whose number now belongs to somebody else would keep us out for ever.

        Safe inside the gate: PostgreSQL still refuses to start while old processes hold its memory.
        """
        (self.folder / "postmaster.pid").unlink(missing_ok=True)

    def _answers(self) -> bool:
        if not (self.sockets / ".s.PGSQL.5432").exists():
            return False
        try:
            return bool(ask(self.url(ADMIN, "postgres"), "SELECT 1", timeout=5))
        except Exception:
            return False
