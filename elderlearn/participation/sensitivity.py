"""The strip of thresholds: how many would be regulars if the line were drawn elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from elderlearn.ground.sql import row
from elderlearn.participation.counted import counted_by, place_in
from elderlearn.participation.rules import CLASS_HOUR, rate
from elderlearn.places.elders import elders_of
from elderlearn.places.queries import ever_within

DAYS = (1, 4, 8, 12, 24)
HOURS = (8, 16, 32, 64)  # class hours


@dataclass(frozen=True)
class Step:
    """`regulars` with `at_least` so many days or class hours, and what the rate would be."""

    at_least: int
    regulars: int
    rate: float | None


@dataclass(frozen=True)
class Strip:
    """Each threshold on its own, counted like the report of that place."""

    period: str
    place_code: str
    elders: int | None
    elders_year: int | None
    days: tuple[Step, ...]
    hours: tuple[Step, ...]


async def sensitivity(district_id: int, label: str, place_id: int) -> Strip:
    """Zeros for a year without attendances. Raises Missing, Refusal('invalid_period')."""
    place = await place_in(district_id, place_id, "district")
    counted = await counted_by(district_id, label)
    steps = [f"count(*) FILTER (WHERE days >= {many})" for many in DAYS]
    steps += [f"count(*) FILTER (WHERE minutes >= {many * CLASS_HOUR})" for many in HOURS]
    found = await row(
        f"""SELECT ARRAY[{", ".join(steps)}] AS counts FROM tally
        WHERE period = $2 AND residence = 'inside' AND born_on <= $3 AND place = ANY($1::bigint[])
            AND place <> $4""",
        await ever_within(place.id),
        counted.period_id,
        counted.born_by,
        place.district_id,
    )
    elders = (await elders_of({place.id}, counted.year, counted.basis)).get(place.id)
    many = elders.elders if elders else None
    counts: list[int] = found["counts"] if found else []
    steps_of = [
        Step(at_least, regulars, rate(regulars, many))
        for at_least, regulars in zip((*DAYS, *HOURS), counts, strict=True)
    ]
    return Strip(
        counted.label,
        place.code,
        many,
        elders.year if elders else None,
        tuple(steps_of[: len(DAYS)]),
        tuple(steps_of[len(DAYS) :]),
    )
