"""Asking for societies and their members, for those who lead them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import rows


@dataclass(frozen=True)
class Society:
    """A society with the number of its members now."""

    id: int
    name: str
    place_name: str
    members: int


@dataclass(frozen=True)
class Member:
    """Somebody who belongs to it since a day; `left_on` when she left."""

    resident_id: int
    name: str = field(repr=False)
    joined_on: date
    left_on: date | None


_SOCIETIES = """SELECT o.id, o.name, p.name AS place_name, (SELECT count(*) FROM organisation_member m
        WHERE m.organisation = o.id AND m.left_on IS NULL) AS members
    FROM organisation o JOIN place p ON p.id = o.place
    WHERE o.kind = 'society' AND ($2::bigint IS NULL OR o.id = $2) AND EXISTS (SELECT FROM run_leader l
        JOIN course_run r ON r.id = l.run WHERE l.staff = $1 AND r.organisation = o.id)
    ORDER BY o.name_pinyin COLLATE "C", o.name, o.id"""


async def societies_led_by(staff_id: int) -> list[Society]:
    """Those in which she leads a run, by name."""
    return [Society(**one) for one in await rows(_SOCIETIES, staff_id, None)]


async def society_led_by(staff_id: int, organisation_id: int) -> Society:
    """One of them. Raises Missing."""
    found = await rows(_SOCIETIES, staff_id, organisation_id)
    if not found:
        raise Missing
    return Society(**found[0])


async def members_of(
    organisation_id: int, *, words: str = "", with_left: bool = False, limit: int = 50, offset: int = 0
) -> list[Member]:
    """Members by name, whose name begins with `words`; those who left only if asked, then only those."""
    found = await rows(
        """SELECT m.resident AS resident_id, p.name, m.joined_on, m.left_on
        FROM organisation_member m JOIN resident p ON p.id = m.resident
        WHERE m.organisation = $1 AND (m.left_on IS NOT NULL) = $2 AND starts_with(coalesce(p.name, ''), $3)
        ORDER BY m.left_on DESC NULLS FIRST, p.name_pinyin COLLATE "C" NULLS LAST, m.id LIMIT $4 OFFSET $5""",
        organisation_id,
        with_left,
        words.replace("\0", ""),
        limit,
        offset,
    )
    return [Member(**{**dict(one), "name": one["name"] or "**"}) for one in found]


async def member(organisation_id: int, resident_id: int) -> Member:
    """One who is or was a member. Raises Missing."""
    found = await rows(
        """SELECT m.resident AS resident_id, p.name, m.joined_on, m.left_on
        FROM organisation_member m JOIN resident p ON p.id = m.resident
        WHERE m.organisation = $1 AND m.resident = $2""",
        organisation_id,
        resident_id,
    )
    if not found:
        raise Missing
    return Member(**{**dict(found[0]), "name": found[0]["name"] or "**"})
