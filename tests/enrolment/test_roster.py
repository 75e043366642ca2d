from __future__ import annotations

import pytest

from elderlearn.catalogue.members import join, leave
from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.roster import is_expected, roster_rows
from elderlearn.enrolment.withdraw import withdraw
from elderlearn.ground.errors import Missing
from elderlearn.people.codes import card_key
from tests import people_standing as standing
from tests.catalogue.runs_standing import a_course, open_run, people
from tests.conftest import Database
from tests.people_standing import CLI


async def test_those_with_a_seat_are_expected_masked_and_with_the_key_of_their_card(database: Database) -> None:
    places = await standing.place_tree()
    added = await open_run(await a_course(places.community), seats=2)
    ping, li = await standing.resident(places.community), await standing.neighbour(places)
    (late,) = await people(places.community, 1)
    for id in (ping.resident_id, li.resident_id, late):
        await enrol(added.run_id, id, "self", by=CLI)
    expected = await roster_rows(added.session_ids[1])
    assert {one.resident_id: (one.name_masked, one.card_key, one.state) for one in expected} == {
        ping.resident_id: ("王**", card_key(ping.card_code or ""), "seated"),
        li.resident_id: ("李**", card_key(li.card_code or ""), "seated"),
    }
    assert "王秀英" not in repr(expected)


async def test_whoever_left_is_no_longer_expected_and_the_next_is_even_without_a_card(database: Database) -> None:
    places = await standing.place_tree()
    added = await open_run(await a_course(places.community), seats=1)
    first, second = await people(places.community, 2)
    enrolled = [await enrol(added.run_id, id, "self", by=CLI) for id in (first, second)]
    session = added.session_ids[0]
    assert await is_expected([session, session], [first, second]) == {(session, first)}
    await withdraw(enrolled[0].enrolment_id, by=CLI)
    assert [(one.resident_id, one.card_key) for one in await roster_rows(session)] == [(second, None)]
    assert await is_expected([session, session], [first, second]) == {(session, second)}


async def test_a_society_expects_those_who_belong_on_that_day_and_a_lecture_nobody(database: Database) -> None:
    places = await standing.place_tree()
    course = await a_course(places.street, kind="society", name="合唱团")
    choir = await database.value("SELECT organisation FROM course WHERE id = $1", course)
    meeting = await open_run(course, kind="meeting", entry="members")
    lecture = await open_run(course, kind="lecture", entry="drop_in")
    ping, gone = await people(places.community, 2)
    for id in (ping, gone):
        await join(choir, id, by=CLI)
    await leave(choir, gone, by=CLI)
    assert [(one.resident_id, one.state) for one in await roster_rows(meeting.session_ids[0])] == [
        (ping, "member")
    ]
    assert await roster_rows(lecture.session_ids[0]) == []


async def test_an_unknown_session_is_missing(database: Database) -> None:
    with pytest.raises(Missing):
        await roster_rows(2**40)
