"""Where somebody was: her attendances as facts, wherever they were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from elderlearn.ground.sql import rows

MOST = 400


@dataclass(frozen=True)
class Visit:
    """One attendance; it `counts` unless it was voided or its session called off. `minutes` are credited."""

    attendance_id: int
    session_id: int
    run_id: int
    title: str
    kind: str
    organisation: str
    place: str
    starts_at: datetime
    minutes: int
    source: str
    counts: bool


async def visits_of(resident_id: int, starts_on: date, ends_on: date, limit: int = MOST) -> list[Visit]:
    """Both days belong to it; the latest first. For a door that has already let the person in."""
    found = await rows(
        """SELECT a.id AS attendance_id, a.session AS session_id, a.run AS run_id, c.title, a.kind,
            o.name AS organisation, p.name AS place, s.starts_at, a.minutes, a.source,
            a.voided_at IS NULL AND a.is_held AS counts
        FROM attendance a JOIN session s ON s.id = a.session JOIN course_run r ON r.id = a.run
        JOIN course c ON c.id = r.course JOIN organisation o ON o.id = a.organisation
        JOIN place p ON p.id = o.place
        WHERE a.resident = $1 AND a.on_date BETWEEN $2 AND $3 ORDER BY s.starts_at DESC, a.id DESC LIMIT $4""",
        resident_id,
        starts_on,
        ends_on,
        limit,
    )
    return [Visit(**one) for one in found]
