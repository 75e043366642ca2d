"""The floor of the district's report: the same tallies summed by community, in one statement."""

from __future__ import annotations

from litestar import get
from litestar.datastructures import State

READ = """SELECT place, sum(visits)::bigint AS visits, count(*) FILTER (WHERE visits > 0) AS learners,
        count(regular_since) AS regulars
    FROM tally WHERE period = $1 AND residence = 'inside' AND born_on <= CURRENT_DATE - 21915 GROUP BY place"""


@get("/floor/report/{period:int}")
async def read_report(period: int, state: State) -> list[tuple[int, ...]]:
    """A line for each community."""
    found = await state.pool.fetch(READ, period)
    return [tuple(one.values()) for one in found]
