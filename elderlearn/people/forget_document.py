"""She takes back her consent to the ID number: it is gone from the register, not only hidden."""

from __future__ import annotations

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import rows, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work


async def forget_document(resident_id: int, *, by: Actor) -> None:
    """The number and its look-up hash are deleted and the consent for it ends; birth date and card stay.

    Twice is harmless. Raises Missing.
    """
    async with unit_of_work():
        held = await value(
            "SELECT coalesce(document_type, '') FROM resident WHERE id = $1 FOR NO KEY UPDATE", resident_id
        )
        if held is None:
            raise Missing
        ended = await rows(
            """UPDATE consent SET withdrawn_at = $2
            WHERE resident = $1 AND purpose = 'sensitive' AND withdrawn_at IS NULL RETURNING id""",
            resident_id,
            now(),
        )
        if not held and not ended:
            return
        await rows(
            """UPDATE resident SET document_type = NULL, document_cipher = NULL, document_hash = NULL
            WHERE id = $1""",
            resident_id,
        )
        await note("forget_document", by=by, subject="resident", subject_id=resident_id, document=held)
