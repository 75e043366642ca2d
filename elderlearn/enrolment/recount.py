"""Rebuild what enrolment keeps beside its rows, or name where it differs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from elderlearn.enrolment.enrolled_period import OF_THEM, SHOULD_BE, resum
from elderlearn.ground.sql import rows
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.hold import hold_people
from elderlearn.places.periods import ensure_periods

AT_ONCE = 5000  # residents in one unit of work: nobody waits long for their locks
SEATS = """SELECT r.id, r.seats_taken, r.waiting, r.reserved,
    (SELECT coalesce(sum(s.seats - s.taken), 0) FROM seat_share s
        WHERE s.run = r.id AND NOT s.has_fallen_back) AS kept,
    count(e.id) FILTER (WHERE e.state <> 'waiting') AS seated,
    count(e.id) FILTER (WHERE e.state = 'waiting') AS in_line
FROM course_run r LEFT JOIN enrolment e ON e.run = r.id AND e.state IN ('seated', 'offered', 'waiting')
GROUP BY r.id"""

# For logs and screens: no full birth date there.
TOLD = "ROW({t}.residence, {t}.place, extract(year FROM {t}.born_on), {t}.runs)::text"


@dataclass(frozen=True)
class Difference:
    """What is kept, and what the enrolments say. `subject` is course_run or resident, `what` the figure."""

    subject: str
    subject_id: int
    what: str
    kept: object
    counted: object


async def recount() -> int:
    """Sum the enrolled periods of everybody anew; how many residents. Safe while others work."""
    await _open_periods()
    found = await rows("SELECT DISTINCT resident AS id FROM enrolment UNION SELECT resident FROM enrolled_period")
    ids = sorted(one["id"] for one in found)
    for start in range(0, len(ids), AT_ONCE):
        async with unit_of_work():
            some = ids[start : start + AT_ONCE]
            await hold_people(some)
            await resum(some)
    return len(ids)


async def differences(limit: int = 100) -> list[Difference]:
    """Where kept figures differ from the enrolments: seats taken, waiting, enrolled periods. Empty is good.

    Seats are compared only: they are a promise to people, so a human decides what to mend.
    """
    return [*await _in_seats(limit), *await _in_periods(limit)][:limit]


async def _open_periods() -> None:
    """A district's years that enrolments touch but nobody opened: rows may have come by COPY."""
    found = await rows(
        """SELECT DISTINCT d.district, y.year FROM enrolment e JOIN course_run r ON r.id = e.run
        JOIN resident w ON w.id = e.resident
        CROSS JOIN LATERAL (VALUES (r.district), (w.district)) AS d (district)
        CROSS JOIN LATERAL generate_series(
            extract(year FROM r.first_on)::int, extract(year FROM r.last_on)::int) AS y (year)
        WHERE e.state = 'seated'"""
    )
    async with unit_of_work():
        await ensure_periods({(one["district"], date(one["year"], 12, 31)) for one in found})


async def _in_seats(limit: int) -> list[Difference]:
    found = await rows(
        f"""SELECT * FROM ({SEATS}) AS s WHERE s.seats_taken <> s.seated OR s.waiting <> s.in_line
            OR s.reserved <> s.kept
        ORDER BY s.id LIMIT $1""",
        limit,
    )
    pairs = (("seats_taken", "seated"), ("waiting", "in_line"), ("reserved", "kept"))
    return [
        Difference("course_run", one["id"], kept, one[kept], one[counted])
        for one in found
        for kept, counted in pairs
        if one[kept] != one[counted]
    ]


async def _in_periods(limit: int) -> list[Difference]:
    everybody = SHOULD_BE.replace(f"AND e.resident {OF_THEM}", "")
    found = await rows(
        f"""SELECT coalesce(k.resident, s.resident) AS resident, coalesce(k.period, s.period) AS period,
            {TOLD.format(t="k")} AS kept, {TOLD.format(t="s")} AS counted
        FROM enrolled_period k FULL JOIN ({everybody}) AS s ON s.resident = k.resident AND s.period = k.period
        WHERE (k.residence, k.place, k.born_on, k.runs) IS DISTINCT FROM (s.residence, s.place, s.born_on, s.runs)
            AND (k.id IS NULL OR k.period IN (SELECT id FROM stat_period WHERE state IN ('active', 'shadow')))
        ORDER BY 1, 2 LIMIT $1""",
        limit,
    )
    return [
        Difference("resident", one["resident"], f"enrolled in period {one['period']}", one["kept"], one["counted"])
        for one in found
    ]
