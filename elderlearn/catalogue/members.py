"""Members of a society: join and leave. The trail keeps every change; the row says how it stands."""

from __future__ import annotations

from datetime import date

from elderlearn.ground import trail
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import today
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, value
from elderlearn.ground.unit_of_work import unit_of_work


async def join(organisation_id: int, resident_id: int, *, by: Actor) -> None:
    """A member from today; joining twice is the same, joining again after leaving starts anew.

    Raises Missing for an unknown society or somebody who is not on the register, Refusal('not_a_society').
    """
    async with unit_of_work():
        district = await _society(organisation_id)
        # Shared, because whoever is taken off the register in this moment leaves every society.
        on_register = "SELECT id FROM resident WHERE id = $1 AND state = 'active' FOR SHARE"
        if await value(on_register, resident_id) is None:
            raise Missing
        is_new = await value(
            """INSERT INTO organisation_member AS m (organisation, resident, joined_on) VALUES ($1, $2, $3)
            ON CONFLICT (organisation, resident) DO UPDATE SET joined_on = excluded.joined_on, left_on = NULL
            WHERE m.left_on IS NOT NULL RETURNING true""",
            organisation_id,
            resident_id,
            today(),
        )
        if is_new:
            await _note("join", organisation_id, resident_id, district, by)


async def leave(organisation_id: int, resident_id: int, *, by: Actor, on: date | None = None) -> None:
    """No member from that day on (today when not said); leaving twice is the same.

    Raises Missing when never a member, Refusal('invalid_day') for a day before she joined or after today.
    """
    day = on or today()
    async with unit_of_work():
        district = await _society(organisation_id)
        member = await row(
            """SELECT id, joined_on, left_on FROM organisation_member
            WHERE organisation = $1 AND resident = $2 FOR UPDATE""",
            organisation_id,
            resident_id,
        )
        if member is None:
            raise Missing
        if member["left_on"] is None:
            if not member["joined_on"] <= day <= today():
                raise Refusal("invalid_day", joined_on=member["joined_on"])
            await value("UPDATE organisation_member SET left_on = $2 WHERE id = $1", member["id"], day)
            await _note("leave", organisation_id, resident_id, district, by)


async def _society(organisation_id: int) -> int:
    found = await row("SELECT kind, district FROM organisation WHERE id = $1", organisation_id)
    if found is None:
        raise Missing
    if found["kind"] != "society":
        raise Refusal("not_a_society")
    district: int = found["district"]
    return district


async def _note(action: str, organisation_id: int, resident_id: int, district: int, by: Actor) -> None:
    await trail.note(
        action,
        by=by,
        subject="organisation",
        subject_id=organisation_id,
        district=district,
        resident=resident_id,
    )
