from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from elderlearn.catalogue.queries import run_card
from elderlearn.catalogue.terms import add_term
from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.queries import enrolments_of, line_of, seats_of, standing_of, waiting_position
from elderlearn.enrolment.withdraw import remove, withdraw
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.notices.wording import worded
from tests import people_standing as standing
from tests.catalogue.runs_standing import DAY, HOUR, a_course, a_run, open_run, people, weeks
from tests.conftest import Database
from tests.people_standing import CLI


async def refusal(run_id: int, resident_id: int, channel: str = "self") -> str | None:
    try:
        await enrol(run_id, resident_id, channel, by=CLI)
    except Refusal as refused:
        return refused.code
    return None


async def told(database: Database, resident_id: int) -> list[tuple[str, dict[str, Any]]]:
    found = await database.fetch("SELECT kind, values FROM notice WHERE resident = $1 ORDER BY id", resident_id)
    return [(one["kind"], json.loads(one["values"])) for one in found]


async def test_seats_go_in_the_order_of_asking_and_then_the_line_grows(database: Database) -> None:
    places = await standing.place_tree()
    run_id = await a_run(places, seats=2)
    given = [await enrol(run_id, id, "self", by=CLI) for id in await people(places.community, 4)]
    assert [(one.state, one.position) for one in given] == [
        ("seated", None), ("seated", None), ("waiting", 1), ("waiting", 2),
    ]  # fmt: skip
    assert all(one.is_new for one in given)
    seats = await seats_of(run_id)
    assert (seats.seats, seats.seats_taken, seats.waiting) == (2, 2, 2)
    assert [one.id for one in await line_of(run_id)] == [given[2].enrolment_id, given[3].enrolment_id]


async def test_asking_again_tells_how_she_stands_and_changes_nothing(database: Database) -> None:
    places = await standing.place_tree()
    run_id = await a_run(places, seats=1)
    first, second = await people(places.community, 2)
    seated, waiting = [await enrol(run_id, id, "self", by=CLI) for id in (first, second)]
    trail = await database.value("SELECT count(*) FROM trail")
    await database.execute("UPDATE course_run SET closes_at = now() - interval '1 hour', opens_at = '2020-01-01'")
    for resident_id, before in ((first, seated), (second, waiting)):
        again = await enrol(run_id, resident_id, "window", by=CLI)
        assert (again.enrolment_id, again.state, again.position) == (
            before.enrolment_id, before.state, before.position,
        )  # fmt: skip
        assert not again.is_new
    assert await database.value("SELECT count(*) FROM trail") == trail
    assert await database.value("SELECT count(*) FROM notice") == 2


async def test_after_a_withdrawal_she_is_new_at_the_end_of_the_line_with_her_old_id(database: Database) -> None:
    places = await standing.place_tree()
    run_id = await a_run(places, seats=1)
    first, second, third = await people(places.community, 3)
    before = [await enrol(run_id, id, "self", by=CLI) for id in (first, second, third)]
    await withdraw(before[0].enrolment_id, by=CLI)
    again = await enrol(run_id, first, "phone", by=CLI)
    assert again.enrolment_id == before[0].enrolment_id
    assert (again.state, again.position, again.is_new) == ("waiting", 2, True)
    assert await waiting_position(before[2].enrolment_id) == 1


async def test_everybody_is_told_in_words_how_it_stands(database: Database) -> None:
    places = await standing.place_tree()
    run_id = await a_run(places, seats=1)
    ping = (await standing.resident(places.community, phone="13800138000")).resident_id
    (silent,) = await people(places.community, 1)
    await enrol(run_id, ping, "self", by=CLI)
    await enrol(run_id, silent, "self", by=CLI)
    ((kind, values),) = await told(database, ping)
    first = (await run_card(run_id)).starts_at
    assert (kind, values["title"]) == ("seated", "太极拳")
    assert first is not None
    assert values["when"] == first.isoformat()
    assert "太极拳" in worded(kind, values, "zh_CN")
    assert await told(database, silent) == [("waiting", {"title": "太极拳", "position": 1})]
    states = await database.fetch("SELECT resident, state FROM notice")
    assert {one["resident"]: one["state"] for one in states} == {ping: "due", silent: "unreachable"}


async def test_the_trail_names_who_through_which_door(database: Database) -> None:
    places = await standing.place_tree()
    run_id = await a_run(places)
    (ping,) = await people(places.community, 1)
    enrolled = await enrol(run_id, ping, "self", by=Actor("resident", ping, "resident"))
    (row,) = await database.fetch("SELECT * FROM trail WHERE subject = 'enrolment'")
    assert (row["action"], row["actor_kind"], row["actor_id"], row["door"]) == (
        "enrol",
        "resident",
        ping,
        "resident",
    )
    assert (row["subject_id"], row["district"]) == (enrolled.enrolment_id, places.district.id)


