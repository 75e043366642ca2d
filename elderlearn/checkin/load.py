"""Attendances by the million, for a sample or an import: COPY, then `recount` makes the sums.

Beside `record.py` the only place that writes Attendance. It may only be used for residents and sessions
without attendances yet, inside a unit of work whose verb recounts before anybody reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from elderlearn.ground.actor import Actor
from elderlearn.ground.sql import copy_in

COLUMNS = (
    "session resident run organisation district kind on_date minutes source is_walk_in attended_at recorded_at "
    "by_kind by_id door is_held"
).split()


@dataclass(frozen=True, slots=True)
class Loaded:
    """One attendance to be copied in; `minutes` is what the session credits."""

    session: int
    resident: int
    run: int
    organisation: int
    district: int
    kind: str
    on_date: date
    minutes: int
    source: str
    attended_at: datetime


async def load_attendances(loaded: Iterable[Loaded], *, by: Actor, recorded_at: datetime) -> None:
    """Copy them all, or none: a pair of session and resident twice fails the whole unit of work."""
    await copy_in(
        "attendance",
        COLUMNS,
        (
            (
                one.session, one.resident, one.run, one.organisation, one.district, one.kind, one.on_date,
                one.minutes, one.source, False, one.attended_at, recorded_at, by.kind, by.id, by.door, True,
            )
            for one in loaded
        ),
    )  # fmt: skip
