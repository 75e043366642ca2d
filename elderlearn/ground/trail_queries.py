"""Asking the trail: what was changed on a thing, or in a district, the latest first."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from elderlearn.ground.clock import SHANGHAI
from elderlearn.ground.sql import rows

# The name of whoever works here is part of "who"; residents are named by pages that may, from the id.
_CHANGE = """SELECT t.id, t.at, t.action, t.subject, t.subject_id, t.actor_kind, t.actor_id, w.name AS who, t.door,
    t.detail FROM trail t LEFT JOIN staff w ON t.actor_kind = 'staff' AND w.id = t.actor_id"""
MOST = 500


@dataclass(frozen=True)
class Change:
    """One row. `who` is the sign-in name of the member of staff, none for residents and the system itself."""

    id: int
    at: datetime
    action: str
    subject: str
    subject_id: int | None
    actor_kind: str
    actor_id: int | None
    who: str | None
    door: str
    detail: Mapping[str, Any]


async def changes_of(subject: str, subject_id: int, limit: int = 20) -> list[Change]:
    """The last changes of one thing."""
    return await changes_of_all({(subject, subject_id)}, limit)


async def changes_of_all(things: Collection[tuple[str, int]], limit: int = 20) -> list[Change]:
    """The last changes of several things that belong together: a person, her cards, her enrolments."""
    pairs = sorted(things)
    found = await rows(
        f"""{_CHANGE} WHERE t.id IN (SELECT last.id FROM unnest($1::text[], $2::bigint[]) AS o (subject, id)
            CROSS JOIN LATERAL (SELECT id FROM trail WHERE subject = o.subject AND subject_id = o.id
                ORDER BY at DESC LIMIT $3) AS last)
        ORDER BY t.at DESC, t.id DESC LIMIT $3""",
        [subject for subject, _ in pairs],
        [id for _, id in pairs],
        min(limit, MOST),
    )
    return [_change(one) for one in found]


async def changes_in(
    district_id: int,
    *,
    who: str = "",
    actions: Collection[str] | None = None,
    on: date | None = None,
    before_id: int | None = None,
    limit: int = 50,
) -> list[Change]:
    """What happened in a district, or was done by its people; `who` begins the sign-in name.

    `on` is a day in Shanghai; `before_id` the last row already seen.
    """
    found = await rows(
        f"""{_CHANGE} LEFT JOIN resident r ON t.actor_kind = 'resident' AND r.id = t.actor_id
        WHERE coalesce(t.district, w.district, r.district) = $1
          AND ($2 = '' OR starts_with(w.name, $2)) AND ($3::text[] IS NULL OR t.action = ANY($3))
          AND ($4::timestamptz IS NULL OR t.at >= $4 AND t.at < $5) AND ($6::bigint IS NULL OR t.id < $6)
        ORDER BY t.id DESC LIMIT $7""",
        district_id,
        who.replace("\0", ""),
        None if actions is None else list(actions),
        *_day(on),
        before_id,
        min(limit, MOST),
    )
    return [_change(one) for one in found]


def _day(on: date | None) -> tuple[datetime | None, datetime | None]:
    if on is None:
        return None, None
    starts = datetime(on.year, on.month, on.day, tzinfo=SHANGHAI)
    return starts, starts + timedelta(days=1)


def _change(found: Any) -> Change:
    detail = json.loads(found["detail"]) if found["detail"] else {}
    return Change(**{**dict(found), "detail": detail})
