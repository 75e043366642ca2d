"""Asking for the names a leader calls out: in full for her own run's people, masked for whoever else came."""

from __future__ import annotations

from dataclasses import dataclass, field

from elderlearn.checkin.queries import roster
from elderlearn.enrolment.roster import roster_rows
from elderlearn.ground.actor import Actor


@dataclass(frozen=True)
class AtHand:
    """Somebody expected at a session, or here without having been; `name` never empty."""

    id: int
    name: str = field(repr=False)
    is_expected: bool
    is_here: bool
    attendance_id: int | None = None


async def at_hand(session_id: int, *, by: Actor) -> list[AtHand]:
    """Those expected, by name, then whoever came besides. Raises Missing when it is not within reach."""
    lines = await roster(session_id, by=by)
    names = {one.resident_id: one.name for one in await roster_rows(session_id)}
    return [
        AtHand(
            one.resident_id, names.get(one.resident_id) or one.name_masked, one.resident_id in names, one.attended,
            one.attendance_id,
        )
        for one in lines
    ]  # fmt: skip
