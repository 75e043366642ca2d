"""The line on the pages of planning: who is asked, who is taken out of turn and why, who did not get in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.queries import line_of, standing
from elderlearn.enrolment.withdraw import withdraw
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Refusal
from tests import people_standing as standing_people
from tests.catalogue.runs_standing import open_run, people, weeks
from tests.people_standing import CLI
from tests.web.conftest import Visit
from tests.web.planning.world import World

OFFER = {"mode": "offer", "offer_hours": "48", "ends_on": "2030-01-31", "ends": "18:00"}


async def a_line(world: World) -> tuple[int, list[int]]:
    """A run of one seat that begins in a month, and the enrolments of three who asked."""
    run = await open_run(world.course, seats=1, sessions=weeks(2, start=now() + timedelta(days=30)))
    asked = [await enrol(run.run_id, one, "phone", by=CLI) for one in await people(world.places.community, 3)]
    return run.run_id, [one.enrolment_id for one in asked]


async def test_an_offer_is_confirmed_by_a_call(visit: Visit, world: World) -> None:
    run, asked = await a_line(world)
    path = f"/planning/runs/{run}/line"
    browser = await visit(staff=world.officer)
    wrong = await browser.post(path, OFFER | {"offer_hours": "999"})
    assert wrong.status_code == 422 and 'href="#f-offer_hours"' in wrong.text
    assert "Saved." in (await browser.send(path, OFFER)).text
    await withdraw(asked[0], by=CLI)
    shown = (await browser.get(path)).text
    assert "A seat is offered" in shown and "Waiting, number 1" in shown
    assert "The seat is hers." in (await browser.send(f"{path}/{asked[1]}/yes")).text
    assert "The time to answer is over" in (await browser.send(f"{path}/{asked[0]}/yes")).text
    await withdraw(asked[1], by=CLI)
    assert "The next in line is asked" in (await browser.send(f"{path}/{asked[2]}/no")).text
    assert [(await standing(one)).state for one in asked] == ["withdrawn", "withdrawn", "declined"]


async def test_out_of_turn_needs_a_reason_that_stays(visit: Visit, world: World) -> None:
    run, asked = await a_line(world)
    path = f"/planning/runs/{run}/line"
    browser = await visit(staff=world.officer)
    assert "Please write why" in (await browser.send(f"{path}/{asked[2]}/head", {"reason": " "})).text
    assert "first in line" in (await browser.send(f"{path}/{asked[2]}/head", {"reason": "wrongly refused"})).text
    assert [one.id for one in await line_of(run)] == [asked[2], asked[1]]
    her = (await standing(asked[2])).resident_id
    why = (await browser.get(f"/planning/runs/{run}/requests/{her}")).text
    assert "Moved to the head of the line" in why and "Reason: wrongly refused" in why
    file = await browser.post(f"{path}/export", {"as": "csv", "reason": "for the meeting"})
    assert file.status_code == 200 and len(file.content.decode("utf-8-sig").strip().splitlines()) > 2


async def test_why_did_she_not_get_in_is_answered_in_sentences(visit: Visit, world: World) -> None:
    run, asked = await a_line(world)
    young = (await standing_people.resident(world.places.community, name="Young Li")).resident_id
    strict = (await open_run(world.course, seats=1, min_age=99)).run_id
    for _ in range(3):
        with pytest.raises(Refusal):
            await enrol(strict, young, "phone", by=world.officer.by())
    browser = await visit(staff=world.officer)
    listed = (await browser.get(f"/planning/runs/{strict}/requests?only=refused")).text
    assert "Young Li" in listed and "asked 3 times" in listed
    why = (await browser.get(f"/planning/runs/{strict}/requests/{young}")).text
    assert "She did not get in: The run is for people of 99 and over" in why
    assert "On the phone" in why and world.officer.name in why
    third = (await standing(asked[2])).resident_id
    why = (await browser.get(f"/planning/runs/{run}/requests/{third}")).text
    assert "She is number 2 in line." in why
    assert "1 of 1 seats were taken when she asked, so she became number 2 in line." in why


async def test_the_line_is_for_those_who_may(visit: Visit, world: World) -> None:
    run, asked = await a_line(world)
    path = f"/planning/runs/{run}"
    elsewhere = await visit(staff=await standing_people.officer(world.places.other_street))
    for page in (f"{path}/line", f"{path}/requests", f"{path}/requests/{world.wang}"):
        assert (await elsewhere.get(page)).status_code == 404
    desk = await visit(staff=await standing_people.desk(world.places.street))
    assert (await desk.get(f"{path}/line")).status_code == 200
    assert (await desk.post(f"{path}/line", OFFER)).status_code == 404
    assert (await desk.post(f"{path}/line/{asked[2]}/head", {"reason": "x"})).status_code == 404
    officer = await visit(staff=world.officer)
    other = (await open_run(world.course)).run_id
    assert (await officer.post(f"/planning/runs/{other}/line/{asked[2]}/head", {"reason": "x"})).status_code == 404
    assert (await officer.get(f"{path}/requests/{world.wang}")).status_code == 404
