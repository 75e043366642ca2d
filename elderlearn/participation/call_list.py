"""Names and telephones of those who need a few days more: for their own officer, for a purpose, in the trail."""

from __future__ import annotations

from dataclasses import dataclass, field

from elderlearn.ground.actor import Actor
from elderlearn.ground.crypto import decrypt
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import rows
from elderlearn.ground.trail import note, note_many
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.participation.counted import Counted
from elderlearn.participation.near import Near, near_people
from elderlearn.participation.own_officer import check_own_officer
from elderlearn.people.numbers import LONGEST_REASON
from elderlearn.places.queries import PlaceRow, ever_within

A_SHEET = 60  # persons on one printed list


@dataclass(frozen=True)
class ToCall:
    """Somebody by her full name, with her telephone if one is on file."""

    near: Near
    name: str = field(repr=False)
    phone: str | None = field(repr=False)


async def call_list(
    place: PlaceRow, counted: Counted, *, purpose: str, by: Actor, offset: int = 0
) -> list[ToCall]:
    """At most a sheet of them, the fewest days to go first, of those who live in the place today.

    The trail keeps one row for the list and one for each person, with the purpose. Raises Missing for
    everybody but an officer of that street, Refusal('reason_needed').
    """
    purpose = purpose.replace("\0", "").strip()[:LONGEST_REASON]
    if not purpose:
        raise Refusal("reason_needed", field="purpose")
    async with unit_of_work():
        await check_own_officer(by, place)
        places = await ever_within(place.id)
        near = await near_people(places, place.district_id, counted, limit=A_SHEET, offset=offset)
        found = await _to_call(near, places)
        changes: list[tuple[int | None, dict[str, object]]] = [
            (one.near.resident_id, {"reason": purpose}) for one in found
        ]
        await note_many("see_numbers", by=by, subject="resident", changes=changes, district=place.district_id)
        await note(
            "see_phone_list", by=by, subject="place", subject_id=place.id, district=place.district_id,
            purpose=purpose, persons=len(found),
        )  # fmt: skip
    return found


async def _to_call(near: list[Near], places: list[int]) -> list[ToCall]:
    """By another basis she may count here and live elsewhere: then her number is not this officer's."""
    found = await rows(
        """SELECT id, name, phone_cipher FROM resident
        WHERE id = ANY($1::bigint[]) AND state = 'active' AND place = ANY($2::bigint[])""",
        [one.resident_id for one in near],
        places,
    )
    known = {one["id"]: one for one in found}
    return [
        ToCall(one, known[one.resident_id]["name"], _phone(known[one.resident_id]["phone_cipher"]))
        for one in near
        if one.resident_id in known
    ]


def _phone(cipher: bytes | None) -> str | None:
    return decrypt(cipher) if cipher else None
