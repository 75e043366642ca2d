"""Asking who belongs to a run, who waits, who came how often, and what it all adds up to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from elderlearn.checkin.reach import check_reach
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row, rows, value
from elderlearn.people.names import masked_name

STATES = ("seated", "offered", "member", "waiting", "guest")

_PEOPLE = """WITH came AS (SELECT resident, count(*) AS came FROM attendance
    WHERE run = $1 AND voided_at IS NULL AND is_held GROUP BY resident),
listed AS (
    SELECT e.resident, e.state, row_number() OVER (PARTITION BY e.state ORDER BY e.line_no, e.id) AS place
    FROM enrolment e WHERE e.run = $1 AND e.state IN ('seated', 'offered', 'waiting')
    UNION ALL
    SELECT m.resident, 'member', 0 FROM course_run r JOIN organisation_member m
        ON m.organisation = r.organisation AND m.left_on IS NULL WHERE r.id = $1 AND r.entry = 'members'),
everybody AS (
    SELECT * FROM listed UNION ALL
    SELECT resident, 'guest', 0 FROM came WHERE resident NOT IN (SELECT resident FROM listed))
SELECT x.resident, x.state, x.place, p.name, coalesce(c.came, 0) AS came,
    extract(year FROM p.born_on)::int AS born_year, right(card.number, 4) AS number_ends
FROM everybody x JOIN resident p ON p.id = x.resident LEFT JOIN came c ON c.resident = x.resident
LEFT JOIN LATERAL (SELECT number FROM card WHERE resident = p.id AND state <> 'replaced'
    ORDER BY id DESC LIMIT 1) AS card ON true
ORDER BY array_position($2::text[], x.state::text), x.place * (x.state = 'waiting')::int,
    p.name_pinyin COLLATE "C" NULLS LAST, p.name,
    p.id"""


@dataclass(frozen=True)
class RunPerson:
    """`state` is one of STATES; `position` from 1 for those waiting; `came` counts attended sessions.

    Names are in full for those on the list, masked for guests: whoever came without belonging to it. Year of
    birth and the last digits of the registration number tell those apart whose names are the same.
    """

    resident_id: int
    name: str = field(repr=False)
    state: str
    position: int | None
    came: int
    born_year: int | None = None
    number_ends: str = ""
    has_namesake: bool = False


@dataclass(frozen=True)
class RunTotals:
    """`held` sessions until now, `visits`, and `learners` who came at least once."""

    held: int
    visits: int
    learners: int


async def run_people(run_id: int, *, by: Actor) -> list[RunPerson]:
    """Those with a seat or members, by name, then the line in its order, then guests. Raises Missing."""
    await check_run(run_id, by)
    people = [
        RunPerson(
            one["resident"],
            one["name"] if one["name"] and one["state"] != "guest" else masked_name(one["name"]),
            one["state"],
            one["place"] if one["state"] == "waiting" else None,
            one["came"],
            one["born_year"],
            one["number_ends"] or "",
        )
        for one in await rows(_PEOPLE, run_id, list(STATES))
    ]
    called = Counter(one.name for one in people)
    return [replace(one, has_namesake=called[one.name] > 1) for one in people]


async def run_totals(run_id: int, *, by: Actor) -> RunTotals:
    """Called-off sessions and voided attendances left out. Raises Missing."""
    await check_run(run_id, by)
    found = await row(
        """SELECT (SELECT count(*) FROM session WHERE run = $1 AND state = 'planned' AND ends_at <= $2) AS held,
            count(*) AS visits, count(DISTINCT resident) AS learners
        FROM attendance WHERE run = $1 AND voided_at IS NULL AND is_held""",
        run_id,
        now(),
    )
    if found is None:
        raise Missing
    return RunTotals(**found)


async def visits_by_person(run_id: int, *, by: Actor) -> dict[int, set[int]]:
    """Ids of the sessions each resident came to; voided and called-off ones left out. Raises Missing."""
    await check_run(run_id, by)
    found = await rows(
        """SELECT resident, array_agg(session) AS sessions FROM attendance
        WHERE run = $1 AND voided_at IS NULL AND is_held GROUP BY resident""",
        run_id,
    )
    return {one["resident"]: set(one["sessions"]) for one in found}


async def check_run(run_id: int, by: Actor, action: str = "read_roster") -> None:
    """Raises Missing unless the run is there and within reach; its sessions all are or none is."""
    session: int | None = await value("SELECT min(id) FROM session WHERE run = $1", run_id)
    if session is None:
        raise Missing
    await check_reach([session], by, action)
