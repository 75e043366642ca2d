"""Asking for venues and teachers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from elderlearn.catalogue.queries import containing
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing
from elderlearn.ground.pinyin import findable, in_order
from elderlearn.ground.sql import rows

VENUES = """SELECT v.id, v.name, v.address, v.capacity, v.ended_on, v.district AS district_id, p.id AS place_id,
    p.name AS place_name, (SELECT count(*) FROM session s WHERE s.venue = v.id AND s.state = 'planned'
        AND s.starts_at > $1)::int AS sessions_left
    FROM venue v JOIN place p ON p.id = v.place"""
TEACHERS = """SELECT t.id, t.name, t.known_by, t.engagement, t.ended_on, t.district AS district_id,
    (SELECT count(*) FROM session s WHERE s.teacher = t.id AND s.state = 'planned'
        AND s.starts_at > $1)::int AS sessions_left,
    coalesce((SELECT o.name FROM session s JOIN organisation o ON o.id = s.organisation WHERE s.teacher = t.id
        ORDER BY s.starts_at DESC LIMIT 1), '') AS teaches_at
    FROM teacher t"""
VENUES_BY_NAME = f"{in_order('v.name')}, v.id"
TEACHERS_BY_NAME = f"{in_order('t.name')}, t.id"
VENUE_ORDERS = {
    "place": f"p.code, {VENUES_BY_NAME}",
    "name": VENUES_BY_NAME,
    "capacity": f"v.capacity DESC NULLS LAST, {VENUES_BY_NAME}",
    "sessions": f"sessions_left DESC, {VENUES_BY_NAME}",
}
TEACHER_ORDERS = {
    "name": TEACHERS_BY_NAME,
    "engagement": f"t.engagement, {TEACHERS_BY_NAME}",
    "sessions": f"sessions_left DESC, {TEACHERS_BY_NAME}",
}


@dataclass(frozen=True)
class VenueRow:
    """`capacity` in persons, none when not known; `sessions_left` are planned there and to come."""

    id: int
    name: str
    address: str
    capacity: int | None
    ended_on: date | None
    district_id: int
    place_id: int
    place_name: str
    sessions_left: int


@dataclass(frozen=True)
class TeacherRow:
    """`engagement` is full_time, part_time or volunteer. `known_by` and `teaches_at`, the organisation she taught
    at last, tell two of one name apart; either may be empty.
    """

    id: int
    name: str
    known_by: str
    engagement: str
    ended_on: date | None
    district_id: int
    sessions_left: int
    teaches_at: str


async def venues(
    place_id: int,
    *,
    words: str = "",
    with_ended: bool = False,
    order: str = "place",
    limit: int = 200,
    offset: int = 0,
) -> list[VenueRow]:
    """Those in the place and below it, in one of VENUE_ORDERS."""
    found = await rows(
        f"""{VENUES} WHERE $2 IN (p.id, p.parent, p.district) AND (v.ended_on IS NULL OR $3::boolean)
            AND ({findable("v.name")} || ' ' || v.address || ' ' || p.name) ILIKE ALL ($4)
        ORDER BY {VENUE_ORDERS[order]} LIMIT $5 OFFSET $6""",
        now(),
        place_id,
        with_ended,
        containing(words),
        limit,
        offset,
    )
    return [VenueRow(**one) for one in found]


async def venue(venue_id: int) -> VenueRow:
    """Raises Missing."""
    found = await rows(f"{VENUES} WHERE v.id = $2", now(), venue_id)
    if not found:
        raise Missing
    return VenueRow(**found[0])


async def teachers(
    district_id: int,
    *,
    words: str = "",
    with_ended: bool = False,
    order: str = "name",
    limit: int = 200,
    offset: int = 0,
) -> list[TeacherRow]:
    """Those of the district, in one of TEACHER_ORDERS."""
    found = await rows(
        f"""{TEACHERS} WHERE t.district = $2 AND (t.ended_on IS NULL OR $3::boolean)
            AND ({findable("t.name")} || ' ' || t.known_by) ILIKE ALL ($4)
        ORDER BY {TEACHER_ORDERS[order]} LIMIT $5 OFFSET $6""",
        now(),
        district_id,
        with_ended,
        containing(words),
        limit,
        offset,
    )
    return [TeacherRow(**one) for one in found]


async def teacher(teacher_id: int) -> TeacherRow:
    """Raises Missing."""
    found = await rows(f"{TEACHERS} WHERE t.id = $2", now(), teacher_id)
    if not found:
        raise Missing
    return TeacherRow(**found[0])
