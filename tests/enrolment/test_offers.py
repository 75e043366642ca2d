"""Offers: how long one may think, and that nothing is lost between an offer, its end and its notice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from elderlearn.enrolment import line
from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.lapse_offers import lapse_offers
from elderlearn.enrolment.leave_all import leave_all
from elderlearn.enrolment.offers import offer_until
from elderlearn.enrolment.queries import seats_of, standing
from elderlearn.enrolment.recount import differences
from elderlearn.enrolment.set_line import set_line
from elderlearn.enrolment.set_shares import set_shares
from elderlearn.enrolment.shares import WantedShare
from elderlearn.enrolment.withdraw import withdraw
from elderlearn.ground.clock import SHANGHAI, now
from elderlearn.ground.errors import Refusal
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.jobs.serve_lines import serve_lines
from tests import people_standing as standing_people
from tests.catalogue.runs_standing import DAY, a_run, people, weeks
from tests.conftest import Database
from tests.people_standing import CLI

FAR = datetime(2027, 3, 1, 9, tzinfo=SHANGHAI)


def on(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2027, 1, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("at", "hours", "starts_at", "until"),
    [
        (on(4, 10), 48, FAR, on(6, 10)),
        (on(4, 20, 59), 48, FAR, on(6, 20, 59)),
        (on(4, 21), 48, FAR, on(7, 9)),
        (on(4, 23), 48, FAR, on(7, 9)),
        (on(5, 3), 48, FAR, on(7, 9)),
        (on(5, 8), 48, FAR, on(7, 8)),
        (on(4, 10), 48, None, on(6, 10)),
        (on(4, 10), 48, on(9, 10), on(6, 10)),  # to the minute three days before the start
        (on(4, 10), 48, on(9, 9, 59), None),
        (on(4, 22), 48, on(10, 8), None),  # the quiet night would bring it too near to the start
        (on(4, 10), 48, on(3, 10), None),  # it has begun
    ],
)
def test_an_offer_ends_by_day_and_never_near_the_start(
    at: datetime, hours: int, starts_at: datetime | None, until: datetime | None
) -> None:
    assert offer_until(at.astimezone(UTC), hours, starts_at) == until


async def three_in_a_run(*, starts_in: timedelta = 60 * DAY) -> list[int]:
    """Of one seat that is offered when it comes free; the enrolments."""
    places = await standing_people.place_tree()
    run = await a_run(places, seats=1, sessions=weeks(2, start=now() + starts_in))
    await set_line(run, "offer", by=CLI)
    return [(await enrol(run, id, "self", by=CLI)).enrolment_id for id in await people(places.community, 3)]


async def states(asked: list[int]) -> list[str]:
    return [(await standing(one)).state for one in asked]


async def test_a_worker_killed_between_offer_and_notice_loses_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = await three_in_a_run()
    await withdraw(asked[0], by=CLI)
    await database.execute("UPDATE enrolment SET offer_until = now() WHERE state = 'offered'")

    async def killed(*_: object) -> int:
        raise ConnectionError

    with monkeypatch.context() as killing, pytest.raises(ConnectionError):
        killing.setattr(line, "tell_many", killed)
        await lapse_offers()
    assert await states(asked) == ["withdrawn", "offered", "waiting"]
    for _ in range(2):
        await serve_lines()
    assert await states(asked) == ["withdrawn", "lapsed", "offered"]
    told = await database.fetch("SELECT kind FROM notice WHERE kind IN ('offered', 'lapsed') ORDER BY id")
    assert [one["kind"] for one in told] == ["offered", "lapsed", "offered"]


async def test_near_the_start_the_seat_is_hers_at_once(database: Database) -> None:
    asked = await three_in_a_run(starts_in=4 * DAY)
    await withdraw(asked[0], by=CLI)
    assert await states(asked) == ["withdrawn", "seated", "waiting"]


async def test_a_line_past_its_date_is_void_and_everybody_is_told(database: Database) -> None:
    asked = await three_in_a_run()
    await withdraw(asked[0], by=CLI)
    run = (await standing(asked[0])).run_id
    await set_line(run, "offer", line_ends_at=now() - timedelta(seconds=1), by=CLI)
    late = (await people((await standing_people.place_tree(prefix="330114")).community, 1))[0]
    with pytest.raises(Refusal) as refused:
        await enrol(run, late, "self", by=CLI)
    assert refused.value.code == "line_over"
    await serve_lines()
    assert await states(asked) == ["withdrawn", "offered", "lapsed"]  # what is offered stays so until its end
    assert await database.value("SELECT count(*) FROM notice WHERE kind = 'line_ended'") == 1
    await database.execute("UPDATE enrolment SET offer_until = now() WHERE state = 'offered'")
    await serve_lines()
    assert (await seats_of(run)).seats_taken == 0
    assert (await enrol(run, late, "self", by=CLI)).state == "seated"  # a free seat is nobody's but hers


async def test_whoever_leaves_the_register_gives_her_share_back(database: Database) -> None:
    places = await standing_people.place_tree()
    run = await a_run(places, seats=2)
    await set_shares(run, [WantedShare("own_village", 1, now() + DAY)], by=CLI)
    first, other = await people(places.community, 1), await people(places.next_community, 2)
    asked = [(await enrol(run, id, "self", by=CLI)).enrolment_id for id in (*first, *other)]
    assert await states(asked) == ["seated", "seated", "waiting"]
    async with unit_of_work():
        await leave_all(first[0], reason="died", ahead=20, by=CLI)
    assert await states(asked) == ["withdrawn", "seated", "waiting"]  # kept for the village
    assert await differences() == []
    await database.execute("UPDATE seat_share SET falls_back_at = now()")
    await serve_lines()
    assert await states(asked) == ["withdrawn", "seated", "seated"]
