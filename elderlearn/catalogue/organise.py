"""A new organisation: an elder academy, a school, a society or a base."""

from __future__ import annotations

from elderlearn.catalogue.wording import normal_title
from elderlearn.ground import trail
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.pinyin import spelled
from elderlearn.ground.sql import value
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.places.queries import PlaceRow, place_by_code

KINDS = ("elder_academy", "community_school", "citizen_school", "society", "base")


async def add_organisation(*, kind: str, name: str, place_code: str, by: Actor) -> int:
    """Its id. The place may be a district, a town or street, or a community; the district follows from it.

    Two of the same name are allowed: streets name their schools alike.
    Raises Refusal: invalid_kind, invalid_name, unknown_place.
    """
    if kind not in KINDS:
        raise Refusal("invalid_kind", kind=kind)
    title = normal_title(name)
    place = await known_place(place_code)
    async with unit_of_work():
        return await put_organisation(kind=kind, name=title, place=place, by=by)


async def put_organisation(*, kind: str, name: str, place: PlaceRow, by: Actor) -> int:
    """`add_organisation` inside the open unit of work; the name is normal."""
    id: int = await value(
        """INSERT INTO organisation (district, place, kind, name, name_pinyin) VALUES ($1, $2, $3, $4, $5)
        RETURNING id""",
        place.district_id,
        place.id,
        kind,
        name,
        spelled(name),
    )
    await trail.note(
        "add_organisation",
        by=by,
        subject="organisation",
        subject_id=id,
        district=place.district_id,
        kind=kind,
        place=place.code,
    )
    return id


async def known_place(code: str) -> PlaceRow:
    """The place with this code. Raises Refusal('unknown_place')."""
    try:
        return await place_by_code(code)
    except Missing:
        raise Refusal("unknown_place", place_code=code) from None
