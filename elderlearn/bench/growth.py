"""How the district's report grows with the district: the same page over 20,000, 200,000 and 2 million elders.

Only what the report reads is filled, in a few statements: the sums of two years, seats, elders of every place.
Nobody and no attendance stands behind them, so nothing else can be measured on it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import TYPE_CHECKING

from elderlearn.bench.hall import DISTRICT, Hall, Sizes, add_officer
from elderlearn.bench.measured import Measured
from elderlearn.bench.own_database import own_database, settle
from elderlearn.bench.report_district import report_district
from elderlearn.bench.web_processes import FLOOR, PRODUCT, web_processes
from elderlearn.ground.clock import now, today
from elderlearn.ground.sql import rows
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.places.periods import ensure_periods
from elderlearn.places.queries import place_by_code

if TYPE_CHECKING:
    from elderlearn.ground.embedded import Servers

STEPS = ((20_000, 50), (200_000, 50), (2_000_000, 25))  # elders, attendances each in both years together
A_FEW = 100
LEARNERS, REGULARS, ENROLLED = 63, 28, 35  # of 100 elders, as in the sample

# A number from 0 to 99 that looks drawn and is the same every time.
DRAWN = "(hashint8(n * 7 + {salt}) & 65535) * 100 / 65536"
HOMES = """home AS (SELECT id, row_number() OVER (ORDER BY code) - 1 AS no, count(*) OVER () AS many
    FROM place WHERE district = $1 AND level = 'community' AND valid_to IS NULL)"""
BORN = "p.reference_on - 22000 - (hashint8(n) & 8191)"  # sixty and a little to eighty-three
TALLIES = f"""WITH {HOMES}
    INSERT INTO tally (resident, period, residence, place, born_on, visits, days, minutes, completed_runs,
        regular_since)
    SELECT n, p.id, 'inside', home.id, {BORN}, $3::int, $3::int, $3::int * 90, 0,
        CASE WHEN {DRAWN.format(salt=2)} < 100 * {REGULARS} / {LEARNERS}
            THEN p.starts_on + {DRAWN.format(salt=3)}::int * 320 / 100 END
    FROM generate_series(1, $2::bigint) AS n JOIN home ON home.no = n % home.many
    CROSS JOIN stat_period p WHERE p.district = $1 AND {DRAWN.format(salt=1)} < {LEARNERS}"""
SEATS = f"""WITH {HOMES}
    INSERT INTO enrolled_period (resident, period, residence, place, born_on, runs)
    SELECT n, p.id, 'inside', home.id, {BORN}, 1
    FROM generate_series(1, $2::bigint) AS n JOIN home ON home.no = n % home.many
    CROSS JOIN stat_period p WHERE p.district = $1 AND {DRAWN.format(salt=4)} < {ENROLLED}"""
ELDERS = f"""WITH {HOMES}
    INSERT INTO elder_population (place, year, basis, source, elders, is_preferred, recorded_at)
    SELECT id, $3, 'resident', 'bench', $2::bigint / many + (no < $2 % many)::int, true, $4 FROM home"""


def steps_up_to(largest: int | None) -> Sequence[tuple[int, int]]:
    """STEPS, or in their proportions up to so many elders; a step of a few says nothing and is left out."""
    most = STEPS[-1][0]
    steps = [(elders * (largest or most) // most, each) for elders, each in STEPS]
    return [one for one in steps if one[0] >= A_FEW]


@dataclass(frozen=True)
class Step:
    """The report over so many elders and attendances."""

    elders: int
    attendances: int
    found: Measured


async def growth(
    servers: Servers | None,
    *,
    places: Callable[[], Awaitable[object]],
    tell: Callable[[str], None],
    steps: Sequence[tuple[int, int]] = STEPS,
) -> list[Step]:
    """Each step in a database of its own; `places` fills the official list. Raises WrongAnswers."""
    found = []
    for elders, each in steps:
        async with own_database(servers):
            tell(f"Sums of {elders:,} elders with {each} attendances each …")
            await places()
            await fill(elders, each)
            token = await add_officer()
            await settle()
            async with web_processes(PRODUCT) as product, web_processes(FLOOR) as floor:
                hall = Hall(Sizes(elders, elders * each, 1.0), product, floor, token, count(1))
                found.append(Step(elders, elders * each, await report_district(hall)))
    return found


async def fill(elders: int, each: int) -> None:
    """What the report reads, of last year and this one."""
    district, year = (await place_by_code(DISTRICT)).id, today().year
    async with unit_of_work():
        await ensure_periods([(district, date(year - 1, 12, 31)), (district, date(year, 12, 31))])
        visits = max(1, each * 100 // (2 * LEARNERS))
        await rows(TALLIES, district, elders, visits)
        await rows(SEATS, district, elders)
        await rows(ELDERS, district, elders, year - 1, now())
