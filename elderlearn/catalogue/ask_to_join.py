"""Somebody would like to belong to a society: her leader says yes or no. She may take it back any time."""

from __future__ import annotations

from datetime import timedelta

from elderlearn.catalogue.join_requests import end_request
from elderlearn.catalogue.members import hold_person, hold_society, note
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import row, value
from elderlearn.ground.unit_of_work import unit_of_work

MOST_WAITING = 10  # [ours] societies one person may have asked at a time
MOST_A_DAY = 3  # [ours] times she may ask one society within a day
A_DAY = timedelta(days=1)


async def ask_to_join(organisation_id: int, resident_id: int, *, by: Actor) -> str:
    """`waiting`, or `member` when she belongs to it already; asked twice is asked once.

    Raises Missing; Refusal: not_a_society, organisation_ended, other_district, declined_lately (within a day),
    asked_often, too_many_requests (`most`).
    """
    async with unit_of_work():
        society = await hold_society(organisation_id)
        if society["ended_on"] is not None:
            raise Refusal("organisation_ended")
        person = await hold_person(resident_id)
        if person["district"] != society["district"]:
            raise Refusal("other_district")
        stands = await _stands(organisation_id, resident_id)
        if stands is not None:
            return stands
        await _check_may_ask(organisation_id, resident_id)
        await value(
            "INSERT INTO join_request (organisation, resident, state, asked_at) VALUES ($1, $2, 'waiting', $3)",
            organisation_id,
            resident_id,
            now(),
        )
        await note("ask_to_join", organisation_id, resident_id, society["district"], by)
    return "waiting"


async def take_back_request(organisation_id: int, resident_id: int, *, by: Actor) -> bool:
    """She does not want to any more; twice is harmless. False when nothing waited. Raises Missing, Refusal."""
    async with unit_of_work():
        society = await hold_society(organisation_id)
        await hold_person(resident_id)
        was_waiting = await end_request(
            organisation_id, resident_id, "cancelled", title=society["name"], district=society["district"]
        )
        if was_waiting:
            await note("cancel_join_request", organisation_id, resident_id, society["district"], by)
    return was_waiting


async def _stands(organisation_id: int, resident_id: int) -> str | None:
    found: str | None = await value(
        """SELECT 'member' FROM organisation_member
        WHERE organisation = $1 AND resident = $2 AND left_on IS NULL
        UNION ALL SELECT state FROM join_request
        WHERE organisation = $1 AND resident = $2 AND state = 'waiting' LIMIT 1""",
        organisation_id,
        resident_id,
    )
    return found


async def _check_may_ask(organisation_id: int, resident_id: int) -> None:
    """A leader is not pressed: a no stands for a day."""
    found = await row(
        """SELECT count(*) FILTER (WHERE state = 'waiting') AS waiting,
            count(*) FILTER (WHERE organisation = $2 AND asked_at > $3) AS lately,
            count(*) FILTER (WHERE organisation = $2 AND state = 'declined' AND ended_at > $3) AS declined
        FROM join_request WHERE resident = $1""",
        resident_id,
        organisation_id,
        now() - A_DAY,
    )
    if found is None:
        return
    if found["declined"]:
        raise Refusal("declined_lately")
    if found["lately"] >= MOST_A_DAY:
        raise Refusal("asked_often")
    if found["waiting"] >= MOST_WAITING:
        raise Refusal("too_many_requests", most=MOST_WAITING)
