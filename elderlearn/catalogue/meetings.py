"""Asking for the meetings of the societies somebody belongs to: she comes without enrolling."""

from __future__ import annotations

from elderlearn.catalogue.queries import RunCard, run_cards
from elderlearn.ground.clock import now
from elderlearn.ground.sql import rows


async def meetings_of(resident_id: int) -> list[RunCard]:
    """Released runs for members, not over, of the societies she is a member of now."""
    found = await rows(
        """SELECT r.id FROM organisation_member m
        JOIN course_run r ON r.organisation = m.organisation AND r.entry = 'members' AND r.ends_at >= $2
        JOIN course c ON c.id = r.course AND c.state = 'released'
        WHERE m.resident = $1 AND m.left_on IS NULL ORDER BY r.id""",
        resident_id,
        now(),
    )
    return await run_cards([one["id"] for one in found])
