"""Fetching through the viewer: people of her place and below; everybody else is as good as not there."""

from __future__ import annotations

from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing
from elderlearn.people.queries import Person, person
from elderlearn.people.registered_by import was_registered_by
from elderlearn.people.roles import covers, may
from elderlearn.places.queries import place_by_id
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.page import AnyRequest


def by(request: AnyRequest) -> Actor:
    """Who does it, for the trail."""
    return Actor("staff", signed_in(request).id, "office")


def place_and_district(request: AnyRequest, action: str) -> tuple[int, int]:
    """Ids of the place she works for and of its district. Raises Missing when her role does not allow `action`."""
    seen = signed_in(request)
    if seen.place_id is None or seen.district_id is None or not may(seen.role, action):
        raise Missing
    return seen.place_id, seen.district_id


def able(request: AnyRequest, action: str) -> bool:
    """Her role allows it in her place."""
    return may(signed_in(request).role, action)


async def person_of(request: AnyRequest, resident_id: int, action: str) -> Person:
    """Somebody at home in her place, or in no place of her district, or whom she has just registered.

    Raises Missing.
    """
    place_id, district_id = place_and_district(request, action)
    found = await person(id_in_address(resident_id))
    if found.name is None or found.state == "merged":
        raise Missing
    is_hers = await _is_hers(found, place_id, district_id)
    if not is_hers and not await was_registered_by(found.id, signed_in(request).id):
        raise Missing
    return found


async def reaches(request: AnyRequest, resident_id: int) -> bool:
    """The same as a question."""
    try:
        await person_of(request, resident_id, "read_residents")
    except Missing:
        return False
    return True


async def _is_hers(found: Person, place_id: int, district_id: int) -> bool:
    if found.place_id is None:
        return found.district_id == district_id
    return covers(place_id, await place_by_id(found.place_id))
