"""Who counts as enrolled in a statistic period: kept in the transaction that seats or withdraws.

A seat counts in a run of two sessions or more, in every period of the resident's or the run's district that
the run's dates touch. Always summed anew from the enrolments of a person, so it cannot drift; who calls it
holds the resident (see hold.py), so nobody else sums her at the same time.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from elderlearn.ground.sql import rows
from elderlearn.places.periods import ensure_periods

LEAST_SESSIONS = 2  # domain.md section 3b: enrolled counts seats in runs of ≥ 2 sessions
STATES = "('active', 'shadow')"

# In a sub-select, so that one plan serves one resident and many; with the bare list each call is planned anew.
OF_THEM = "= ANY((SELECT $1::bigint[])::bigint[])"

# Home by the period's basis; a home in another district is outside. Expects $1, ids of residents.
SHOULD_BE = f"""SELECT e.resident, p.id AS period,
    CASE WHEN home.id IS NOT NULL AND home.district <> p.district THEN 'outside'
        WHEN p.basis = 'resident' THEN who.residence ELSE who.registered_residence END AS residence,
    CASE WHEN home.district = p.district THEN home.id END AS place,
    who.born_on, count(*)::int AS runs
FROM enrolment e
JOIN course_run r ON r.id = e.run AND r.sessions_count >= {LEAST_SESSIONS}
JOIN resident who ON who.id = e.resident
JOIN stat_period p ON p.district IN (who.district, r.district) AND p.state IN {STATES}
    AND r.first_on <= p.ends_on AND r.last_on >= p.starts_on
LEFT JOIN place home ON home.id = CASE p.basis WHEN 'resident' THEN who.place ELSE who.registered_place END
WHERE e.state = 'seated' AND e.resident {OF_THEM}
GROUP BY e.resident, p.id, p.district, p.basis, who.id, home.id"""


async def resum(resident_ids: Collection[int]) -> None:
    """Make the rows of these residents, who are held, equal to their seats; in one statement."""
    await rows(
        f"""WITH should_be AS MATERIALIZED ({SHOULD_BE}),
        gone AS (DELETE FROM enrolled_period g WHERE g.resident {OF_THEM}
            AND NOT EXISTS (SELECT FROM should_be s WHERE s.resident = g.resident AND s.period = g.period))
        INSERT INTO enrolled_period AS k (resident, period, residence, place, born_on, runs)
        SELECT resident, period, residence, place, born_on, runs FROM should_be ORDER BY period, resident
        ON CONFLICT (period, resident) DO UPDATE SET residence = excluded.residence, place = excluded.place,
            born_on = excluded.born_on, runs = excluded.runs
        WHERE (k.residence, k.place, k.born_on, k.runs)
            IS DISTINCT FROM (excluded.residence, excluded.place, excluded.born_on, excluded.runs)""",
        sorted(resident_ids),
    )


async def resum_run(run_id: int) -> None:
    """The same for all who hold a seat in a run whose dates or number of sessions changed.

    Inside a unit of work that took `hold.hold` for all of them before it changed anything.
    """
    found = await rows("SELECT resident FROM enrolment WHERE run = $1 AND state = 'seated'", run_id)
    run = await rows("SELECT district, first_on, last_on FROM course_run WHERE id = $1", run_id)
    homes = await rows(
        "SELECT DISTINCT w.district FROM enrolment e JOIN resident w ON w.id = e.resident WHERE e.run = $1", run_id
    )
    for one in run:
        await open_periods({h["district"] for h in homes}, one["district"], one["first_on"], one["last_on"])
    await resum([one["resident"] for one in found])


async def open_periods(homes: Collection[int], run_district: int, first: date | None, last: date | None) -> None:
    """Open the years a run touches for districts of its residents; its own opened when the run was added."""
    others = {district for district in homes if district != run_district}
    if not others or first is None or last is None:
        return
    years = range(first.year, last.year + 1)
    await ensure_periods({(district, date(year, 12, 31)) for district in others for year in years})
