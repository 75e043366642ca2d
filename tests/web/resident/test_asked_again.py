"""A double tap, an answer that was lost, two tabs: one request, and the same answer."""

from __future__ import annotations

import asyncio

from tests.catalogue.runs_standing import people
from tests.conftest import Database
from tests.web.conftest import Visit
from tests.web.open.town import Town

TAPS = 6


async def test_many_taps_at_once_in_two_tabs_are_one_request_with_one_answer(
    visit: Visit, town: Town, database: Database
) -> None:
    run = await town.run("Singing", seats=1)
    for person, said in ((town.wang, "You have a seat."), (town.li, "You are number 1 in line.")):
        tabs = [await visit(resident=person.resident_id) for _ in range(2)]
        for tab in tabs:
            await tab.get(f"/courses/{run}")
        taps = [tab.post(f"/courses/{run}/enrolments", htmx=True) for tab in tabs for _ in range(TAPS // 2)]
        answers = await asyncio.gather(*taps)
        later = await tabs[0].post(f"/courses/{run}/enrolments", htmx=True)  # the answers had been lost
        assert {answer.status_code for answer in [*answers, later]} == {200}
        assert all(said in answer.text for answer in [*answers, later])
    assert await database.value("SELECT count(*) FROM enrolment") == 2
    assert await database.value("SELECT seats_taken + 10 * waiting FROM course_run WHERE id = $1", run) == 11
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'enrol'") == 2
    assert await database.value("SELECT count(*) FROM notice WHERE kind IN ('seated', 'waiting')") == 2


async def test_when_all_are_taken_the_answer_to_the_press_says_her_place_in_line(visit: Visit, town: Town) -> None:
    run = await town.run("Singing", seats=1)
    crowd = [await visit(resident=one) for one in await people(town.places.community, 18)]
    said = [(await one.post(f"/courses/{run}/enrolments", htmx=True)).text for one in crowd]
    assert "You have a seat." in said[0]
    assert "You are number 17 in line." in said[-1] and "All seats are taken" in said[-1]
    plain = await crowd[-1].send(f"/courses/{run}/enrolments")  # without JavaScript, and once more
    assert "You are number 17 in line." in plain.text and "17 waiting" in plain.text
