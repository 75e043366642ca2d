"""Any sequence of enrol, withdraw, remove and change_seats leaves what a few lines of plain Python say."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Literal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from elderlearn.enrolment.change_seats import change_seats
from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.queries import line_of, standing_of
from elderlearn.enrolment.recount import differences
from elderlearn.enrolment.withdraw import remove, withdraw
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Refusal
from tests import people_standing as standing
from tests.catalogue.runs_standing import DAY, a_run, people, weeks
from tests.conftest import Database
from tests.people_standing import CLI

PEOPLE = 5
RUNS = 3  # the first two meet at the same time, the third at another
prefixes = (f"{number}" for number in itertools.count(330113))  # each example in its own district
Verb = Literal["enrol", "withdraw", "remove", "seats"]

steps = st.lists(
    st.tuples(
        st.sampled_from(["enrol"] * 5 + ["withdraw"] * 3 + ["remove", "seats"]),
        st.integers(0, RUNS - 1),
        st.integers(0, PEOPLE - 1),
    ),
    min_size=40,
    max_size=60,
)


@dataclass
class Model:
    """A run as a book at the window would keep it."""

    number: int
    seats: int = 1
    seated: set[int] = field(default_factory=set)
    line: list[int] = field(default_factory=list)
    removed: set[int] = field(default_factory=set)
    asked: set[int] = field(default_factory=set)


def clashes(book: list[Model], run: Model, who: int) -> bool:
    return run.number < 2 and who in book[1 - run.number].seated


def serve(book: list[Model], run: Model) -> None:
    for who in list(run.line):
        if len(run.seated) < run.seats and not clashes(book, run, who):
            run.line.remove(who)
            run.seated.add(who)


def expected(book: list[Model], verb: str, run: Model, who: int) -> None:
    if verb == "enrol":
        if who not in run.seated | run.removed | set(run.line) and not clashes(book, run, who):
            run.asked.add(who)
            run.line.append(who)
            serve(book, run)
    elif verb == "seats":
        if seats_wanted(who) >= len(run.seated):
            run.seats = seats_wanted(who)
            serve(book, run)
    else:
        leave(book, run, who)
        if verb == "remove":
            run.removed |= {who} & run.asked


def leave(book: list[Model], run: Model, who: int) -> None:
    run.seated.discard(who)
    run.line = [one for one in run.line if one != who]
    serve(book, run)
    for other in book:
        if who in other.line:
            serve(book, other)


def seats_wanted(number: int) -> int:
    return 1 + number // 3


async def really(verb: str, run_id: int, resident_id: int, number: int) -> None:
    try:
        if verb == "enrol":
            await enrol(run_id, resident_id, "self", by=CLI)
        elif verb == "seats":
            await change_seats(run_id, seats_wanted(number), by=CLI)
        else:
            asked = await standing_of(run_id, resident_id)
            if asked is not None and verb == "withdraw":
                await withdraw(asked.id, by=CLI)
            elif asked is not None:
                await remove(asked.id, "for a reason", by=CLI)
    except Refusal:
        pass  # the model says whether that was right


async def as_it_is(database: Database, run_id: int) -> tuple[set[int], list[int], int, int]:
    seated = await database.fetch("SELECT resident FROM enrolment WHERE run = $1 AND state = 'seated'", run_id)
    (run,) = await database.fetch("SELECT seats, seats_taken FROM course_run WHERE id = $1", run_id)
    line = [one.resident_id for one in await line_of(run_id)]
    return {one["resident"] for one in seated}, line, run["seats"], run["seats_taken"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
async def test_seats_and_line_are_as_the_book_says(database: Database, steps: list[tuple[Verb, int, int]]) -> None:
    places = await standing.place_tree(prefix=next(prefixes))
    start = now() + 7 * DAY
    runs = [await a_run(places, seats=1, sessions=weeks(2, start=start + DAY * (no // 2))) for no in range(RUNS)]
    who = await people(places.community, PEOPLE)
    book = [Model(no) for no in range(RUNS)]
    for verb, run, number in steps:
        expected(book, verb, book[run], number)
        await really(verb, runs[run], who[number], number)
        for model in book:
            seated, line, seats, taken = await as_it_is(database, runs[model.number])
            assert seated == {who[one] for one in model.seated}
            assert line == [who[one] for one in model.line]
            assert (seats, taken) == (model.seats, len(model.seated))
            assert taken <= seats
    assert await differences() == []
