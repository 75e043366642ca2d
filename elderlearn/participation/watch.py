"""The nightly look for unusual patterns, what is open, and closing one with a note."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now, today
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, rows, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.participation.unusual_patterns import LOOK_BACK, PATTERNS, Found

GROWN = 5  # a closed pattern comes back when it has grown by a fifth of what was closed
LONGEST_NOTE = 300
LISTED = """SELECT u.id, u.district AS district_id, u.kind, u.measure, u.evidence::text AS evidence, u.on_date,
    u.organisation AS organisation_id, o.name AS organisation, p.name AS place, p.code AS place_code,
    u.session AS session_id, c.title, s.starts_at, u.seen_at, u.last_at, u.closed_at, w.name AS closed_by, u.note
    FROM unusual u LEFT JOIN organisation o ON o.id = u.organisation LEFT JOIN place p ON p.id = u.place
    LEFT JOIN session s ON s.id = u.session LEFT JOIN course_run q ON q.id = s.run
    LEFT JOIN course c ON c.id = q.course LEFT JOIN staff w ON w.id = u.closed_by"""


@dataclass(frozen=True)
class Pattern:
    """One line of the page; `evidence` as `unusual_patterns` says it for its kind."""

    id: int
    district_id: int
    kind: str
    measure: int
    evidence: dict[str, Any]
    on_date: date | None
    organisation_id: int | None
    organisation: str | None
    place: str | None
    place_code: str | None
    session_id: int | None
    title: str | None
    starts_at: datetime | None
    seen_at: datetime
    last_at: datetime
    closed_at: datetime | None
    closed_by: str | None
    note: str


async def watch_all() -> int:
    """Look through every district; how many patterns are open. Twice in one night is the same."""
    for one in await rows("SELECT id FROM place WHERE level = 'district' AND valid_to IS NULL ORDER BY id"):
        await watch(one["id"])
    many: int = await value("SELECT count(*) FROM unusual WHERE closed_at IS NULL")
    return many


async def watch(district_id: int, on: date | None = None) -> list[Found]:
    """What is found is kept; what is not found any more and is still open goes: the records were put right."""
    found = [one for pattern in PATTERNS for one in await pattern(district_id, on or today())]
    moment = now()
    async with unit_of_work():
        await _keep(district_id, found, moment)
        await rows(
            """DELETE FROM unusual WHERE district = $1 AND closed_at IS NULL AND last_at < $2
                AND (on_date > $3 OR evidence->>'year' IN (SELECT label FROM stat_period
                    WHERE district = $1 AND state = 'active' AND $4 BETWEEN starts_on AND ends_on))""",
            district_id,
            moment,
            (on or today()) - LOOK_BACK,
            on or today(),
        )
    return found


async def patterns(
    district_id: int, *, kind: str = "", closed: bool = False, limit: int = 20, offset: int = 0
) -> tuple[list[Pattern], int]:
    """One page, the newest first, and how many there are."""
    where = "u.district = $1 AND ($2 = '' OR u.kind = $2) AND (u.closed_at IS NOT NULL) = $3"
    found = await rows(
        f"{LISTED} WHERE {where} ORDER BY coalesce(u.closed_at, u.seen_at) DESC, u.id DESC LIMIT $4 OFFSET $5",
        district_id,
        kind,
        closed,
        limit,
        offset,
    )
    many: int = await value(f"SELECT count(*) FROM unusual u WHERE {where}", district_id, kind, closed)
    return [_pattern(one) for one in found], many


async def pattern_of(pattern_id: int) -> Pattern:
    """Raises Missing."""
    found = await row(f"{LISTED} WHERE u.id = $1", pattern_id)
    if found is None:
        raise Missing
    return _pattern(found)


async def close_pattern(pattern_id: int, *, words: str, by: Actor) -> None:
    """Somebody looked at it; closed again with another note, the last one stays. Raises Missing,
    Refusal('note_needed')."""
    text = words.replace("\0", "").strip()[:LONGEST_NOTE]
    if not text:
        raise Refusal("note_needed", field="note")
    async with unit_of_work():
        found = await row(
            """UPDATE unusual SET closed_at = $2, closed_by = $3, closed_measure = measure, note = $4 WHERE id = $1
            RETURNING district, kind""",
            pattern_id,
            now(),
            by.id if by.kind == "staff" else None,
            text,
        )
        if found is None:
            raise Missing
        await note(
            "close_pattern", by=by, subject="unusual", subject_id=pattern_id, district=found["district"],
            kind=found["kind"], note=text,
        )  # fmt: skip


async def _keep(district_id: int, found: Sequence[Found], moment: datetime) -> None:
    """A closed one is open again when it grew; its note stays readable."""
    await rows(
        f"""INSERT INTO unusual AS u (district, kind, subject, measure, evidence, organisation, place, session,
            on_date, seen_at, last_at)
        SELECT $1, n.*, $10, $10 FROM unnest($2::text[], $3::text[], $4::int[], $5::jsonb[], $6::bigint[],
            $7::bigint[], $8::bigint[], $9::date[]) AS n
        ON CONFLICT (district, kind, subject) DO UPDATE SET measure = excluded.measure,
            evidence = excluded.evidence, last_at = excluded.last_at,
            closed_at = CASE WHEN {HAS_GROWN} THEN NULL ELSE u.closed_at END,
            closed_measure = CASE WHEN {HAS_GROWN} THEN NULL ELSE u.closed_measure END""",
        district_id,
        [one.kind for one in found],
        [one.subject for one in found],
        [one.measure for one in found],
        [json.dumps(one.evidence, default=str) for one in found],
        [one.organisation for one in found],
        [one.place for one in found],
        [one.session for one in found],
        [one.on_date for one in found],
        moment,
    )


HAS_GROWN = f"excluded.measure > u.closed_measure + greatest(1, u.closed_measure / {GROWN})"


def _pattern(found: Any) -> Pattern:
    return Pattern(**{**dict(found), "evidence": json.loads(found["evidence"])})
