"""It was a mistake, or she came back: she is on the register again, and the card she carried opens again."""

from __future__ import annotations

from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, rows
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work

LONGEST_REASON = 200


async def bring_back(resident_id: int, reason: str, *, by: Actor) -> None:
    """Undo `take_out`. Seats and memberships are not given back: others have them now.

    Raises Missing, Refusal('reason_needed'), Refusal('is_not_out').
    """
    text = reason.replace("\0", "").strip()[:LONGEST_REASON]
    if not text:
        raise Refusal("reason_needed", field="reason")
    async with unit_of_work():
        await rows("SELECT id FROM card WHERE resident = $1 ORDER BY id FOR UPDATE", resident_id)
        person = await row("SELECT state, district FROM resident WHERE id = $1 FOR NO KEY UPDATE", resident_id)
        if person is None or person["state"] == "merged":
            raise Missing
        if person["state"] == "active":
            raise Refusal("is_not_out")
        await rows("UPDATE resident SET state = 'active', state_on = NULL WHERE id = $1", resident_id)
        await rows(
            """UPDATE card SET state = 'active', ended_at = NULL WHERE id = (
                SELECT id FROM card WHERE resident = $1 ORDER BY ended_at DESC NULLS FIRST, id DESC LIMIT 1)
            AND state = 'replaced'""",
            resident_id,
        )
        await note(
            "bring_back", by=by, subject="resident", subject_id=resident_id, district=person["district"],
            reason=text, was=person["state"],
        )  # fmt: skip
