"""Somebody would like to take a course together with another: six digits go to that other's phone."""

from __future__ import annotations

from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row, rows
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.notices.write import tell
from elderlearn.people.care.codes import check_pace, mobile_hash, new_code
from elderlearn.people.names import masked_name, person_name


async def ask_partner(asker_id: int, name: str, typed_phone: str, *, run_id: int, title: str, by: Actor) -> None:
    """Digits for this run alone, when exactly one resident of this name has this phone; the answer is the same
    if not. The two may share one phone.

    Raises Missing (the asker), Refusal: invalid_name, invalid_phone, too_soon (seconds), too_many_codes.
    """
    called, hashed = person_name(name), mobile_hash(typed_phone)
    async with unit_of_work():
        asker = await row(
            "SELECT name FROM resident WHERE id = $1 AND state = 'active' FOR NO KEY UPDATE", asker_id
        )
        if asker is None:
            raise Missing
        await check_pace(hashed, asker_id)
        found = await rows(
            """SELECT id, district, phone_cipher, language FROM resident
            WHERE phone_hash = $1 AND name = $2 AND state = 'active' AND id <> $3 LIMIT 2""",
            hashed,
            called,
            asker_id,
        )
        partner = found[0] if len(found) == 1 else None
        code = await new_code(hashed, asker_id, partner["id"] if partner else None, together_in(run_id))
        if partner is None:
            return
        await note(
            "ask_partner", by=by, subject="resident", subject_id=partner["id"], district=partner["district"],
            run=run_id, asker=asker_id,
        )  # fmt: skip
        await tell(
            kind="couple_code",
            values={"code": code, "partner": masked_name(asker["name"]), "title": title},
            resident_id=partner["id"],
            district=partner["district"],
            address_cipher=partner["phone_cipher"],
            language=partner["language"],
        )


def together_in(run_id: int) -> str:
    """What the digits are for: they open nothing else."""
    return f"together:{run_id}"
