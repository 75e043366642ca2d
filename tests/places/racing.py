"""What several processes do at once to the same places."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

from elderlearn.places.import_places import import_places
from elderlearn.places.population import put_population
from elderlearn.places.queries import list_places
from tests.places.linping import BY, official_rows


async def put_from_both_ends(times: int) -> list[Any]:
    """The same eight places, half of the callers in the opposite order; what each answered or met."""
    codes = [one.code for one in await list_places("town_street")]
    calls = (
        put_population(
            year=2025,
            basis="resident",
            source=f"office {n}",
            lines=[(code, n) for code in (codes if n % 2 else codes[::-1])],
            by=BY,
        )
        for n in range(times)
    )
    return list(await asyncio.gather(*calls, return_exceptions=True))


async def import_all() -> list[int]:
    """How many places this process added."""
    return [(await import_places(official_rows(), valid_from=date(2025, 1, 1), by=BY)).added]
