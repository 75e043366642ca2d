from __future__ import annotations

from datetime import date, timedelta

import pytest

from elderlearn.catalogue.terms import add_term
from elderlearn.enrolment.change_seats import change_seats
from elderlearn.enrolment.enrol import Enrolled, enrol
from elderlearn.enrolment.line import runs_to_serve, serve_line
from elderlearn.enrolment.queries import seats_of, standing
from elderlearn.enrolment.recount import differences
from elderlearn.enrolment.withdraw import remove, withdraw
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from tests import people_standing as people_of
from tests.catalogue.runs_standing import DAY, a_run, people, weeks
from tests.conftest import Database
from tests.people_standing import CLI, Places

START = now() + 7 * DAY


async def filled(places: Places, *, seats: int, asking: int, **changes: object) -> tuple[int, list[Enrolled]]:
    """A run and those who asked, in their order."""
    run_id = await a_run(places, seats=seats, **changes)
    return run_id, [await enrol(run_id, id, "self", by=CLI) for id in await people(places.community, asking)]


async def how(enrolled: list[Enrolled]) -> list[tuple[str, int | None]]:
    found = [await standing(one.enrolment_id) for one in enrolled]
    return [(one.state, one.position) for one in found]


async def test_the_next_in_line_is_seated_and_told_and_the_others_move_up(database: Database) -> None:
    run_id, asked = await filled(await people_of.place_tree(), seats=1, asking=3)
    assert (await withdraw(asked[0].enrolment_id, by=CLI)).state == "withdrawn"
    assert await how(asked) == [("withdrawn", None), ("seated", None), ("waiting", 1)]
    kinds = await database.fetch("SELECT kind FROM notice ORDER BY id")
    assert [one["kind"] for one in kinds] == ["seated", "waiting", "waiting", "withdrawn", "promoted"]
    actions = await database.fetch("SELECT action FROM trail WHERE subject = 'enrolment' ORDER BY id")
    assert [one["action"] for one in actions] == ["enrol", "enrol", "enrol", "withdraw", "promote"]
    assert (await seats_of(run_id)).seats_taken == 1
    assert await differences() == []


async def test_withdrawing_twice_is_the_same_as_once(database: Database) -> None:
    run_id, asked = await filled(await people_of.place_tree(), seats=2, asking=2)
    for _ in range(2):
        assert (await withdraw(asked[0].enrolment_id, by=CLI)).state == "withdrawn"
    assert (await seats_of(run_id)).seats_taken == 1
    assert await database.value("SELECT count(*) FROM notice WHERE kind = 'withdrawn'") == 1


async def test_leaving_the_line_seats_nobody_and_shortens_it(database: Database) -> None:
    run_id, asked = await filled(await people_of.place_tree(), seats=1, asking=3)
    await withdraw(asked[1].enrolment_id, by=CLI)
    assert await how(asked) == [("seated", None), ("withdrawn", None), ("waiting", 1)]
    assert (await seats_of(run_id)).waiting == 1


async def test_one_may_leave_after_the_window_and_the_run_are_over_and_nobody_is_seated_then(
    database: Database,
) -> None:
    _, asked = await filled(await people_of.place_tree(), seats=1, asking=2)
    await database.execute(
        "UPDATE course_run SET opens_at = '2020-01-01', closes_at = '2020-02-01', ends_at = '2020-03-01'"
    )
    assert (await withdraw(asked[0].enrolment_id, by=CLI)).state == "withdrawn"
    assert await how(asked) == [("withdrawn", None), ("waiting", 1)]
    assert await differences() == []


async def test_whoever_got_a_seat_at_the_same_time_is_passed_over_and_keeps_the_place(database: Database) -> None:
    places = await people_of.place_tree()
    run_id, asked = await filled(places, seats=1, asking=3, sessions=weeks(2, start=START))
    elsewhere = await a_run(places, sessions=weeks(2, start=START))
    second = (await standing(asked[1].enrolment_id)).resident_id
    other = await enrol(elsewhere, second, "self", by=CLI)
    await withdraw(asked[0].enrolment_id, by=CLI)
    assert await how(asked) == [("withdrawn", None), ("waiting", 1), ("seated", None)]
    await withdraw(asked[2].enrolment_id, by=CLI)
    assert await how(asked) == [("withdrawn", None), ("waiting", 1), ("withdrawn", None)]
    assert (await seats_of(run_id)).seats_taken == 0
    await withdraw(other.enrolment_id, by=CLI)
    assert await how(asked) == [("withdrawn", None), ("seated", None), ("withdrawn", None)]


async def test_a_newcomer_is_seated_when_those_before_cannot_be(database: Database) -> None:
    places = await people_of.place_tree()
    run_id, asked = await filled(places, seats=1, asking=2, sessions=weeks(2, start=START))
    second = (await standing(asked[1].enrolment_id)).resident_id
    await enrol(await a_run(places, sessions=weeks(2, start=START)), second, "self", by=CLI)
    await withdraw(asked[0].enrolment_id, by=CLI)
    (newcomer,) = await people(places.community, 1)
    enrolled = await enrol(run_id, newcomer, "self", by=CLI)
    assert (enrolled.state, enrolled.position, enrolled.is_new) == ("seated", None, True)
    assert await how(asked) == [("withdrawn", None), ("waiting", 1)]
    assert await differences() == []


