"""Fetching through the viewer: her place and what lies below it; everything else is as good as not there."""

from __future__ import annotations

from elderlearn.catalogue.course_queries import CourseRow, course
from elderlearn.catalogue.organisation_queries import OrganisationRow, organisation
from elderlearn.catalogue.queries import RunCard, run_card
from elderlearn.catalogue.term_queries import TermRow, term
from elderlearn.catalogue.venue_queries import TeacherRow, VenueRow, teacher, venue
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing
from elderlearn.people.roles import covers, may
from elderlearn.places.queries import PlaceRow, list_places, place_by_id
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.page import AnyRequest
from elderlearn.web.shell.viewer import SignedIn


def by(request: AnyRequest) -> Actor:
    """Who does it, for the trail."""
    return Actor("staff", signed_in(request).id, "office")


def home(request: AnyRequest) -> int:
    """The id of the place she works for. Raises Missing without one, or without the right to read."""
    seen = signed_in(request)
    if seen.place_id is None or not may(seen.role, "read_catalogue"):
        raise Missing
    return seen.place_id


def district(request: AnyRequest) -> int:
    """The id of her district. Raises Missing."""
    found = signed_in(request).district_id
    if found is None:
        raise Missing
    return found


def able(request: AnyRequest, action: str) -> bool:
    """Her role allows it in her place."""
    return may(signed_in(request).role, action)


def need(request: AnyRequest, action: str) -> None:
    """Raises Missing when her role does not allow it."""
    if not able(request, action):
        raise Missing


async def her_places(request: AnyRequest) -> list[PlaceRow]:
    """Her place and all below it, by code."""
    return await list_places(within=home(request))


async def organisation_of(request: AnyRequest, organisation_id: int) -> OrganisationRow:
    """Raises Missing."""
    found = await organisation(id_in_address(organisation_id))
    await _check(request, found.place_id)
    return found


async def course_of(request: AnyRequest, course_id: int) -> CourseRow:
    """Raises Missing."""
    found = await course(id_in_address(course_id))
    await _check(request, found.place_id)
    return found


async def run_of(request: AnyRequest, run_id: int) -> RunCard:
    """Raises Missing."""
    found = await run_card(id_in_address(run_id))
    await _check(request, found.place_id)
    return found


async def venue_of(request: AnyRequest, venue_id: int) -> VenueRow:
    """Raises Missing."""
    found = await venue(id_in_address(venue_id))
    await _check(request, found.place_id)
    return found


async def teacher_of(request: AnyRequest, teacher_id: int) -> TeacherRow:
    """Of her district. Raises Missing."""
    home(request)
    found = await teacher(id_in_address(teacher_id))
    if found.district_id != district(request):
        raise Missing
    return found


async def term_of(request: AnyRequest, term_id: int) -> TermRow:
    """Of her district. Raises Missing."""
    home(request)
    found = await term(id_in_address(term_id))
    if found.district_id != district(request):
        raise Missing
    return found


async def near_ids(seen: SignedIn) -> set[int]:
    """Ids of the places whose people she may know by name."""
    if seen.place_id is None or not may(seen.role, "read_residents"):
        return set()
    return {one.id for one in await list_places(within=seen.place_id)}


async def _check(request: AnyRequest, place_id: int) -> None:
    if not covers(home(request), await place_by_id(place_id)):
        raise Missing
