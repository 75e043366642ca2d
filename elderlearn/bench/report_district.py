"""The whole page a district officer looks at first: the rate of every street, from sign-in to the last tag."""

from __future__ import annotations

from elderlearn.bench.hall import DISTRICT, OFFICER, Hall, put
from elderlearn.bench.measured import Measured, in_turns
from elderlearn.ground.clock import today
from elderlearn.ground.sql import value
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.sign_in.start import start_for_staff

LOOKS = 20  # in a round, one after the other
PAGE = "/office/participation"


async def report_district(hall: Hall) -> Measured:
    """Milliseconds for one look, nobody else looking."""
    period = await value(
        "SELECT id FROM stat_period WHERE label = $2 AND district = (SELECT id FROM place WHERE code = $1)",
        DISTRICT,
        str(today().year),
    )
    async with unit_of_work():
        cookie = await start_for_staff(await _officer(), "district", way="password")
    page = hall.request("GET", PAGE, headers={"Cookie": f"el={cookie}"})
    bare = hall.request("GET", f"/floor/report/{period}")

    async def product() -> float:
        return 1000 / (await put(hall.product, [page] * LOOKS, status=200, connections=1)).per_second

    async def floor() -> float:
        return 1000 / (await put(hall.floor, [bare] * LOOKS, status=200, connections=1)).per_second

    return Measured("report_district", "ms", *await in_turns(product, floor))


async def _officer() -> int:
    found: int = await value("SELECT id FROM staff WHERE name = $1", OFFICER)
    return found
