"""A small district with a few courses, for walking through its pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from elderlearn.catalogue.courses import add_course
from elderlearn.catalogue.new_run import NewRun
from elderlearn.catalogue.organise import add_organisation
from elderlearn.catalogue.runs import add_run
from elderlearn.catalogue.schedule import Times
from elderlearn.ground.clock import now
from elderlearn.people.register import Registered
from tests import people_standing as standing
from tests.people_standing import CLI, Places, StandingStaff

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Town:
    """People of two streets, and the academy of the first."""

    places: Places
    academy: int
    wang: Registered
    li: Registered
    leader: StandingStaff
    officer: StandingStaff

    async def run(
        self,
        title: str = "Singing",
        *,
        seats: int = 20,
        starts_in: timedelta = timedelta(days=1),
        times: int = 3,
        release: bool = True,
        opens_in: timedelta = timedelta(days=-1),
        closes_in: timedelta = timedelta(days=30),
        **more: object,
    ) -> int:
        """A weekly course at the academy; its id."""
        course = await add_course(organisation_id=self.academy, title=title, by=CLI, release=release)
        first = now() + starts_in
        sessions = tuple(_hour(first + WEEK * week) for week in range(times))
        window = {"seats": seats, "opens_at": now() + opens_in, "closes_at": now() + closes_in}
        if more.get("entry", "enrol") != "enrol":
            window = {}
        new = NewRun(course_id=course, sessions=sessions, leaders=(self.leader.id,), **window, **more)  # type: ignore[arg-type]  # tests name what they need
        return (await add_run(new, by=CLI)).run_id


async def make_town() -> Town:
    """Wang lives beside the academy and has a telephone; Li lives in the other street."""
    places = await standing.place_tree()
    return Town(
        places=places,
        academy=await add_organisation(
            kind="elder_academy", name="Lotus Academy", place_code=places.community.code, by=CLI
        ),
        wang=await standing.resident(places.community, born_on=date(1955, 3, 8), phone="13800138000"),
        li=await standing.neighbour(places),
        leader=await standing.leader(places.street, phone="13600136000"),
        officer=await standing.officer(places.street),
    )


def _hour(starts_at: datetime) -> Times:
    return Times(starts_at, starts_at + timedelta(minutes=60))
