"""Yes or no to somebody who asked to join a society. Whoever calls has made sure that the society is hers."""

from __future__ import annotations

from asyncpg import Record

from elderlearn.catalogue.join_requests import end_request
from elderlearn.catalogue.members import hold_person, hold_society, note, put_member
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row
from elderlearn.ground.unit_of_work import unit_of_work

LONGEST = 100


async def accept_request(request_id: int, *, organisation_id: int, by: Actor) -> str:
    """A member from today, and she is told; the state it has now.

    Answered before, by whomever, it stays so: `accepted`, `declined` or `cancelled`. Raises Missing, also when
    she is off the register meanwhile; Refusal('organisation_ended').
    """
    async with unit_of_work():
        asked = await _held(request_id, organisation_id)
        if asked["state"] == "waiting":
            await put_member(organisation_id, asked["resident"], by=by)
            return "accepted"
    return str(asked["state"])


async def decline_request(request_id: int, reason: str, *, organisation_id: int, by: Actor) -> str:
    """Not now, with a kind sentence that she is told; the state it has now, as in `accept_request`.

    Raises Missing, Refusal('reason_needed').
    """
    why = reason.replace("\0", "").strip()[:LONGEST]
    if not why:
        raise Refusal("reason_needed")
    async with unit_of_work():
        asked = await _held(request_id, organisation_id)
        if asked["state"] != "waiting":
            return str(asked["state"])
        await end_request(
            organisation_id,
            asked["resident"],
            "declined",
            title=asked["name"],
            district=asked["district"],
            reason=why,
        )
        await note("decline_join_request", organisation_id, asked["resident"], asked["district"], by, reason=why)
    return "declined"


async def _held(request_id: int, organisation_id: int) -> Record:
    """The society, then the person, then the request as it stands: the order of everybody who holds them."""
    await hold_society(organisation_id)
    asked = await row(
        "SELECT resident FROM join_request WHERE id = $1 AND organisation = $2", request_id, organisation_id
    )
    if asked is None:
        raise Missing
    await hold_person(asked["resident"])
    found = await row(
        """SELECT q.resident, q.state, o.name, o.district FROM join_request q
        JOIN organisation o ON o.id = q.organisation WHERE q.id = $1""",
        request_id,
    )
    if found is None:
        raise Missing
    return found
