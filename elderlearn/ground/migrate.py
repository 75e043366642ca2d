"""Bring the database up to date, and give the application's role what it may do: never more."""

from __future__ import annotations

import contextlib
import io
from functools import cache

import asyncpg
from piccolo.apps.migrations.commands.forwards import run_forwards

from elderlearn.ground import sql
from elderlearn.ground.connection import NO_DATABASE, point_engine_at
from elderlearn.ground.files import migrations_folder
from elderlearn.ground.servers import ServersFailed
from elderlearn.ground.settings import settings

LOCK = 7_203_110_914  # any number, as long as nobody else takes it as an advisory lock
APPEND_ONLY = ("trail", "scan")
READ_ONLY = ("migration",)


async def migrate(*, database_url: str | None = None, owner_url: str | None = None) -> str:
    """All migrations are in afterwards, run by the owner; the answer tells what was done.

    Safe to run twice, and from two nodes at once: the second waits and finds nothing to do. Without an
    owner's address the one role does both. Raises RuntimeError when a migration fails.
    """
    url = database_url or settings().database_url
    if url is None:
        raise ServersFailed(NO_DATABASE)
    owner_url = owner_url or settings().database_owner_url or url
    lock = await asyncpg.connect(owner_url)
    try:
        await lock.execute(f"SELECT pg_advisory_lock({LOCK})")
        await point_engine_at(owner_url)
        try:
            report = await _run()
        finally:
            await point_engine_at(url)
        await _let_work(lock, await _role_of(url))
        return report
    finally:
        await lock.close()


async def _run() -> str:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        result = await run_forwards("elderlearn")
    if not result.success:
        raise RuntimeError(f"The migrations did not run: {result.message}\n{said.getvalue()}")
    return result.message or "done"


async def _role_of(url: str) -> str:
    connection = await asyncpg.connect(url)
    try:
        return str(await connection.fetchval("SELECT current_user"))
    finally:
        await connection.close()


async def _let_work(owner: asyncpg.Connection, role: str) -> None:
    """Rows yes, tables no; trail and scans only grow. Later tables are covered by the default privileges."""
    if role == await owner.fetchval("SELECT current_user"):
        return
    app = '"' + role.replace('"', '""') + '"'
    rows = "SELECT, INSERT, UPDATE, DELETE"
    async with owner.transaction():
        await owner.execute(f"GRANT USAGE ON SCHEMA public TO {app}")
        await owner.execute(f"GRANT {rows} ON ALL TABLES IN SCHEMA public TO {app}")
        await owner.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app}")
        await owner.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {rows} ON TABLES TO {app}")
        await owner.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app}")
        for tables, taken in ((APPEND_ONLY, "UPDATE, DELETE, TRUNCATE"), (READ_ONLY, "INSERT, UPDATE, DELETE")):
            for table in await owner.fetch(
                "SELECT relname FROM pg_class WHERE relname = ANY($1) AND relkind = 'r'", tables
            ):
                await owner.execute(f"REVOKE {taken} ON {table['relname']} FROM {app}")


async def missing_migrations() -> set[str]:
    """The migrations of this release that have not run; asks as the application's role."""
    if await sql.value("SELECT to_regclass('migration')") is None:
        return known_migrations()
    done = await sql.rows("SELECT name FROM migration WHERE app_name = 'elderlearn'")
    return known_migrations() - {one["name"] for one in done}


@cache
def known_migrations() -> set[str]:
    """Piccolo names a migration by the ID inside its file."""
    found = set()
    for path in migrations_folder().glob("*.py"):
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("ID = "):
                found.add(line.removeprefix("ID = ").strip("\"'"))
    return found
