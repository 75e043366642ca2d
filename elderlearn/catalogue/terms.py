"""Terms: a stretch of time over a district's organisations, and how many seats one person may hold in it."""

from __future__ import annotations

from datetime import date

from elderlearn.catalogue.organise import known_place
from elderlearn.catalogue.wording import normal_title
from elderlearn.ground import trail
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import value
from elderlearn.ground.unit_of_work import unit_of_work

MOST_SEATS = 100  # of one person in one term; elder academies usually say 2 (domain.md section 3)


async def add_term(
    *, district_code: str, name: str, starts_on: date, ends_on: date, limit_per_person: int | None, by: Actor
) -> int:
    """Its id. No `limit_per_person` means no limit.

    Raises Refusal: unknown_place (not a district), invalid_name, invalid_window, invalid_limit.
    """
    title = normal_title(name, longest=60)
    if ends_on < starts_on:
        raise Refusal("invalid_window")
    if limit_per_person is not None and not 0 < limit_per_person <= MOST_SEATS:
        raise Refusal("invalid_limit", most=MOST_SEATS)
    place = await known_place(district_code)
    if place.level != "district":
        raise Refusal("unknown_place", place_code=district_code)
    async with unit_of_work():
        id: int = await value(
            """INSERT INTO term (district, name, starts_on, ends_on, limit_per_person)
            VALUES ($1, $2, $3, $4, $5) RETURNING id""",
            place.id,
            title,
            starts_on,
            ends_on,
            limit_per_person,
        )
        await trail.note(
            "add_term", by=by, subject="term", subject_id=id, district=place.id, limit=limit_per_person
        )
    return id
