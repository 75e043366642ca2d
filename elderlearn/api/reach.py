"""Fetching things through the viewer: what lies outside her reach is Missing, exactly like what does not exist.

A place and all below it belongs to an officer, a desk, an auditor; the whole district to the district; a
leader has the runs she leads. Sessions and attendances ask checkin/reach, inside their verbs.
"""

from __future__ import annotations

from asyncpg import Record

from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row
from elderlearn.people.roles import covers
from elderlearn.people.sign_in.who import SignedIn
from elderlearn.places.queries import PlaceRow, place_by_code

WHERE_IT_IS = "p.id, p.code, p.name, p.level, p.parent AS parent_id, p.district AS district_id"
RUN = f"""SELECT {WHERE_IT_IS}, r.id AS run_id, c.state AS course_state,
    EXISTS (SELECT FROM run_leader l WHERE l.run = r.id AND l.staff = $2) AS is_led
FROM course_run r JOIN course c ON c.id = r.course JOIN organisation o ON o.id = r.organisation
JOIN place p ON p.id = o.place"""
RUN_AND_RESIDENT = f"""SELECT them.*, who.district AS person_district_id
FROM ({RUN} WHERE r.id = $1) AS them JOIN resident who ON who.id = $3 AND who.state <> 'merged'"""
RESIDENT = "SELECT district AS district_id, place AS place_id FROM resident WHERE id = $1 AND state <> 'merged'"


def home(seen: SignedIn) -> int:
    """The place she works for. Raises Missing for an account without one."""
    found = seen.district_id if seen.role == "district" else seen.place_id
    if found is None:
        raise Missing
    return found


def reaches(seen: SignedIn, place: PlaceRow) -> bool:
    """The place is hers."""
    return covers(home(seen), place)


async def place_within(seen: SignedIn, code: str) -> PlaceRow:
    """The place of this code, if it is hers. Raises Missing."""
    place = await place_by_code(code)
    if not reaches(seen, place):
        raise Missing
    return place


async def organisation_within(seen: SignedIn, organisation_id: int) -> None:
    """Raises Missing unless the organisation lies in a place of hers."""
    statement = f"SELECT {WHERE_IT_IS} FROM organisation o JOIN place p ON p.id = o.place WHERE o.id = $1"
    _in_place(seen, await row(statement, organisation_id))


async def course_within(seen: SignedIn, course_id: int) -> None:
    """Raises Missing unless the course's organisation lies in a place of hers."""
    statement = f"""SELECT {WHERE_IT_IS} FROM course c JOIN organisation o ON o.id = c.organisation
        JOIN place p ON p.id = o.place WHERE c.id = $1"""
    _in_place(seen, await row(statement, course_id))


async def run_in_sight(seen: SignedIn, run_id: int) -> None:
    """The catalogue: every released run of her district, drafts only of her own. Raises Missing."""
    found = await row(f"{RUN} WHERE r.id = $1", run_id, seen.id)
    if found is None or found["district_id"] != seen.district_id:
        raise Missing
    if found["course_state"] == "draft":
        _held(seen, found)


async def may_seat(seen: SignedIn, run_id: int, resident_id: int) -> None:
    """Raises Missing unless the run is hers, or the resident is and the run is one of her district.

    The desk of the home street enrols its people elsewhere, the school enrols whoever comes to it. A leader
    enrols into the runs she leads only. People on the register of another district are Missing.
    """
    found = await row(RUN_AND_RESIDENT, run_id, seen.id, resident_id)
    if found is None or found["person_district_id"] != seen.district_id:
        raise Missing
    if _is_held(seen, found):
        return
    is_near = found["district_id"] == seen.district_id and seen.role != "leader"
    if not (is_near and await reaches_resident(seen, resident_id)):
        raise Missing


async def enrolment_within(seen: SignedIn, enrolment_id: int) -> None:
    """The same for an enrolment that is there."""
    found = await row("SELECT run, resident FROM enrolment WHERE id = $1", enrolment_id)
    if found is None:
        raise Missing
    await may_seat(seen, found["run"], found["resident"])


async def reaches_resident(seen: SignedIn, resident_id: int) -> bool:
    """She lives in a place of the viewer's, or in none while the viewer's district keeps her on its register."""
    found = await row(RESIDENT, resident_id)
    if found is None:
        return False
    if found["place_id"] is None:
        return bool(found["district_id"] == seen.district_id)
    place = await row(f"SELECT {WHERE_IT_IS} FROM place p WHERE p.id = $1", found["place_id"])
    return place is not None and reaches(seen, PlaceRow(**place))


def _in_place(seen: SignedIn, found: Record | None) -> None:
    if found is None or not reaches(seen, PlaceRow(**found)):
        raise Missing


def _held(seen: SignedIn, run: Record | None) -> None:
    if run is None or not _is_held(seen, run):
        raise Missing


def _is_held(seen: SignedIn, run: Record) -> bool:
    if seen.role == "leader":
        return bool(run["is_led"])
    return home(seen) in (run["id"], run["parent_id"], run["district_id"])
