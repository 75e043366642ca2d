"""Members of a society: join and leave. The trail keeps every change; the row says how it stands."""

from __future__ import annotations

from datetime import date

from asyncpg import Record

from elderlearn.catalogue.join_requests import end_request
from elderlearn.ground import trail
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import today
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, value
from elderlearn.ground.unit_of_work import unit_of_work


async def join(organisation_id: int, resident_id: int, *, by: Actor) -> None:
    """A member from today; joining twice is the same, joining again after leaving starts anew.

    If she had asked to join, that is her answer, and she is told. Raises Missing for an unknown society or
    somebody who is not on the register, Refusal('not_a_society', 'organisation_ended').
    """
    async with unit_of_work():
        await put_member(organisation_id, resident_id, by=by)


async def put_member(organisation_id: int, resident_id: int, *, by: Actor) -> None:
    """`join` inside the open unit of work, which may hold the society and her already, in this order."""
    society = await hold_society(organisation_id)
    if society["ended_on"] is not None:
        raise Refusal("organisation_ended")
    await hold_person(resident_id)
    is_new = await value(
        """INSERT INTO organisation_member AS m (organisation, resident, joined_on) VALUES ($1, $2, $3)
        ON CONFLICT (organisation, resident) DO UPDATE SET joined_on = excluded.joined_on, left_on = NULL
        WHERE m.left_on IS NOT NULL RETURNING true""",
        organisation_id,
        resident_id,
        today(),
    )
    if is_new:
        await note("join", organisation_id, resident_id, society["district"], by)
    await end_request(
        organisation_id, resident_id, "accepted", title=society["name"], district=society["district"]
    )


async def leave(organisation_id: int, resident_id: int, *, by: Actor, on: date | None = None) -> None:
    """No member from that day on (today when not said); leaving twice is the same.

    Raises Missing when never a member, Refusal('invalid_day') for a day before she joined or after today.
    """
    day = on or today()
    async with unit_of_work():
        society = await hold_society(organisation_id)
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
            await note("leave", organisation_id, resident_id, society["district"], by)


async def hold_society(organisation_id: int) -> Record:
    """Its name, district and ended_on; it does not end before the unit of work does. Raises Missing, Refusal."""
    found = await row(
        "SELECT kind, name, district, ended_on FROM organisation WHERE id = $1 FOR SHARE", organisation_id
    )
    if found is None:
        raise Missing
    if found["kind"] != "society":
        raise Refusal("not_a_society")
    return found


async def hold_person(resident_id: int) -> Record:
    """Alone: asking, joining and being taken off the register wait for each other. Raises Missing."""
    found = await row(
        "SELECT id, district FROM resident WHERE id = $1 AND state = 'active' FOR NO KEY UPDATE", resident_id
    )
    if found is None:
        raise Missing
    return found


async def note(
    action: str, organisation_id: int, resident_id: int, district: int, by: Actor, **detail: object
) -> None:
    """One row of the society's trail that names her."""
    await trail.note(
        action,
        by=by,
        subject="organisation",
        subject_id=organisation_id,
        district=district,
        resident=resident_id,
        **detail,
    )
