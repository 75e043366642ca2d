"""Asking where a leader may open an activity, what she would begin with, which rooms and teachers there are."""

from __future__ import annotations

from dataclasses import dataclass

from elderlearn.ground.clock import today
from elderlearn.ground.sql import rows
from elderlearn.people.roles import may

MOST_VENUES = 200

# Where she leads a run already, or within her place; a society only when she leads there: its members are
# not everybody's to see. A place tree has three levels, so these are all that can cover an organisation.
_HERS = """SELECT o.id, o.name, o.kind, p.name AS place_name, p.id AS place_id, w.role, led.last_on
    FROM staff w CROSS JOIN organisation o JOIN place p ON p.id = o.place
    LEFT JOIN LATERAL (SELECT max(r.last_on) AS last_on FROM run_leader l JOIN course_run r ON r.id = l.run
        WHERE l.staff = w.id AND r.organisation = o.id) AS led ON true
    WHERE w.id = $1 AND w.ended_at IS NULL AND ($2::bigint IS NULL OR o.id = $2)
      AND (o.ended_on IS NULL OR o.ended_on > $3) AND o.district = w.district
      AND (led.last_on IS NOT NULL OR (w.place IN (p.id, p.parent, p.district)
          AND (o.kind <> 'society' OR w.role <> 'leader')))
    ORDER BY led.last_on DESC NULLS LAST, o.name_pinyin COLLATE "C", o.id"""


@dataclass(frozen=True)
class Host:
    """An organisation somebody may open an activity at."""

    id: int
    name: str
    kind: str
    place_id: int
    place_name: str


@dataclass(frozen=True)
class LastTime:
    """What she opened or led before: a title at an organisation."""

    organisation_id: int
    organisation_name: str
    title: str
    kind: str


@dataclass(frozen=True)
class VenueRow:
    """A room people can find."""

    id: int
    name: str
    address: str
    capacity: int | None


async def hosts_of(staff_id: int) -> list[Host]:
    """Where she may open an activity: where she led last first, then by name."""
    found = await rows(_HERS, staff_id, None, today())
    return [_host(one) for one in found if may(one["role"], "add_run")]


async def may_open_at(organisation_id: int, staff_id: int) -> bool:
    """Whether this is one of `hosts_of`."""
    found = await rows(_HERS, staff_id, organisation_id, today())
    return any(may(one["role"], "add_run") for one in found)


async def last_activities(staff_id: int, limit: int = 3) -> list[LastTime]:
    """The single lectures, activities and meetings she led last, each title once, where she still may."""
    hosts = [one.id for one in await hosts_of(staff_id)]
    found = await rows(
        """SELECT o.id AS organisation_id, o.name AS organisation_name, c.title, r.kind
        FROM (SELECT q.organisation, q.course, q.kind, max(q.last_on) AS last_on
            FROM run_leader l JOIN course_run q ON q.id = l.run
            WHERE l.staff = $1 AND q.sessions_count = 1 AND q.kind IN ('lecture', 'activity', 'meeting')
                AND q.organisation = ANY($2::bigint[])
            GROUP BY 1, 2, 3) AS r
        JOIN course c ON c.id = r.course AND c.state = 'released' JOIN organisation o ON o.id = r.organisation
        ORDER BY r.last_on DESC, c.id DESC LIMIT $3""",
        staff_id,
        hosts,
        limit,
    )
    return [LastTime(**one) for one in found]


async def venues_around(organisation_id: int) -> list[VenueRow]:
    """The rooms of its community and street, those of its own place first."""
    found = await rows(
        """SELECT v.id, v.name, v.address, v.capacity FROM organisation o JOIN place p ON p.id = o.place
        JOIN place street ON street.id = CASE WHEN p.level = 'community' THEN p.parent ELSE p.id END
        JOIN place q ON street.id IN (q.id, q.parent) OR q.id = p.district
        JOIN venue v ON v.place = q.id AND (v.ended_on IS NULL OR v.ended_on > $2)
        WHERE o.id = $1 ORDER BY q.id <> p.id, v.name_pinyin COLLATE "C", v.name, v.id LIMIT $3""",
        organisation_id,
        today(),
        MOST_VENUES,
    )
    return [VenueRow(**one) for one in found]


async def teachers_at(organisation_id: int) -> list[tuple[int, str]]:
    """Id and name of those who taught there and have not ended, by name."""
    found = await rows(
        """SELECT t.id, t.name FROM teacher t WHERE (t.ended_on IS NULL OR t.ended_on > $2)
            AND EXISTS (SELECT FROM session s WHERE s.organisation = $1 AND s.teacher = t.id)
        ORDER BY t.name_pinyin COLLATE "C", t.name, t.id""",
        organisation_id,
        today(),
    )
    return [(one["id"], one["name"]) for one in found]


def _host(found: object) -> Host:
    columns = dict(found)  # type: ignore[call-overload]  # a Record reads as a mapping
    return Host(**{name: columns[name] for name in ("id", "name", "kind", "place_id", "place_name")})
