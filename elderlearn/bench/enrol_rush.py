"""The opening of a wanted course: many residents ask for one run at once, half as many seats as people."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from elderlearn.bench.hall import Hall, put
from elderlearn.bench.measured import Measured, WrongAnswers, in_turns
from elderlearn.bench.people import Person, put_right, two_halves
from elderlearn.catalogue.courses import add_course
from elderlearn.catalogue.new_run import NewRun
from elderlearn.catalogue.runs import add_run
from elderlearn.catalogue.schedule import Times
from elderlearn.ground.actor import SYSTEM
from elderlearn.ground.clock import SHANGHAI, now, today
from elderlearn.ground.sql import row, value
from elderlearn.stewardship.invariants import broken_invariants

ASKING_PER_SECOND = 800  # residents for each second of a round
CONNECTIONS = 32
NIGHT, LONG = time(4), timedelta(minutes=30)  # when nothing of the sample meets: no overlap
SEATED, WAITING = b'"state":"seated"', b'"state":"waiting"'


async def enrol_rush(hall: Hall) -> Measured:
    """Requests for a seat in a second. Raises WrongAnswers when a seat was sold twice, or anything else broke."""
    ours, floors = await two_halves()
    many = max(10, min(len(ours), int(ASKING_PER_SECOND * hall.sizes.seconds)))

    async def product() -> float:
        return await _rush(hall, ours[:many], is_floor=False)

    async def floor() -> float:
        return await _rush(hall, floors[:many], is_floor=True)

    value, floor_value = await in_turns(product, floor)
    await put_right(floors)
    broken = await broken_invariants()
    if broken:
        raise WrongAnswers("After the rush: " + "; ".join(broken[:5]))
    return Measured("enrol_rush", "requests/s", value, floor_value)


async def _rush(hall: Hall, people: list[Person], *, is_floor: bool) -> float:
    seats = len(people) // 2
    run = await opened(hall.next_number(), seats)
    web = hall.floor if is_floor else hall.product
    sent = [asked(hall, run, one, is_floor=is_floor) for one in people]
    found = await put(web, sent, status=201, connections=CONNECTIONS, expected=(SEATED, WAITING))
    told = (found.found[SEATED], found.found[WAITING])
    if told != (seats, len(people) - seats) or await seated(run) != (seats, seats):
        raise WrongAnswers(f"{told} were told seated and waiting, {seats} seats, {len(people)} people")
    return found.per_second


def asked(hall: Hall, run: int, one: Person, *, is_floor: bool) -> bytes:
    """The request of one person for one run."""
    if is_floor:
        return hall.request("POST", "/floor/enrolments", {"run_id": run, "resident_id": one.resident_id})
    body = {"run_id": str(run), "resident_id": str(one.resident_id), "channel": "self"}
    return hall.request("POST", "/api/v1/enrolments", body)


async def opened(number: int, seats: int) -> int:
    """A run that is open now and meets twice, in nights of its own."""
    days = [today() + timedelta(days=2 * number + one) for one in (0, 1)]
    starts = [datetime.combine(day, NIGHT, SHANGHAI) for day in days]
    organisation = await value("SELECT min(id) FROM organisation")
    course = await add_course(organisation_id=organisation, title="bench", by=SYSTEM, release=True)
    new = NewRun(
        course_id=course,
        seats=seats,
        opens_at=now() - timedelta(hours=1),
        closes_at=now() + timedelta(hours=6),
        sessions=tuple(Times(one, one + LONG) for one in starts),
    )
    return (await add_run(new, by=SYSTEM)).run_id


async def seated(run: int) -> tuple[int, int]:
    """By the counter, and by counting."""
    found = await row(
        """SELECT r.seats_taken, count(e.id) FILTER (WHERE e.state = 'seated') AS many
        FROM course_run r LEFT JOIN enrolment e ON e.run = r.id WHERE r.id = $1 GROUP BY r.id""",
        run,
    )
    assert found
    return found["seats_taken"], found["many"]
