"""Asking what was sent to the people and the staff of a place, and whom somebody has to call."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import rows
from elderlearn.notices.queries import COPY_GOES

STATES = ("due", "claimed", "sent", "unknown", "failed", "unreachable", "by_carer", "cancelled")
NOT_REACHED = ("unknown", "failed", "unreachable")
# Without a telephone of her own, but her carer got the message.
STATE = f"CASE WHEN n.state = 'unreachable' AND {COPY_GOES} THEN 'by_carer' ELSE n.state END"
SENT = f"""SELECT n.id, n.kind, {STATE} AS state,
    n.values, n.created_at AS at, n.sent_at, n.problem,
    n.district AS district_id, n.resident AS resident_id, r.name AS resident, p.name AS place,
    n.staff AS staff_id, w.name AS staff
FROM notice n LEFT JOIN resident r ON r.id = n.resident LEFT JOIN staff w ON w.id = n.staff
LEFT JOIN place p ON p.id = coalesce(r.place, w.place)"""
# $1 the viewer's place, $2 her district. Who lives in no street belongs to the whole district.
WITHIN = "n.district = $2 AND ($1 = $2 OR $1 IN (p.id, p.parent))"


@dataclass(frozen=True)
class SentNotice:
    """One message: its `kind` and `values` make the wording. `resident` is the full name, for her own street."""

    id: int
    kind: str
    state: str
    values: Mapping[str, Any]
    at: datetime
    sent_at: datetime | None
    problem: str | None
    district_id: int
    resident_id: int | None
    resident: str | None = field(repr=False)
    place: str | None
    staff_id: int | None
    staff: str | None


async def notices_of(
    place_id: int,
    district_id: int,
    *,
    states: Collection[str] = STATES,
    kind: str = "",
    without: Collection[str] = (),
    only_residents: bool = False,
    before_id: int | None = None,
    limit: int = 25,
) -> list[SentNotice]:
    """The latest first, `without` those kinds; `before_id` is the last one already seen.

    `only_residents` leaves out those who work here, and cards nobody has a name for.
    """
    found = await rows(
        f"""{SENT} WHERE {WITHIN} AND {STATE} = ANY($3::text[]) AND ($4 = '' OR n.kind = $4)
            AND ($5::bigint IS NULL OR n.id < $5) AND n.kind <> ALL ($7::text[])
            AND (NOT $8::boolean OR r.name IS NOT NULL)
        ORDER BY n.id DESC LIMIT $6""",
        place_id,
        district_id,
        list(states),
        kind,
        before_id,
        limit,
        list(without),
        only_residents,
    )
    return [_notice(one) for one in found]


async def notice_within(notice_id: int, place_id: int, district_id: int) -> SentNotice:
    """Raises Missing, also when it went to people elsewhere."""
    found = await rows(f"{SENT} WHERE {WITHIN} AND n.id = $3", place_id, district_id, notice_id)
    if not found:
        raise Missing
    return _notice(found[0])


def _notice(found: Any) -> SentNotice:
    return SentNotice(**{**dict(found), "values": json.loads(found["values"])})
