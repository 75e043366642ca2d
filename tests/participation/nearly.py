"""A street where people need a few days more: one lecture today, the next in two days; four make a regular."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from elderlearn.catalogue.schedule import Times
from elderlearn.checkin.sheet import record_sheet
from elderlearn.ground.clock import now, today
from elderlearn.ground.sql import rows
from elderlearn.participation.counted import Counted, counted_by
from elderlearn.people.consents import NOTICE_VERSION, give
from elderlearn.places.labels import calendar_label
from elderlearn.places.population import put_population
from elderlearn.places.queries import PlaceRow
from tests import people_standing as standing
from tests.catalogue.runs_standing import DAY, HOUR, a_course, open_run
from tests.people_standing import CLI, Places

DAYS = 4  # make a regular here
MOBILE = "13800138000"


@dataclass(frozen=True)
class Nearly:
    """All were there once, so three days are missing: `ming` and `next_door` agreed to messages and have a mobile,
    `bare` has no telephone, `fixed` a landline, `silent` never agreed; `far` lives in the other street.
    """

    places: Places
    ming: int
    next_door: int
    bare: int
    fixed: int
    silent: int
    far: int

    async def counted(self) -> Counted:
        return await counted_by(self.places.district.id, calendar_label(today()))


async def make_nearly() -> Nearly:
    """Elders: 100 in the first street."""
    places = await standing.place_tree()
    people = {
        "ming": await one(places.community, "明华", MOBILE),
        "next_door": await one(places.next_community, "邻居", "13800138001"),
        "bare": await one(places.community, "无号", None),
        "fixed": await one(places.community, "座机", "057186221234"),
        "silent": await one(places.community, "未同意", "13800138002", agrees=False),
        "far": await one(places.other_community, "远方", "13800138003"),
    }
    await come(places.community, list(people.values()))
    await put_population(
        year=today().year - 1, basis="resident", source="sample", lines=[(places.street.code, 100)], by=CLI
    )
    return Nearly(places, **people)


async def one(place: PlaceRow, name: str, phone: str | None, *, agrees: bool = True) -> int:
    """Somebody on the register."""
    made = (await standing.resident(place, name=name, phone=phone)).resident_id
    if agrees:
        await give(made, "notice", NOTICE_VERSION, "read_at_desk", by=CLI)
    return made


async def come(place: PlaceRow, people: list[int]) -> None:
    """To the lecture that is on now; the next is in two days, and DAYS days make a regular."""
    course = await a_course(place, title="Good sleep", name="星桥讲堂")
    first = now() - timedelta(minutes=30)
    times = (Times(first, first + HOUR), Times(first + 2 * DAY, first + 2 * DAY + HOUR))
    run = await open_run(course, kind="lecture", entry="drop_in", sessions=times, opens_at=None, closes_at=None,
                         seats=None)  # fmt: skip
    await record_sheet(run.session_ids[0], people, by=CLI)
    await rows("UPDATE stat_period SET days = $1, hours_minutes = NULL, completed_minutes = NULL", DAYS)
