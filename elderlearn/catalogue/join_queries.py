"""Asking who would like to join a society, and where somebody belongs or waits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row, rows, value

# Off the register nobody waits, whatever her row says; nor at a society that ended.
_WAITING = """FROM join_request q JOIN resident r ON r.id = q.resident AND r.state = 'active'
    JOIN organisation o ON o.id = q.organisation AND o.ended_on IS NULL"""


@dataclass(frozen=True)
class Request:
    """Somebody asks to join. `left_on` when she was a member before, `declined_on` when she asked before.

    The name is in full: she asks by name. `place_id` none for outside or unknown.
    """

    id: int
    resident_id: int
    name: str = field(repr=False)
    born_year: int | None
    place_id: int | None
    place_name: str | None
    asked_at: datetime
    left_on: date | None
    declined_on: datetime | None


@dataclass(frozen=True)
class Belongs:
    """How somebody stands in a society: none, waiting, member, left or declined (then `reason`), since when."""

    organisation_id: int
    name: str
    state: str
    since: date | None = None
    reason: str = ""


_REQUEST = f"""SELECT q.id, r.id AS resident_id, r.name, extract(year FROM r.born_on)::int AS born_year,
        r.place AS place_id, p.name AS place_name, q.asked_at, m.left_on,
        (SELECT max(b.ended_at) FROM join_request b WHERE b.organisation = q.organisation
            AND b.resident = q.resident AND b.state = 'declined') AS declined_on
    {_WAITING} LEFT JOIN place p ON p.id = r.place
    LEFT JOIN organisation_member m ON m.organisation = q.organisation AND m.resident = q.resident
    WHERE q.organisation = $1 AND q.state = 'waiting'"""


async def requests_at(organisation_id: int, *, limit: int = 20, offset: int = 0) -> list[Request]:
    """Those who wait, the longest first."""
    found = await rows(f"{_REQUEST} ORDER BY q.asked_at, q.id LIMIT $2 OFFSET $3", organisation_id, limit, offset)
    return [_request(one) for one in found]


async def request_at(organisation_id: int, request_id: int) -> Request | None:
    """One that waits; none when it was answered or taken back. Raises Missing when it never was one of theirs."""
    found = await row(f"{_REQUEST} AND q.id = $2", organisation_id, request_id)
    if found is not None:
        return _request(found)
    was_there = "SELECT EXISTS (SELECT FROM join_request WHERE id = $1 AND organisation = $2)"
    if not await value(was_there, request_id, organisation_id):
        raise Missing
    return None


async def how_many_wait(organisation_id: int) -> int:
    """Requests without an answer."""
    found: int = await value(
        f"SELECT count(*) {_WAITING} WHERE q.organisation = $1 AND q.state = 'waiting'", organisation_id
    )
    return found


async def requests_led_by(staff_id: int) -> list[tuple[int, str, int]]:
    """Id and name of each society she leads a run in where somebody waits, and how many do."""
    found = await rows(
        f"""SELECT o.id, o.name, count(*) AS waiting {_WAITING}
        WHERE q.state = 'waiting' AND EXISTS (SELECT FROM run_leader l JOIN course_run c ON c.id = l.run
            WHERE l.staff = $1 AND c.organisation = o.id)
        GROUP BY o.id ORDER BY o.name_pinyin COLLATE "C", o.name, o.id""",
        staff_id,
    )
    return [(one["id"], one["name"], one["waiting"]) for one in found]


async def belongs(organisation_id: int, resident_id: int) -> Belongs:
    """How she stands there. Raises Missing when it is no society."""
    found = await _standing(resident_id, organisation_id)
    if found:
        return found[0]
    name = await value("SELECT name FROM organisation WHERE id = $1 AND kind = 'society'", organisation_id)
    if name is None:
        raise Missing
    return Belongs(organisation_id, name, "none")


async def societies_of(resident_id: int) -> list[Belongs]:
    """Where she is a member or waits, by name."""
    found = await _standing(resident_id, None)
    return sorted((one for one in found if one.state in ("member", "waiting")), key=lambda one: one.name)


async def _standing(resident_id: int, organisation_id: int | None) -> list[Belongs]:
    """The latest word counts: a member now, else the request, else that she left."""
    found = await rows(
        """WITH word AS (
            SELECT organisation, CASE WHEN left_on IS NULL THEN 'member' ELSE 'left' END AS state,
                coalesce(left_on, joined_on) AS since, '' AS reason,
                CASE WHEN left_on IS NULL THEN 0 ELSE 2 END AS place, id
            FROM organisation_member WHERE resident = $1
            UNION ALL
            SELECT organisation, state, (coalesce(ended_at, asked_at) AT TIME ZONE 'Asia/Shanghai')::date, reason,
                CASE state WHEN 'waiting' THEN 1 ELSE 2 END, -id FROM join_request
            WHERE resident = $1 AND state IN ('waiting', 'declined'))
        SELECT DISTINCT ON (o.id) o.id AS organisation_id, o.name, w.state, w.since, w.reason
        FROM word w JOIN organisation o ON o.id = w.organisation AND o.ended_on IS NULL
        WHERE $2::bigint IS NULL OR o.id = $2 ORDER BY o.id, w.place, w.since DESC, w.id""",
        resident_id,
        organisation_id,
    )
    return [Belongs(**one) for one in found]


def _request(found: object) -> Request:
    columns = dict(found)  # type: ignore[call-overload]  # a Record reads as a mapping
    return Request(**{**columns, "name": columns["name"] or "**"})
