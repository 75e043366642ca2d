"""A district to plan in: an academy with a released course and one open run, a society, a venue, a teacher."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from elderlearn.catalogue.courses import add_course
from elderlearn.catalogue.members import join
from elderlearn.catalogue.teachers import add_teacher
from elderlearn.catalogue.terms import add_term
from elderlearn.catalogue.venues import add_venue
from elderlearn.enrolment.enrol import enrol
from tests import people_standing as standing
from tests.catalogue.runs_standing import an_organisation, open_run
from tests.people_standing import CLI, Places, StandingStaff


@dataclass(frozen=True)
class World:
    """Ids by name; all in the first community or its street. Wang has a seat, and belongs to the choir."""

    places: Places
    officer: StandingStaff
    leader: StandingStaff
    academy: int
    choir: int
    course: int
    run: int
    sessions: tuple[int, ...]
    venue: int
    teacher: int
    term: int
    wang: int


async def make_world(places: Places | None = None) -> World:
    """Two seats, two sessions from next week on, enrolment open."""
    places = places or await standing.place_tree()
    academy = await an_organisation(places.community, name="Xingqiao Academy")
    choir = await an_organisation(places.street, kind="society", name="Evening Choir")
    course = await add_course(organisation_id=academy, title="Tai chi", by=CLI, release=True)
    added = await open_run(course)
    wang = (await standing.resident(places.community)).resident_id
    await enrol(added.run_id, wang, "self", by=CLI)
    await join(choir, wang, by=CLI)
    code = places.community.code
    return World(
        places=places,
        officer=await standing.officer(places.street),
        leader=await standing.leader(places.community),
        academy=academy,
        choir=choir,
        course=course,
        run=added.run_id,
        sessions=added.session_ids,
        venue=await add_venue(name="Room 201", address="1 Canal Road", capacity=40, place_code=code, by=CLI),
        teacher=await add_teacher(district_id=places.district.id, name="Zhou Lan", engagement="volunteer", by=CLI),
        term=await add_term(
            district_code=places.district.code,
            name="Autumn 2027",
            starts_on=date(2027, 9, 6),
            ends_on=date(2027, 10, 31),
            limit_per_person=2,
            by=CLI,
        ),
        wang=wang,
    )
