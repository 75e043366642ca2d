"""A street's year: one regular, one learner, their elders filled in for one community only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from elderlearn.catalogue.schedule import Times
from elderlearn.checkin.sheet import record_sheet
from elderlearn.ground.clock import SHANGHAI
from elderlearn.participation.targets import set_target
from elderlearn.places.population import put_population
from tests import people_standing as standing
from tests.catalogue.runs_standing import a_course, open_run
from tests.people_standing import CLI, Places

DAYS = 12  # distinct days make a regular; domain.md section 2
TARGET = 350  # per mille
LAST_YEAR = 2025


@dataclass(frozen=True)
class Year:
    """Twelve lectures of 2025 in the first community; Wang came to all, Zhao to one."""

    places: Places
    sessions: tuple[int, ...]
    wang: int
    zhao: int


async def make_year() -> Year:
    """Elders: 2 in the first community, 4 in the street; the other street's are not filled in."""
    places = await standing.place_tree()
    course = await a_course(places.community, title="Health")
    run = await open_run(course, kind="lecture", entry="drop_in", sessions=_lectures(), opens_at=None,
                         closes_at=None, seats=None)  # fmt: skip
    wang = (await standing.resident(places.community, name="王秀英")).resident_id
    zhao = (await standing.resident(places.next_community, name="赵敏")).resident_id
    for session in run.session_ids:
        await record_sheet(session, [wang], by=CLI)
    await record_sheet(run.session_ids[0], [zhao], by=CLI)
    lines = [(places.community.code, 2), (places.street.code, 4)]
    await put_population(year=2024, basis="resident", source="Census office", lines=lines, by=CLI)
    await set_target(places.district.id, TARGET, starts_on=date(2021, 1, 1), by=CLI)
    return Year(places, run.session_ids, wang, zhao)


def _lectures() -> tuple[Times, ...]:
    first = datetime(LAST_YEAR, 3, 4, 14, tzinfo=SHANGHAI)
    return tuple(Times(at, at + timedelta(hours=1)) for at in (first + timedelta(days=day) for day in range(DAYS)))
