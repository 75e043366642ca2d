"""Asking for the members of a society."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from elderlearn.ground.sql import rows


@dataclass(frozen=True)
class MemberRow:
    """A member now; `place_id` is where she lives, none for outside or unknown."""

    resident_id: int
    name: str | None = field(repr=False)
    place_id: int | None
    joined_on: date


async def members_of(
    organisation_id: int, *, by_name: bool = False, limit: int = 50, offset: int = 0
) -> list[MemberRow]:
    """Those who belong to it now, the longest first, or `by_name`."""
    found = await rows(
        """SELECT r.id AS resident_id, r.name, r.place AS place_id, m.joined_on
        FROM organisation_member m JOIN resident r ON r.id = m.resident
        WHERE m.organisation = $1 AND m.left_on IS NULL
        ORDER BY CASE WHEN $4::boolean THEN r.name_pinyin END COLLATE "C", m.joined_on, r.id LIMIT $2 OFFSET $3""",
        organisation_id,
        limit,
        offset,
        by_name,
    )
    return [MemberRow(**one) for one in found]
