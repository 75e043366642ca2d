"""Who comes too late: the run is full, every request is told its number in the line; then all ask once more."""

from __future__ import annotations

from statistics import median

from elderlearn.bench.enrol_rush import ASKING_PER_SECOND, CONNECTIONS, SEATED, WAITING, asked, opened, seated
from elderlearn.bench.hall import Hall, put
from elderlearn.bench.measured import Measured, WrongAnswers, in_turns
from elderlearn.bench.people import Person, put_right, two_halves
from elderlearn.stewardship.invariants import broken_invariants


async def enrol_full(hall: Hall) -> Measured:
    """Places in the line in a second; a note says how many in a second are told again where they stand."""
    ours, floors = await two_halves()
    many = max(10, min(len(ours), int(ASKING_PER_SECOND * hall.sizes.seconds)))
    again: list[float] = []

    async def product() -> float:
        first, second = await _too_late(hall, ours[:many], is_floor=False)
        again.append(second)
        return first

    async def floor() -> float:
        return (await _too_late(hall, floors[:many], is_floor=True))[0]

    value, floor_value = await in_turns(product, floor)
    await put_right(floors)
    broken = await broken_invariants()
    if broken:
        raise WrongAnswers("After the line: " + "; ".join(broken[:5]))
    note = f"asked once more: {median(again[1:]):,.0f} requests/s"
    return Measured("enrol_full", "requests/s", value, floor_value, (note,))


async def _too_late(hall: Hall, people: list[Person], *, is_floor: bool) -> tuple[float, float]:
    """One seat; the first takes it, all others are told they wait. And, of the product, once more."""
    run = await opened(hall.next_number(), 1)
    web = hall.floor if is_floor else hall.product
    first, *others = (asked(hall, run, one, is_floor=is_floor) for one in people)
    await put(web, [first], status=201, connections=1)
    found = await put(web, others, status=201, connections=CONNECTIONS, expected=(SEATED, WAITING))
    told = (found.found[SEATED], found.found[WAITING])
    if told != (0, len(others)) or await seated(run) != (1, 1):
        raise WrongAnswers(f"{told} were told seated and waiting, {len(others)} came too late")
    if is_floor:
        return found.per_second, 0.0
    more = await put(web, others, status=200, connections=CONNECTIONS, expected=(WAITING,))
    if more.found[WAITING] != len(others):
        raise WrongAnswers(f"{more.found[WAITING]} of {len(others)} were told again that they wait")
    return found.per_second, more.per_second
