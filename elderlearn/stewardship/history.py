"""What was changed on a person's whole record: herself, her cards, her enrolments, who cares for whom."""

from __future__ import annotations

from elderlearn.ground.sql import rows
from elderlearn.ground.trail_queries import Change, changes_of_all

LIMIT = 30


async def changes_of_person(resident_id: int, limit: int = LIMIT) -> list[Change]:
    """The latest first; sign-ins are nobody's business here."""
    found = await rows(
        """SELECT 'card' AS subject, id FROM card WHERE resident = $1
        UNION ALL SELECT 'enrolment', id FROM enrolment WHERE resident = $1
        UNION ALL SELECT 'carer_link', id FROM carer_link WHERE elder = $1 OR carer = $1""",
        resident_id,
    )
    things = {("resident", resident_id)} | {(one["subject"], one["id"]) for one in found}
    return await changes_of_all(things, limit)
