"""Somebody moves house: from now on the years that are still counted live show her where she lives now."""

from __future__ import annotations

from elderlearn.checkin.attribute import attribute
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row, rows
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.homes import find_homes
from elderlearn.people.residents import NewResident


async def move_home(
    resident_id: int, place_code: str, *, registered_place_code: str | None = None, by: Actor
) -> bool:
    """True when she lives elsewhere than before. Codes are a community, a street, or "outside"; without the
    second the registered home stays as it is. Raises Missing, Refusal('unknown_place').
    """
    async with unit_of_work():
        held = await row(
            """SELECT name, district, residence, place, registered_residence, registered_place FROM resident
            WHERE id = $1 AND name IS NOT NULL AND state <> 'merged' FOR NO KEY UPDATE""",
            resident_id,
        )
        if held is None:
            raise Missing
        asked = NewResident(
            name=held["name"], place_code=place_code, registered_place_code=registered_place_code,
            district_id=held["district"],
        )  # fmt: skip
        homes = await find_homes(asked, by)
        before = tuple(held[name] for name in ("residence", "place", "registered_residence", "registered_place"))
        after = (homes.resident.residence, homes.resident.place_id, *before[2:])
        if registered_place_code:
            after = (*after[:2], homes.registered.residence, homes.registered.place_id)
        if before == after:
            return False
        await rows(
            """UPDATE resident SET district = $2, residence = $3, place = $4, registered_residence = $5,
                registered_place = $6 WHERE id = $1""",
            resident_id,
            homes.district_id,
            *after,
        )
        await note(
            "move_home", by=by, subject="resident", subject_id=resident_id, district=homes.district_id,
            was=before[1], place=after[1], residence=after[0],
        )  # fmt: skip
        await attribute([resident_id])
    return True
