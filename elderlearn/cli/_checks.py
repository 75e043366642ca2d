"""What `elderlearn check` looks at. Each look answers with sentences saying what to do; none when all is well."""

from __future__ import annotations

import stat
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import asyncpg
import redis.asyncio as redis
from redis.exceptions import RedisError

from elderlearn.cli._running import with_database
from elderlearn.ground import sql
from elderlearn.ground.clock import now
from elderlearn.ground.keys import secret
from elderlearn.ground.migrate import missing_migrations
from elderlearn.ground.settings import settings
from elderlearn.stewardship.invariants import broken_invariants

CLOCK_SECONDS = 2.0
Look = Callable[[], Awaitable[list[str]]]


async def everything(*, deploy: bool) -> list[str]:
    """All sentences; a database that does not answer ends the list early."""
    wrong = await secrets_lie_right() + await queue_answers()
    if deploy:
        wrong += settings_fit_people()
    try:
        async with with_database():
            missing = await missing_migrations()
            if missing:
                return [*wrong, f"{len(missing)} migrations are missing: run elderlearn migrate."]
            for look in (clock_agrees, invariants_hold, *((roles_are_apart, nothing_invented) if deploy else ())):
                wrong += await look()
    except (OSError, asyncpg.PostgresError) as error:
        wrong.append(f"The database does not answer ({error}): check DATABASE_URL.")
    return wrong


async def secrets_lie_right() -> list[str]:
    """Keys are there and readable by nobody else."""
    secret("lookup")
    folder = settings().keys
    if not folder.is_dir():
        return []
    loose = [path.name for path in sorted(folder.iterdir()) if stat.S_IMODE(path.stat().st_mode) & 0o077]
    return [f"Others can read these keys in {folder}: {', '.join(loose)}. Run chmod 600 on them."] if loose else []


async def queue_answers() -> list[str]:
    """Valkey is there; without it notices wait until it is back."""
    try:
        async with redis.Redis.from_url(settings().redis_url or "redis://127.0.0.1:6379") as queue:
            await queue.ping()
    except (RedisError, OSError) as error:
        return [f"The queue does not answer ({error}): check REDIS_URL."]
    return []


async def clock_agrees() -> list[str]:
    """Ours and the database's: a scan is judged by ours, and compared with rows of theirs."""
    theirs: datetime = await sql.value("SELECT clock_timestamp()")
    off = abs((now() - theirs.astimezone(UTC)).total_seconds())
    return (
        [f"This clock and the database's are {off:.0f} s apart: set both by NTP."] if off > CLOCK_SECONDS else []
    )


async def invariants_hold() -> list[str]:
    """Contract section 5."""
    return [
        f"{broken}: run elderlearn recount; if it stays, somebody must look."
        for broken in await broken_invariants()
    ]


def settings_fit_people() -> list[str]:
    """What a trial may do and an installation for people may not."""
    chosen = settings()
    wrong = []
    if not chosen.is_https:
        wrong.append("PUBLIC_URL is not https: phones give no camera, and sign-ins travel in the open.")
    if chosen.gateway == "pretend":
        wrong.append("ELDERLEARN_GATEWAY is pretend: nobody is told anything. Choose webhook.")
    if chosen.is_demo:
        wrong.append("ELDERLEARN_DEMO is set: take it away.")
    return wrong


async def roles_are_apart() -> list[str]:
    """The web must not be able to change tables or the trail."""
    found = await sql.row(
        """SELECT has_schema_privilege(current_user, 'public', 'CREATE') AS may_create,
            has_table_privilege(current_user, 'trail', 'UPDATE, DELETE') AS may_rewrite,
            current_setting('is_superuser') = 'on' AS is_superuser"""
    )
    if found and (found["may_create"] or found["may_rewrite"] or found["is_superuser"]):
        return ["The web's database role may change tables or the trail: set DATABASE_OWNER_URL to another role "
                "than DATABASE_URL and run elderlearn migrate."]  # fmt: skip
    return []


async def nothing_invented() -> list[str]:
    """Sample people and real ones never share a database."""
    samples = await sql.value("SELECT count(*) FROM district_setting WHERE is_sample")
    return ["This database holds a sample district: use an empty one for people."] if samples else []
