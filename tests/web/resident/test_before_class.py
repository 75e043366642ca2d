"""What a physical course asks for before it gives a seat; the first press is not in vain."""

from __future__ import annotations

from datetime import timedelta

from elderlearn.catalogue.rounds import Round, some_first
from elderlearn.catalogue.run_rules import RunRules
from elderlearn.catalogue.set_rounds import set_rounds
from elderlearn.catalogue.set_rules import set_rules
from elderlearn.enrolment.queries import standing_of
from elderlearn.ground.clock import now
from elderlearn.people.emergency_contact import contact_of
from tests.conftest import Database
from tests.people_standing import CLI
from tests.web.conftest import Visit
from tests.web.open.town import Town

DAY = timedelta(days=1)
ASKS = RunRules(needs_contact=True, needs_health_notice=True)


async def test_a_seat_in_a_physical_course_is_two_presses_and_one_short_form(visit: Visit, town: Town) -> None:
    run, me = await town.run("Dancing"), town.wang.resident_id
    await set_rules(run, ASKS, by=CLI)
    browser = await visit(resident=me)
    for htmx in (True, False):
        asked = await browser.send(f"/courses/{run}/enrolments", htmx=htmx)
        if htmx:
            asked = await browser.follow(asked)
        assert "Before you take part" in asked.text and 'id="health-notice"' in asked.text
    form = {"run": str(run)}
    wrong = await browser.send("/my/before-class", form)
    assert wrong.status_code == 422
    assert all(f'href="#f-{field}"' in wrong.text for field in ("name", "phone", "health"))
    bad = await browser.send("/my/before-class", form | {"name": "王小明", "phone": "12", "health": "yes"})
    assert bad.status_code == 422 and 'href="#f-phone"' in bad.text and "王小明" in bad.text
    done = await browser.post(
        "/my/before-class", form | {"name": "王小明", "phone": "13900139000", "health": "yes"}
    )
    assert (done.status_code, done.headers["location"]) == (303, f"/courses/{run}#seats")
    assert "You have a seat." in (await browser.follow(done)).text
    assert (seat := await standing_of(run, me)) and seat.state == "seated"
    another = await town.run("Walking", starts_in=3 * DAY)
    await set_rules(another, ASKS, by=CLI)
    assert "You have a seat." in (await browser.send(f"/courses/{another}/enrolments")).text


async def test_only_what_is_missing_is_asked_and_other_reasons_are_still_said(visit: Visit, town: Town) -> None:
    run, me = await town.run("Dancing"), town.wang.resident_id
    await set_rules(run, RunRules(needs_health_notice=True), by=CLI)
    browser = await visit(resident=me)
    asked = (await browser.send(f"/courses/{run}/enrolments")).text
    assert 'name="health"' in asked and 'name="phone"' not in asked
    await set_rules(run, RunRules(needs_health_notice=True, men_from=50, women_from=99), by=CLI)
    told = await browser.send("/my/before-class", {"run": str(run), "health": "yes"})
    assert told.status_code == 422 and "people of 99 and over" in told.text


async def test_she_sees_and_changes_what_is_on_file(visit: Visit, town: Town, database: Database) -> None:
    browser, me = await visit(resident=town.wang.resident_id), town.wang.resident_id
    await browser.post("/my/before-class", {"name": "王小明", "phone": "13900139000", "health": "yes"})
    page = (await browser.get("/my/before-class")).text
    assert "王小明" in page and "139****9000" in page and "13900139000" not in page
    assert "You have agreed to this notice." in page
    assert "Health notice" in (await browser.get("/my/consents")).text
    await browser.post("/my/consents/health/withdrawal")
    assert "Health notice" not in (await browser.get("/my/consents")).text
    assert (await browser.post("/my/consents/health")).status_code == 404  # only beside its words
    assert (await browser.send("/my/before-class", {"name": "王小红"})).status_code == 422
    assert (contact := await contact_of(me)) and contact.name == "王小明"
    for nowhere in ("999999", "abc", "-1"):
        assert (await browser.get(f"/my/before-class?run={nowhere}")).status_code == 404
    logged = str(await database.fetch("SELECT * FROM trail"))
    assert "13900139000" not in logged and "小明" not in logged


async def test_a_refusal_says_whose_turn_it_is_and_what_to_bring(visit: Visit, town: Town) -> None:
    browser = await visit(resident=town.li.resident_id)
    today = now()
    rounds = some_first("own_village", today - DAY, today + 2 * DAY, today + 5 * DAY)
    run = await town.run("Dancing", rounds=rounds)
    refused = await browser.send(f"/courses/{run}/enrolments")
    assert refused.status_code == 422 and "It is the turn of others now. Yours begins" in refused.text
    await set_rounds(run, (Round("new", "own_village", today - DAY, today + DAY),), by=CLI)
    assert "is for others" in (await browser.send(f"/courses/{run}/enrolments")).text
    await set_rounds(run, (), by=CLI)
    await set_rules(run, RunRules(signature_from=60), by=CLI)
    assert "a relative signs a paper first" in (await browser.send(f"/courses/{run}/enrolments")).text