async def test_each_rule_is_asked_with_real_facts(database: Database) -> None:
    places = await standing.place_tree()
    (ping,) = await people(places.community, 1)  # born on 1 May 1960
    course = await a_course(places.community)

    async def asked(**changes: Any) -> str | None:
        return await refusal((await open_run(course, **changes)).run_id, ping)

    assert await asked(opens_at=now() + HOUR) == "not_open"
    assert await asked(closes_at=now() - HOUR) == "closed"
    assert await asked(entry="drop_in") == "not_offered"
    assert await asked(entry="members") == "not_offered"
    assert await asked(min_age=90) == "too_young"
    assert await asked(max_age=60) == "too_old"
    assert await asked(places=(places.next_community.code,)) == "wrong_place"
    assert await asked(places=(places.other_street.code, places.next_community.code)) == "wrong_place"
    draft = await open_run(await a_course(places.community, release=False))
    assert await refusal(draft.run_id, ping) == "not_offered"
    assert await database.value("SELECT count(*) FROM enrolment") == 0
    assert await asked(places=(places.street.code,), min_age=60, max_age=75) is None


@pytest.mark.parametrize("level", ["community", "street", "district"])
async def test_home_is_found_at_every_level(database: Database, level: str) -> None:
    places = await standing.place_tree()
    (ping,) = await people(places.community, 1)
    assert await refusal(await a_run(places, places=(getattr(places, level).code,)), ping) is None


async def test_two_at_overlapping_times_is_one_too_many_but_waiting_blocks_nobody(database: Database) -> None:
    places = await standing.place_tree()
    ping, other = await people(places.community, 2)
    start = now() + 7 * DAY
    full = await a_run(places, seats=1, sessions=weeks(3, start=start))
    await enrol(full, other, "self", by=CLI)
    await enrol(full, ping, "self", by=CLI)
    mine = await a_run(places, sessions=weeks(2, start=start + HOUR))
    assert await refusal(mine, ping) is None
    third = await a_run(places, sessions=weeks(1, start=start + 7 * DAY + 2 * HOUR))
    assert await refusal(third, ping) == "overlap"
    touching = await a_run(places, sessions=weeks(2, start=start + 3 * HOUR))
    assert await refusal(touching, ping) is None


async def test_a_called_off_session_is_in_nobodys_way(database: Database) -> None:
    places = await standing.place_tree()
    (ping,) = await people(places.community, 1)
    start = now() + 7 * DAY
    first, second = [await a_run(places, sessions=weeks(1, start=start)) for _ in range(2)]
    await enrol(first, ping, "self", by=CLI)
    assert await refusal(second, ping) == "overlap"
    await database.execute("UPDATE session SET state = 'called_off' WHERE run = $1", first)
    assert await refusal(second, ping) is None


async def test_a_term_limits_seats_not_waiting_places_and_nothing_outside_it(database: Database) -> None:
    places = await standing.place_tree()
    term = await add_term(
        district_code=places.district.code, name="秋季", starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 31),
        limit_per_person=1, by=CLI,
    )  # fmt: skip
    ping, other = await people(places.community, 2)
    runs = [
        await a_run(places, seats=1, term_id=term, sessions=weeks(2, start=now() + timedelta(days=3 + no)))
        for no in range(3)
    ]
    await enrol(runs[0], other, "self", by=CLI)
    assert (await enrol(runs[0], ping, "self", by=CLI)).state == "waiting"
    held = await enrol(runs[1], ping, "self", by=CLI)
    assert await refusal(runs[2], ping) == "limit_reached"
    assert await refusal(await a_run(places, sessions=weeks(1, start=now() + 20 * DAY)), ping) is None
    await withdraw(held.enrolment_id, by=CLI)
    assert await refusal(runs[2], ping) is None


async def test_whoever_staff_removed_may_not_ask_again(database: Database) -> None:
    places = await standing.place_tree()
    run_id = await a_run(places)
    (ping,) = await people(places.community, 1)
    enrolled = await enrol(run_id, ping, "self", by=CLI)
    await remove(enrolled.enrolment_id, "repeatedly shouted at others", by=CLI)
    assert await refusal(run_id, ping) == "removed_by_staff"


async def test_nobody_who_is_not_there_is_enrolled(database: Database) -> None:
    places = await standing.place_tree()
    run_id = await a_run(places)
    ping, nameless, dead = await people(places.community, 3)
    await database.execute("UPDATE resident SET name = NULL WHERE id = $1", nameless)
    await database.execute("UPDATE resident SET state = 'died' WHERE id = $1", dead)
    for run, resident in ((run_id, 2**40), (2**40, ping), (run_id, nameless), (run_id, dead)):
        with pytest.raises(Missing):
            await enrol(run, resident, "self", by=CLI)
    assert await refusal(run_id, ping, "telepathy") == "invalid_channel"
    assert await database.value("SELECT count(*) FROM enrolment") == 0
    assert await standing_of(run_id, ping) is None


async def test_my_learning_shows_what_is_next_first_and_ended_only_when_asked(database: Database) -> None:
    places = await standing.place_tree()
    (ping,) = await people(places.community, 1)
    late, soon, left = [
        await a_run(places, sessions=weeks(1, start=now() + timedelta(days=days))) for days in (30, 3, 9)
    ]
    for run_id in (late, soon, left):
        enrolled = await enrol(run_id, ping, "self", by=CLI)
    await withdraw(enrolled.enrolment_id, by=CLI)
    assert [one.run.id for one in await enrolments_of(ping)] == [soon, late]
    ended = await enrolments_of(ping, with_ended=True)
    assert {one.run.id: one.enrolment.state for one in ended} == {
        soon: "seated", late: "seated", left: "withdrawn",
    }  # fmt: skip
