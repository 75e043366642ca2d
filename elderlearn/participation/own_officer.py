"""Whose people these are: names and telephones are for the officer of that street, nobody above or beside."""

from __future__ import annotations

from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row
from elderlearn.people.roles import Signed, covers, may
from elderlearn.places.queries import PlaceRow


def is_own_officer(viewer: Signed, place: PlaceRow) -> bool:
    """An officer of the street or community itself; whoever works for a whole district is nobody's own officer."""
    is_local = viewer.place_id != place.district_id
    return is_local and may(viewer.role, "reach_out") and covers(viewer.place_id, place)


async def check_own_officer(by: Actor, place: PlaceRow) -> None:
    """The same of whoever does it, as her account is now. Raises Missing."""
    found = await row(
        "SELECT role, place FROM staff WHERE id = $1 AND ended_at IS NULL", by.id if by.kind == "staff" else None
    )
    if found is None or place.district_id == found["place"]:
        raise Missing
    if not may(found["role"], "reach_out") or not covers(found["place"], place):
        raise Missing
