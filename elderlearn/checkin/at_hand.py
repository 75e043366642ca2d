"""Asking for the names a leader calls out: in full for her own run's people, masked for whoever else came."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime

from elderlearn.checkin.queries import roster
from elderlearn.enrolment.roster import roster_rows
from elderlearn.ground.actor import Actor
from elderlearn.ground.sql import rows

LAST_DIGITS = 4


@dataclass(frozen=True)
class AtHand:
    """Somebody expected at a session, or here without having been; `name` never empty.

    `has_namesake` when another one on the list is called just so: then year and number tell them apart.
    `number_ends` are the last digits of the registration number; `came_at` is when she was checked in.
    """

    id: int
    name: str = field(repr=False)
    is_expected: bool
    is_here: bool
    attendance_id: int | None = None
    came_at: datetime | None = None
    born_year: int | None = None
    number_ends: str = ""
    has_namesake: bool = False


async def at_hand(session_id: int, *, by: Actor) -> list[AtHand]:
    """Those expected, by name, then whoever came besides. Raises Missing when it is not within reach."""
    lines = await roster(session_id, by=by)
    names = {one.resident_id: one.name for one in await roster_rows(session_id)}
    marks = await _marks(session_id, [one.resident_id for one in lines])
    people = [
        AtHand(
            one.resident_id, names.get(one.resident_id) or one.name_masked, one.resident_id in names, one.attended,
            one.attendance_id, *marks[one.resident_id],
        )
        for one in lines
    ]  # fmt: skip
    called = Counter(one.name for one in people)
    return [replace(one, has_namesake=called[one.name] > 1) for one in people]


async def _marks(session_id: int, resident_ids: list[int]) -> dict[int, tuple[datetime | None, int | None, str]]:
    """What tells people of one name apart: when she came, her year of birth, the end of her number."""
    found = await rows(
        """SELECT r.id, extract(year FROM r.born_on)::int AS born_year, right(c.number, $3) AS number_ends,
            a.attended_at FROM resident r
        LEFT JOIN LATERAL (SELECT number FROM card WHERE resident = r.id AND state <> 'replaced'
            ORDER BY id DESC LIMIT 1) AS c ON true
        LEFT JOIN attendance a ON a.session = $1 AND a.resident = r.id AND a.voided_at IS NULL
        WHERE r.id = ANY($2::bigint[])""",
        session_id,
        resident_ids,
        LAST_DIGITS,
    )
    return {one["id"]: (one["attended_at"], one["born_year"], one["number_ends"] or "") for one in found}
