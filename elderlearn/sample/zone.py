"""A reporting unit of the sample: a few communities of two streets, so that the district can be grouped by it."""

from __future__ import annotations

from datetime import date

from elderlearn.ground.actor import Actor
from elderlearn.places.assign_places import assign_places
from elderlearn.places.name_unit import add_unit
from elderlearn.places.queries import list_places
from elderlearn.places.units import units_of
from elderlearn.sample.words import named

CODE = "SAMPLE"
STREETS, COMMUNITIES = 2, 5  # so many of each


async def write_zone(district: int, starts_on: date, *, by: Actor) -> None:
    """From that day on; a second time nothing changes."""
    known = {one.code: one.id for one in await units_of(district)}
    zone = known.get(CODE) or await add_unit(
        district, code=CODE, name=named("zone"), kind="development_zone", by=by
    )
    streets = await list_places("town_street", within=district)
    taken = [
        community.id
        for street in streets[:STREETS]
        for community in (await list_places("community", within=street.id))[:COMMUNITIES]
    ]
    if taken:
        await assign_places(zone, taken, starts_on=starts_on, by=by)
