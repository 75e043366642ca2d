"""The trail: every change of a fact names who, when, through which door."""

from __future__ import annotations

import json
from collections.abc import Iterable

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.sql import rows

# For the statement that writes a fact and its line at once.
COLUMNS = "at, actor_kind, actor_id, door, action, subject, subject_id, district, detail"


async def note(
    action: str,
    *,
    by: Actor,
    subject: str,
    subject_id: int | None,
    district: int | None = None,
    **detail: object,
) -> None:
    """Add one row in the open unit of work. `detail` must hold no full number, phone or code."""
    await note_many(action, by=by, subject=subject, changes=[(subject_id, detail)], district=district)


async def note_by_district(
    action: str, *, by: Actor, subject: str, changes: Iterable[tuple[int, int, dict[str, object]]]
) -> None:
    """Rows for each `(district, subject_id, detail)`: a batch may reach over districts, each sees its own."""
    districts: dict[int, list[tuple[int | None, dict[str, object]]]] = {}
    for district, subject_id, detail in changes:
        districts.setdefault(district, []).append((subject_id, detail))
    for district, listed in districts.items():
        await note_many(action, by=by, subject=subject, changes=listed, district=district)


async def note_many(
    action: str,
    *,
    by: Actor,
    subject: str,
    changes: Iterable[tuple[int | None, dict[str, object]]],
    district: int | None = None,
) -> None:
    """Add one row for each `(subject_id, detail)`, in one statement."""
    listed = list(changes)
    if not listed:
        return
    await rows(
        f"""INSERT INTO trail ({COLUMNS})
        SELECT $1, $2, $3, $4, $5, $6, c.id, $7, c.detail::jsonb
        FROM unnest($8::bigint[], $9::text[]) AS c (id, detail)""",
        now(),
        by.kind,
        by.id,
        by.door,
        action,
        subject,
        district,
        [one for one, _ in listed],
        [json.dumps(detail, default=str, ensure_ascii=False) for _, detail in listed],
    )
