"""Standing runs: an academy with a course, and runs of it that are open now and meet next week.

class_id = await a_run(places, seats=2)
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from elderlearn.catalogue.courses import add_course
from elderlearn.catalogue.new_run import NewRun
from elderlearn.catalogue.organise import add_organisation
from elderlearn.catalogue.runs import AddedRun, add_run
from elderlearn.catalogue.schedule import Times
from elderlearn.ground.clock import now
from elderlearn.ground.sql import rows
from elderlearn.places.queries import PlaceRow
from tests.people_standing import CLI, Places

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def weeks(count: int, *, start: datetime | None = None, length: timedelta = 2 * HOUR) -> tuple[Times, ...]:
    """Weekly sessions; the first in a week from now, or at `start`."""
    first = start or now() + 7 * DAY
    return tuple(Times(first + 7 * DAY * no, first + 7 * DAY * no + length) for no in range(count))


async def an_organisation(place: PlaceRow, *, kind: str = "elder_academy", name: str = "星桥老年学堂") -> int:
    return await add_organisation(kind=kind, name=name, place_code=place.code, by=CLI)


async def a_course(place: PlaceRow, *, title: str = "太极拳", release: bool = True, **organisation: str) -> int:
    academy = await an_organisation(place, **organisation)
    return await add_course(organisation_id=academy, title=title, by=CLI, release=release)


async def open_run(course_id: int, **changes: Any) -> AddedRun:
    """Open from yesterday until in five days, two sessions, two seats, but for `changes`."""
    standing = NewRun(
        course_id=course_id, sessions=weeks(2), seats=2, opens_at=now() - DAY, closes_at=now() + 5 * DAY
    )
    return await add_run(replace(standing, **changes), by=CLI)


async def a_run(where: Places, /, **changes: Any) -> int:
    """The id of a run in the first community."""
    return (await open_run(await a_course(where.community), **changes)).run_id


async def people(place: PlaceRow, count: int) -> list[int]:
    """Residents by the hundred, straight into the table; 65 years old or so, without phone or card."""
    found = await rows(
        """INSERT INTO resident (district, name, born_on, residence, place, registered_residence,
            registered_place, verified, registered_at, state, born_precision)
        SELECT $1, '王' || n, '1960-05-01', 'inside', $2, 'inside', $2, 'desk', now(), 'active', 'day'
        FROM generate_series(1, $3) AS n RETURNING id""",
        place.district_id,
        place.id,
        count,
    )
    return [one["id"] for one in found]
