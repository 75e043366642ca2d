"""A waiting file is checked or written, by one process at a time; killed anywhere, nothing is half done.

Who works on a run holds an advisory lock of its own connection: the lock ends with the process, so that another
takes the run up at once, and never while the first still lives. Progress goes through that connection and is
seen from outside while the one big unit of work runs.
"""

from __future__ import annotations

import asyncio
import json
import logging
import traceback
from typing import Any

import asyncpg

from elderlearn.ground.actor import Actor
from elderlearn.ground.beside import beside
from elderlearn.ground.clock import now
from elderlearn.ground.crypto import decrypt_bytes
from elderlearn.ground.errors import Stale
from elderlearn.ground.spreadsheets.outcome import Outcome, Stopped, Watch
from elderlearn.ground.sql import rows
from elderlearn.ground.trail import note
from elderlearn.places.queries import place_by_id
from elderlearn.stewardship.imports.found import Found, found_as_json, found_of
from elderlearn.stewardship.imports.kinds import bring_in

LOCK = 20_261  # the first half of the lock's name; the second is the id of the run
MOST_ATTEMPTS = 3
MAY_PASS = (asyncpg.PostgresError, OSError, Stale)  # tried again
AT_WORK = "('waiting', 'checking', 'writing')"
log = logging.getLogger(__name__)


async def waiting_imports() -> list[int]:
    """Runs nobody works on: new ones, and those whose process died."""
    found = await rows(
        f"""SELECT id FROM import_run i WHERE state IN {AT_WORK} AND NOT EXISTS (SELECT FROM pg_locks l
            WHERE l.locktype = 'advisory' AND l.classid::int = $1 AND l.objid::bigint = i.id AND l.database =
                (SELECT oid FROM pg_database WHERE datname = current_database())) ORDER BY id""",
        LOCK,
    )
    return [one["id"] for one in found]


async def carry_out_import(id: int) -> None:
    """Check it, or write what was confirmed. May be called anywhere, any number of times, also at once.

    A run that is done, or in other hands, is left alone. What goes wrong is in its `found`, and nothing was
    written then; a fault of the database is tried again, three times in all.
    """
    async with beside() as line:
        if not await line.fetchval("SELECT pg_try_advisory_lock($1, $2)", LOCK, id):
            return
        run = await line.fetchrow(
            f"""UPDATE import_run SET attempts = attempts + 1, done = 0, total = 0,
                state = CASE WHEN is_trial THEN 'checking' ELSE 'writing' END
            WHERE id = $1 AND state IN {AT_WORK} RETURNING *""",
            id,
        )
        if run is None:
            return
        if run["attempts"] > MOST_ATTEMPTS or run["data"] is None:
            await _end(line, id, "failed", Found(stopped_by="given_up"))
            return
        await _work(line, run)


async def _work(line: asyncpg.Connection, run: Any) -> None:
    try:
        outcome = await bring_in(
            run["kind"],
            decrypt_bytes(run["data"]),
            by=Actor("staff", run["by_staff"], run["door"]),
            within=await place_by_id(run["place"]),
            skip_bad=run["skip_bad"],
            dry_run=run["is_trial"],
            watch=_OnTheRun(line, run),
        )
    except Stopped:
        await _end(line, run["id"], "cancelled", None)
    except asyncio.CancelledError:  # the worker is told to go; that is no fault of this file
        await asyncio.shield(
            line.execute("UPDATE import_run SET attempts = attempts - 1 WHERE id = $1", run["id"])
        )
        raise
    except Exception as error:
        _log(run["id"], error)
        if run["attempts"] >= MOST_ATTEMPTS or not isinstance(error, MAY_PASS):
            await _end(line, run["id"], "failed", Found(stopped_by="mistake"))
    else:
        if not outcome.is_written:
            await _end_check(line, run["id"], found_of(outcome))


async def _end_check(line: asyncpg.Connection, id: int, found: Found) -> None:
    """Called off when it was asked for after the last step that heard it."""
    is_stopped = await line.fetchval(
        """UPDATE import_run SET is_trial = true, found = $2,
            state = CASE WHEN stop_asked_at IS NULL THEN 'checked' ELSE state END
        WHERE id = $1 RETURNING stop_asked_at IS NOT NULL""",
        id,
        _json(found),
    )
    if is_stopped:
        await _end(line, id, "cancelled", None)


def _log(id: int, error: Exception) -> None:
    """Which kind and where; never its text, which may quote somebody's name or number."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    log.error("import %s failed: %s at %s:%s", id, type(error).__name__, where.filename, where.lineno)


async def _end(line: asyncpg.Connection, id: int, state: str, found: Found | None) -> None:
    await line.execute(
        """UPDATE import_run SET state = $2, data = NULL, finished_at = $3, found = coalesce($4::jsonb, found)
        WHERE id = $1""",
        id,
        state,
        now(),
        _json(found) if found else None,
    )


def _json(found: Found) -> str:
    return json.dumps(found_as_json(found), ensure_ascii=False)


class _OnTheRun(Watch):
    """Writes down how far it is, and hears when it shall stop."""

    def __init__(self, line: asyncpg.Connection, run: Any) -> None:
        self.line, self.run = line, run

    async def heard(self, stage: str, done: int, total: int) -> None:
        """Seen from outside at once."""
        stop = await self.line.fetchval(
            "UPDATE import_run SET done = $2, total = $3 WHERE id = $1 RETURNING stop_asked_at",
            self.run["id"],
            done,
            total,
        )
        if stop is not None:
            raise Stopped

    async def written(self, outcome: Outcome) -> None:
        """In the unit of work itself: written and done are one fact."""
        stop = await rows("SELECT stop_asked_at FROM import_run WHERE id = $1 FOR UPDATE", self.run["id"])
        if stop[0]["stop_asked_at"] is not None:
            raise Stopped
        found = found_of(outcome)
        await rows(
            """UPDATE import_run SET state = 'done', data = NULL, finished_at = $2, found = $3, done = total
            WHERE id = $1""",
            self.run["id"],
            now(),
            _json(found),
        )
        await note(
            "import_file",
            by=Actor("staff", self.run["by_staff"], self.run["door"]),
            subject="import_run",
            subject_id=self.run["id"],
            district=self.run["district"],
            kind=outcome.kind,
            rows=outcome.rows,
            **dict(outcome.counts),
        )
