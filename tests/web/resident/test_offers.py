"""A seat is offered: she answers on one page, and what she did not do in time is said."""

from __future__ import annotations

from datetime import timedelta

from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.queries import standing
from elderlearn.enrolment.set_line import set_line
from elderlearn.enrolment.withdraw import withdraw
from tests.conftest import Database
from tests.people_standing import CLI
from tests.web.conftest import Visit
from tests.web.open.town import Town


async def an_offer(town: Town) -> int:
    """Wang gave her seat back, so Li is asked; the enrolment of Li."""
    run = await town.run("Singing", seats=1, starts_in=timedelta(days=30))
    await set_line(run, "offer", by=CLI)
    first = await enrol(run, town.wang.resident_id, "self", by=CLI)
    second = await enrol(run, town.li.resident_id, "self", by=CLI)
    await withdraw(first.enrolment_id, by=CLI)
    return second.enrolment_id


async def test_she_sees_the_offer_wherever_she_looks_and_takes_it(visit: Visit, town: Town) -> None:
    offered = await an_offer(town)
    browser = await visit(resident=town.li.resident_id)
    link = f'href="/my/enrolments/{offered}/offer"'
    run = (await standing(offered)).run_id
    for page in ("/my/home", "/my", f"/courses/{run}"):
        assert link in (await browser.get(page)).text
    page = (await browser.get(f"/my/enrolments/{offered}/offer")).text
    assert "Yes, I take the seat" in page and "Please answer by" in page
    for _ in range(2):
        answer = await browser.post(f"/my/enrolments/{offered}/offer")
        assert "You have a seat in Singing." in (await browser.follow(answer)).text
    assert (await standing(offered)).state == "seated"


async def test_saying_no_twice_and_yes_too_late_are_said_in_words(
    visit: Visit, town: Town, database: Database
) -> None:
    offered = await an_offer(town)
    browser = await visit(resident=town.li.resident_id)
    await database.execute("UPDATE enrolment SET offer_until = now() WHERE state = 'offered'")
    answer = await browser.post(f"/my/enrolments/{offered}/offer")
    assert "The time to answer is over" in (await browser.follow(answer)).text
    for _ in range(2):
        answer = await browser.post(f"/my/enrolments/{offered}/offer/refusal")
        assert "goes to the next in line" in (await browser.follow(answer)).text
    assert (await standing(offered)).state == "declined"
    assert "you did not take the seat" in (await browser.get("/my")).text


async def test_nobody_answers_for_another(visit: Visit, town: Town) -> None:
    offered = await an_offer(town)
    browser = await visit(resident=town.wang.resident_id)
    assert (await browser.get(f"/my/enrolments/{offered}/offer")).status_code == 404
    assert (await browser.send(f"/my/enrolments/{offered}/offer")).status_code == 404
    assert (await standing(offered)).state == "offered"