async def test_the_terms_limit_is_looked_at_again_when_a_seat_comes_free(database: Database) -> None:
    places = await people_of.place_tree()
    term = await add_term(
        district_code=places.district.code, name="秋季", starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 31),
        limit_per_person=1, by=CLI,
    )  # fmt: skip
    _, asked = await filled(places, seats=1, asking=2, term_id=term)
    second = (await standing(asked[1].enrolment_id)).resident_id
    other = await enrol(
        await a_run(places, term_id=term, sessions=weeks(1, start=START + DAY)), second, "self", by=CLI
    )
    await withdraw(asked[0].enrolment_id, by=CLI)
    assert await how(asked) == [("withdrawn", None), ("waiting", 1)]
    await withdraw(other.enrolment_id, by=CLI)
    assert await how(asked) == [("withdrawn", None), ("seated", None)]


async def test_a_long_line_of_busy_people_is_walked_to_its_end(database: Database) -> None:
    places = await people_of.place_tree()
    run_id, asked = await filled(places, seats=1, asking=92, sessions=weeks(1, start=START))
    busy = await a_run(places, seats=200, sessions=weeks(1, start=START))
    for one in asked[1:-1]:
        await enrol(busy, (await standing(one.enrolment_id)).resident_id, "self", by=CLI)
    await withdraw(asked[0].enrolment_id, by=CLI)
    assert (await standing(asked[-1].enrolment_id)).state == "seated"
    seats = await seats_of(run_id)
    assert (seats.seats_taken, seats.waiting) == (1, 90)


async def test_somebody_who_died_waiting_holds_nobody_up(database: Database) -> None:
    _, asked = await filled(await people_of.place_tree(), seats=1, asking=3)
    dead = (await standing(asked[1].enrolment_id)).resident_id
    await database.execute("UPDATE resident SET state = 'died' WHERE id = $1", dead)
    await withdraw(asked[0].enrolment_id, by=CLI)
    assert (await standing(asked[2].enrolment_id)).state == "seated"


async def test_staff_remove_with_a_reason_and_the_next_is_seated(database: Database) -> None:
    _, asked = await filled(await people_of.place_tree(), seats=1, asking=3)
    with pytest.raises(Refusal, match="reason_required"):
        await remove(asked[0].enrolment_id, "  ", by=CLI)
    for _ in range(2):
        assert (await remove(asked[0].enrolment_id, "three times absent", by=CLI)).state == "removed"
    assert await how(asked) == [("removed", None), ("seated", None), ("waiting", 1)]
    assert (await withdraw(asked[0].enrolment_id, by=CLI)).state == "removed"
    assert (await remove(asked[2].enrolment_id, "moved away", by=CLI)).state == "removed"
    details = await database.fetch(
        "SELECT detail->>'reason' AS reason FROM trail WHERE action = 'remove' ORDER BY id"
    )
    assert [one["reason"] for one in details] == ["three times absent", "moved away"]
    assert await differences() == []


async def test_an_unknown_enrolment_is_missing(database: Database) -> None:
    with pytest.raises(Missing):
        await withdraw(2**40, by=CLI)


async def test_more_seats_go_to_the_line_at_once_and_fewer_never_below_those_taken(database: Database) -> None:
    run_id, asked = await filled(await people_of.place_tree(), seats=1, asking=4)
    assert await change_seats(run_id, 3, by=CLI) == 2
    assert await how(asked) == [("seated", None)] * 3 + [("waiting", 1)]
    with pytest.raises(Refusal) as refused:
        await change_seats(run_id, 2, by=CLI)
    assert (refused.value.code, refused.value.values["taken"]) == ("seats_below_taken", 3)
    assert await change_seats(run_id, 3, by=CLI) == 0
    with pytest.raises(Refusal, match="invalid_seats"):
        await change_seats(run_id, 0, by=CLI)
    with pytest.raises(Missing):
        await change_seats(2**40, 5, by=CLI)
    assert (await seats_of(run_id)).seats == 3
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'change_seats'") == 1


async def test_a_lecture_anybody_may_enter_has_no_seats_to_change(database: Database) -> None:
    run_id = await a_run(await people_of.place_tree(), entry="drop_in")
    with pytest.raises(Refusal, match="not_offered"):
        await change_seats(run_id, 5, by=CLI)


async def test_a_line_left_behind_is_found_and_served(database: Database) -> None:
    run_id, asked = await filled(await people_of.place_tree(), seats=1, asking=3)
    await database.execute("UPDATE course_run SET seats = 2")
    assert await runs_to_serve() == [run_id]
    assert await serve_line(run_id) == 1
    assert await how(asked) == [("seated", None), ("seated", None), ("waiting", 1)]
    assert await runs_to_serve() == []


async def test_a_run_served_late_tells_of_the_next_meeting_not_the_first(database: Database) -> None:
    places = await people_of.place_tree()
    sessions = weeks(3, start=now() - timedelta(days=10))
    _, asked = await filled(places, seats=1, asking=2, sessions=sessions)
    await withdraw(asked[0].enrolment_id, by=CLI)
    when = await database.value("SELECT values->>'when' FROM notice WHERE kind = 'promoted'")
    assert when == sessions[2].starts_at.isoformat()
