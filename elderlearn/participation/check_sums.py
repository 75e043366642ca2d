"""Do the figures still say what the attendances say? Some people every night, everybody once a week."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime

from elderlearn.checkin.check_some import differences_of
from elderlearn.checkin.recount import differences
from elderlearn.enrolment import recount as enrolled
from elderlearn.ground.clock import now
from elderlearn.ground.sql import row, rows, value
from elderlearn.ground.unit_of_work import unit_of_work

A_SAMPLE = 2000  # people: a wrong sum of one in a thousand is found in one night of seven out of eight
SHOWN = 20
GAUGE = """SELECT coalesce((SELECT differing FROM sums_check ORDER BY finished_at DESC LIMIT 1), 0) AS differing,
    coalesce(extract(epoch FROM now() - (SELECT max(finished_at) FROM sums_check)), -1) AS age"""


@dataclass(frozen=True)
class Alarm:
    """The last check that found something, while no check of everything was clean since."""

    at: datetime
    differing: int
    people: int
    shown: list[str]


async def check_some(how_many: int = A_SAMPLE) -> int:
    """Of people drawn at random; how many rows differ."""
    started, ids = now(), await _drawn(how_many)
    return await _keep("some", started, len(ids), await differences_of(ids))


async def check_all() -> int:
    """Of everybody, and the seats; how many rows differ."""
    started = now()
    found = await differences()
    seats = await enrolled.differences()
    lines = [f"{one.table}: {one.key}: {one.kept} ≠ {one.counted}" for one in found.shown]
    lines += [f"{one.subject} {one.subject_id}: {one.what} {one.kept} ≠ {one.counted}" for one in seats]
    people: int = await value("SELECT count(*) FROM resident WHERE state <> 'merged'")
    return await _keep("all", started, people, lines, sum(found.rows.values()) + len(seats))


async def alarm() -> Alarm | None:
    """For the pages of the district."""
    found = await row(
        """SELECT finished_at AS at, differing, people, shown::text AS shown FROM sums_check c
        WHERE differing > 0 AND NOT EXISTS (SELECT FROM sums_check later WHERE later.finished_at > c.finished_at
            AND later.what = 'all' AND later.differing = 0)
        ORDER BY finished_at DESC LIMIT 1"""
    )
    return Alarm(found["at"], found["differing"], found["people"], json.loads(found["shown"])) if found else None


async def _drawn(how_many: int) -> list[int]:
    """Numbers at random up to the newest; those of nobody are left out."""
    most: int = await value("SELECT coalesce(max(id), 0) FROM resident")
    if most <= how_many:
        found = await rows("SELECT id FROM resident")
    else:
        drawn = {secrets.randbelow(most) + 1 for _ in range(how_many)}
        found = await rows("SELECT id FROM resident WHERE id = ANY($1::bigint[])", sorted(drawn))
    return [one["id"] for one in found]


async def _keep(what: str, started: datetime, people: int, lines: list[str], differing: int | None = None) -> int:
    many = len(lines) if differing is None else differing
    async with unit_of_work():
        await rows(
            """INSERT INTO sums_check (what, started_at, finished_at, people, differing, shown)
            VALUES ($1, $2, $3, $4, $5, $6::jsonb)""",
            what,
            started,
            now(),
            people,
            many,
            json.dumps(lines[:SHOWN], ensure_ascii=False),
        )
    return many
