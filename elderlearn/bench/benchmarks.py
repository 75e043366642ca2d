"""All benchmarks by their names, five of contract section 2 and one more; and one run of some of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from itertools import count
from typing import TYPE_CHECKING

from elderlearn.bench.catalogue_page import catalogue_page
from elderlearn.bench.enrol_full import enrol_full
from elderlearn.bench.enrol_rush import enrol_rush
from elderlearn.bench.hall import Hall, Sizes, add_officer
from elderlearn.bench.measured import Measured
from elderlearn.bench.own_database import own_database, settle
from elderlearn.bench.report_district import report_district
from elderlearn.bench.scans import scan_batch, scan_online
from elderlearn.bench.web_processes import FLOOR, PRODUCT, web_processes

if TYPE_CHECKING:
    from elderlearn.ground.embedded import Servers

Benchmark = Callable[[Hall], Awaitable[Measured]]
BENCHMARKS: dict[str, Benchmark] = {
    "scan_online": scan_online,
    "scan_batch": scan_batch,
    "enrol_rush": enrol_rush,
    "report_district": report_district,
    "catalogue_page": catalogue_page,
    "enrol_full": enrol_full,
}


async def run(
    names: Sequence[str],
    sizes: Sizes,
    *,
    servers: Servers | None,
    fill: Callable[[Sizes], Awaitable[object]],
    tell: Callable[[str], None],
) -> tuple[list[Measured], int]:
    """These benchmarks, in their own database; then MB of memory of the largest web process.

    `fill` writes the sample, `tell` hears what is going on. Raises WrongAnswers.
    """
    async with own_database(servers):
        tell(f"Filling elderlearn_bench with a sample of {sizes.elders} elders …")
        await fill(sizes)
        token = await add_officer()
        await settle()
        async with web_processes(PRODUCT) as product, web_processes(FLOOR) as floor:
            hall = Hall(sizes, product, floor, token, count(1))
            found = []
            for name in names:
                tell(f"{name} …")
                found.append(await BENCHMARKS[name](hall))
            return found, product.memory()
