"""Any sequence of what people and staff do to runs with shares and offers leaves what a plain book says."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Awaitable, Callable
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from elderlearn.enrolment.accept_offer import accept_offer
from elderlearn.enrolment.change_seats import change_seats
from elderlearn.enrolment.decline_offer import decline_offer
from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.enrol_together import enrol_together
from elderlearn.enrolment.lapse_offers import lapse_offers
from elderlearn.enrolment.queries import line_of, standing_of
from elderlearn.enrolment.recount import differences
from elderlearn.enrolment.set_line import set_line
from elderlearn.enrolment.set_shares import set_shares
from elderlearn.enrolment.shares import WantedShare
from elderlearn.enrolment.take_out_of_turn import take_out_of_turn
from elderlearn.enrolment.withdraw import remove, withdraw
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import rows
from elderlearn.jobs.serve_lines import serve_lines
from elderlearn.stewardship.invariants import CHECKS
from tests import people_standing as standing
from tests.catalogue.runs_standing import DAY, a_course, open_run, people, weeks
from tests.conftest import Database
from tests.enrolment.share_book import PEOPLE, SEATS_WANTED, SHARES_WANTED, Book, Run, channel_of
from tests.people_standing import CLI, Places

Verb = Callable[[int, list[int], int], Awaitable[None]]
prefixes = (f"{number}" for number in itertools.count(330113))  # each example in its own district
VERBS = ["enrol"] * 7 + ["enrol_together"] * 3 + ["withdraw"] * 3 + ["turn_down", "accept", "lapse"] * 2
VERBS += ["remove", "change_seats", "set_shares", "set_shares", "fall_back", "to_the_head"]
steps = st.lists(
    st.tuples(st.sampled_from(VERBS), st.integers(0, 2), st.integers(0, PEOPLE - 1)), min_size=40, max_size=60
)


async def ask(run: int, who: list[int], number: int) -> None:
    await enrol(run, who[number], channel_of(number), by=CLI)


async def ask_together(run: int, who: list[int], number: int) -> None:
    await enrol_together(run, who[number], who[(number + 1) % PEOPLE], channel_of(number), by=CLI)


async def seats(run: int, _who: list[int], number: int) -> None:
    await change_seats(run, SEATS_WANTED[number], by=CLI)


async def shares(run: int, _who: list[int], number: int) -> None:
    wanted = [WantedShare(name, many, now() + DAY) for name, many in SHARES_WANTED[number].items()]
    await set_shares(run, wanted, by=CLI)


async def fall_back(run: int, _who: list[int], _number: int) -> None:
    await rows("UPDATE seat_share SET falls_back_at = now() - interval '1 second' WHERE run = $1", run)
    await serve_lines()


async def lapse(run: int, who: list[int], number: int) -> None:
    past = "UPDATE enrolment SET offer_until = $3 WHERE run = $1 AND resident = $2 AND state = 'offered'"
    await rows(past, run, who[number], now() - timedelta(seconds=1))
    await lapse_offers()


def on_hers(verb: Callable[[int], Awaitable[object]]) -> Verb:
    async def done(run: int, who: list[int], number: int) -> None:
        asked = await standing_of(run, who[number])
        if asked is not None:
            await verb(asked.id)

    return done


REALLY: dict[str, Verb] = {
    "enrol": ask,
    "enrol_together": ask_together,
    "change_seats": seats,
    "set_shares": shares,
    "fall_back": fall_back,
    "lapse": lapse,
    "withdraw": on_hers(lambda id: withdraw(id, by=CLI)),
    "remove": on_hers(lambda id: remove(id, "for a reason", by=CLI)),
    "accept": on_hers(lambda id: accept_offer(id, by=CLI)),
    "turn_down": on_hers(lambda id: decline_offer(id, by=CLI)),
    "to_the_head": on_hers(lambda id: take_out_of_turn(id, "for a reason", by=CLI)),
}
IN_THE_BOOK = {"withdraw": "leave", "lapse": "turn_down"}


async def three_runs(places: Places) -> list[int]:
    """Of one academy; far enough ahead for offers."""
    start = now() + 60 * DAY
    course = await a_course(places.community)
    runs = [
        (await open_run(course, seats=3, sessions=weeks(2, start=start + DAY * (no // 2)))).run_id
        for no in range(3)
    ]
    await set_line(runs[1], "offer", by=CLI)
    return runs


async def learned_before(places: Places, who: list[int]) -> None:
    """A seat in a run of the academy that is over, of one session, so that it is in no period."""
    await rows(
        """WITH old AS (
            INSERT INTO course_run (course, organisation, district, kind, entry, allocation, seats, seats_taken,
                opens_at, closes_at, places, first_on, last_on, sessions_count, ends_at, added_at)
            SELECT course, organisation, district, kind, entry, allocation, 9, $2, opens_at, closes_at, places,
                '2020-01-01', '2020-01-01', 1, '2020-01-02', added_at FROM course_run WHERE district = $3 LIMIT 1
            RETURNING id)
        INSERT INTO enrolment (run, resident, state, channel, asked_at, changed_at)
        SELECT id, who, 'seated', 'self', '2020-01-01', '2020-01-01' FROM old, unnest($1::bigint[]) AS w (who)""",
        who,
        len(who),
        places.district.id,
    )


async def as_it_is(run_id: int) -> tuple[object, ...]:
    held = await rows(
        """SELECT e.resident, e.state, s.audience FROM enrolment e LEFT JOIN seat_share s ON s.id = e.share
        WHERE e.run = $1 AND e.state IN ('seated', 'offered')""",
        run_id,
    )
    (run,) = await rows("SELECT seats, seats_taken, reserved FROM course_run WHERE id = $1", run_id)
    return (
        {one["resident"]: (one["state"], one["audience"]) for one in held},
        [one.resident_id for one in await line_of(run_id)],
        (run["seats"], run["seats_taken"], run["reserved"]),
    )


def as_the_book_says(run: Run, who: list[int]) -> tuple[object, ...]:
    held = {who[one]: ("offered" if one in run.offered else "seated", share) for one, share in run.held.items()}
    return held, [who[one] for one in run.line], (run.seats, len(run.held), run.kept)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
async def test_seats_shares_and_offers_are_as_the_book_says(
    database: Database, steps: list[tuple[str, int, int]]
) -> None:
    places = await standing.place_tree(prefix=next(prefixes))
    runs = await three_runs(places)
    village, elsewhere = await people(places.community, 3), await people(places.next_community, 3)
    who = [id for pair in zip(village, elsewhere, strict=True) for id in pair]
    await learned_before(places, who[:2])
    book = Book([Run(no, offers=no == 1) for no in range(3)])
    for verb, number, one in steps:
        getattr(book, IN_THE_BOOK.get(verb, verb))(book.runs[number], one)
        with contextlib.suppress(Refusal):  # the book says whether that was right
            await REALLY[verb](runs[number], who, one)
        for run in book.runs:
            assert await as_it_is(runs[run.number]) == as_the_book_says(run, who), verb
    assert await differences() == []
    for words, query in CHECKS.items():
        assert await database.value(query) == 0, words
