"""Somebody says that figures of elders are right although they do not fit."""

from __future__ import annotations

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.sql import value
from elderlearn.ground.trail import note as note_in_trail
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.participation.elders_alarms import Alarm

LONGEST_NOTE = 200


async def settle_alarm(district_id: int, alarm: Alarm, *, note: str, by: Actor) -> None:
    """It stays quiet as long as exactly these figures stand against each other; twice is the same."""
    async with unit_of_work():
        new = await value(
            """INSERT INTO settled_alarm (district, alarm, note, by_staff, at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (district, alarm) DO NOTHING RETURNING id""",
            district_id,
            alarm.key,
            note[:LONGEST_NOTE],
            by.id if by.kind == "staff" else None,
            now(),
        )
        if new is not None:
            await note_in_trail(
                "settle_alarm", by=by, subject="settled_alarm", subject_id=new, district=district_id,
                kind=alarm.kind, place=alarm.place_id, year=alarm.year, figures=list(alarm.figures), note=note,
            )  # fmt: skip
