"""Somebody died or moved away: everything that waits for her comes free, what she did stays counted."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from elderlearn.enrolment.hold import until_still
from elderlearn.enrolment.leave_all import leave_all
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now, today
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, rows
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.notices.cancel import cancel_for
from elderlearn.people.cards import replace_cards
from elderlearn.people.care.end_care import end_all_care
from elderlearn.people.residents import EARLIEST_BIRTH

Gone = Literal["died", "left"]


async def take_out(resident_id: int, state: Gone, on: date, *, by: Actor) -> int:
    """How many seats and places in line came free; the next in each line is seated and told, she is told nothing.

    Her card stops, her sign-ins and memberships end, she has no carers and cares for nobody, messages that wait
    for her are given up, her sums stay.
    Twice with the same is harmless.
    Raises Missing, Stale, Refusal('invalid_day') for a day to come or before her birth,
    Refusal('is_out_already') when who died is said to have moved.
    """

    async def work(ahead: int) -> int:
        async with unit_of_work():
            # Cards before people, people before runs, as everybody does who holds them together.
            await rows("SELECT id FROM card WHERE resident = $1 ORDER BY id FOR UPDATE", resident_id)
            freed = await leave_all(resident_id, reason=state, ahead=ahead, by=by)
            person: Any = await row(
                "SELECT name, state, born_on, district FROM resident WHERE id = $1", resident_id
            )
            if not _is_to_go(person, state, on):
                return freed
            await _end_everything(resident_id, state, on)
            await end_all_care(resident_id, district=person["district"], by=by)
            await note(
                "take_out", by=by, subject="resident", subject_id=resident_id, district=person["district"],
                state=state, on=on, freed=freed,
            )  # fmt: skip
        return freed

    return await until_still(work)


def _is_to_go(person: Any, state: Gone, on: date) -> bool:
    if person is None or person["name"] is None or person["state"] == "merged":
        raise Missing
    if not (person["born_on"] or EARLIEST_BIRTH) <= on <= today():
        raise Refusal("invalid_day", field="on")
    if person["state"] == "died" and state == "left":
        raise Refusal("is_out_already")
    return bool(person["state"] != state)


async def _end_everything(resident_id: int, state: Gone, on: date) -> None:
    await rows("UPDATE resident SET state = $2, state_on = $3 WHERE id = $1", resident_id, state, on)
    await replace_cards(resident_id)
    await cancel_for(resident_id)
    await rows("UPDATE sign_in SET ended_at = $2 WHERE resident = $1 AND ended_at IS NULL", resident_id, now())
    await rows(
        """UPDATE organisation_member SET left_on = greatest(joined_on, $2)
        WHERE resident = $1 AND left_on IS NULL""",
        resident_id,
        on,
    )
    await rows(
        "UPDATE join_request SET state = 'cancelled', ended_at = $2 WHERE resident = $1 AND state = 'waiting'",
        resident_id,
        now(),
    )
