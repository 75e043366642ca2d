"""Who may enrol when: three usual ways and the rules besides, and the sentence residents read."""

from __future__ import annotations

import re
from typing import Any

from elderlearn.catalogue.conditions import conditions_of
from elderlearn.catalogue.courses import add_course
from elderlearn.catalogue.rounds import Round
from elderlearn.catalogue.run_rules import RunRules
from elderlearn.catalogue.set_rounds import set_rounds
from elderlearn.enrolment.share_queries import kept_shares
from elderlearn.ground.clock import local
from tests.conftest import Database
from tests.people_standing import CLI
from tests.web.conftest import Visit, Visitor
from tests.web.planning.test_weekly_run import MONDAYS, asked, mark_of
from tests.web.planning.world import World

FIRST = {"giving": "first", "first_for": "returning", "everyone_on": "2027-08-03", "everyone": "09:00"}
RESERVED = {
    "giving": "reserved", "newcomer_seats": "10", "desk_seats": "5", "village_seats": "2",
    "falls_back_on": "2027-08-20", "falls_back": "12:00",
}  # fmt: skip


def sentence(page: str) -> str:
    """What stands in the fragment that both pages share."""
    found = re.search(r'<p class="who-may">.*?(?=</div>|</dd>|</section>)', page, re.S)
    assert found, page
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


async def planned(browser: Visitor, world: World, **changes: Any) -> int:
    """The id of a run saved with these answers."""
    path = f"/planning/courses/{world.course}/runs/new"
    form = asked(world, **changes)
    mark = await mark_of(browser, path, form)
    saved = await browser.post(path, {**form, "shown": mark, "on": MONDAYS})
    assert saved.status_code == 303, saved.text
    return int(saved.headers["location"].rsplit("/", 1)[1])


async def test_the_form_begins_with_the_three_ways(visit: Visit, world: World) -> None:
    page = (await (await visit(staff=world.officer)).get(f"/planning/courses/{world.course}/runs/new")).text
    assert 'name="giving" value="everyone" checked' in page
    assert all(f'name="giving" value="{way}"' in page for way in ("everyone", "first", "reserved"))
    assert "<summary>What else is asked</summary>" in page


async def test_residents_read_the_very_sentence_of_the_form(visit: Visit, world: World) -> None:
    for lang, expected in (
        ("en", "people who had a seat here in the last two years"),
        ("zh_CN", "近两年在这里学过的人"),
    ):
        browser = await visit(staff=world.officer, lang=lang)
        path = f"/planning/courses/{world.course}/runs/new"
        rules = {"women_from": "50", "men_from": "55", "needs_contact": "yes", "signature_from": "80"}
        shown = (await browser.post(path, asked(world, step="show", **FIRST, **rules))).text
        run = await planned(browser, world, **FIRST, **rules)
        said = sentence(shown)
        assert expected in said and "80" in said
        for address in (f"/courses/{run}", f"/planning/runs/{run}", f"/planning/runs/{run}/who-may-enrol"):
            assert sentence((await (await visit(staff=world.officer, lang=lang)).get(address)).text) == said, (
                address
            )


async def test_returning_first_becomes_two_rounds(visit: Visit, world: World) -> None:
    run = await planned(await visit(staff=world.officer), world, **FIRST)
    rounds = (await conditions_of(run)).rounds
    assert [(one.audience, f"{local(one.opens_at):%m-%d %H:%M}") for one in rounds] == [
        ("returning", "08-01 09:00"), ("everyone", "08-03 09:00")
    ]  # fmt: skip


async def test_reserved_seats_become_shares_and_rules_are_kept(visit: Visit, world: World) -> None:
    before = await add_course(organisation_id=world.academy, title="Tai chi I", by=CLI, release=True)
    browser = await visit(staff=world.officer)
    rules = {"prerequisite": str(before), "first_time_only": "yes", "needs_health_notice": "yes"}
    run = await planned(browser, world, **RESERVED, **rules)
    assert [(one.audience, one.seats) for one in await kept_shares(run)] == [
        ("newcomers", 10), ("desk", 5), ("own_village", 2)
    ]  # fmt: skip
    conditions = await conditions_of(run)
    assert conditions.rounds == ()
    assert conditions.rules == RunRules(first_time_only=True, prerequisite_id=before, needs_health_notice=True)
    said = sentence((await (await visit()).get(f"/courses/{run}")).text)
    assert "seats are kept: 10 for people who never had a seat here; 5 for" in said and "“Tai chi I”" in said


async def test_everything_wrong_is_said_at_once_and_nothing_is_lost(visit: Visit, world: World) -> None:
    browser, path = await visit(staff=world.officer), f"/planning/courses/{world.course}/runs/new"
    rules = {"women_from": "two", "men_from": "200", "signature_from": "-3"}
    first = {"giving": "first", "first_for": "friends", "everyone_on": "soon", "everyone": "25:00"}
    reserved = {
        "giving": "reserved",
        "newcomer_seats": "x",
        "desk_seats": "31",
        "village_seats": "y",
        "falls_back_on": "",
        "falls_back": "",
    }
    for way, fields in (
        (first, "first_for everyone_on everyone"),
        (reserved, "newcomer_seats desk_seats village_seats falls_back_on"),
    ):
        answer = await browser.post(path, asked(world, **way, **rules))
        assert answer.status_code == 422
        for field in (*fields.split(), "women_from", "men_from", "signature_from"):
            assert f'href="#f-{field}"' in answer.text, field
        assert 'value="two"' in answer.text and f'value="{way["giving"]}" checked' in answer.text
    for wrong in (
        {**FIRST, "everyone_on": "2027-07-01"},
        {**FIRST, "everyone_on": "2027-09-05", "everyone": "17:00"},
        {"giving": "party"},
        {**RESERVED, "falls_back_on": "2027-09-06"},
        {**RESERVED, "newcomer_seats": "26"},
        {**RESERVED, "newcomer_seats": "", "desk_seats": "0", "village_seats": ""},
    ):
        assert (await browser.post(path, asked(world, **wrong))).status_code == 422, wrong


async def test_without_enrolment_nobody_is_asked_who_may(visit: Visit, world: World, database: Database) -> None:
    run = await planned(await visit(staff=world.officer), world, entry="drop_in", **FIRST)
    assert (await conditions_of(run)).rounds == ()
    browser = await visit(staff=world.officer)
    assert (await browser.get(f"/planning/runs/{run}/who-may-enrol")).status_code == 404
    assert 'class="who-may"' not in (await browser.get(f"/courses/{run}")).text


async def test_who_may_is_looked_at_then_changed_for_a_run_that_is_there(visit: Visit, world: World) -> None:
    browser = await visit(staff=world.officer)
    run = await planned(browser, world)
    path = f"/planning/runs/{run}/who-may-enrol"
    shown = await browser.post(path, {**RESERVED, "men_from": "60", "step": "show"})
    assert shown.status_code == 200 and "5 for people who enrol at the desk" in sentence(shown.text)
    assert await kept_shares(run) == ()
    assert (await browser.post(path, {**RESERVED, "men_from": "60", "step": "save"})).status_code == 303
    assert len(await kept_shares(run)) == 3
    again = (await browser.get(path)).text
    assert 'value="reserved" checked' in again and 'name="newcomer_seats" type="text" value="10"' in again
    assert (await browser.post(path, {**FIRST, "step": "save"})).status_code == 303
    conditions = await conditions_of(run)
    assert (len(conditions.rounds), conditions.rules, await kept_shares(run)) == (2, RunRules(), ())
    wrong = await browser.post(path, {**FIRST, "everyone_on": "2030-01-01", "step": "save"})
    assert wrong.status_code == 422 and 'href="#f-everyone_on"' in wrong.text


async def test_rounds_the_form_cannot_show_stay_as_they_are(visit: Visit, world: World) -> None:
    browser = await visit(staff=world.officer)
    run = await planned(browser, world, **FIRST)
    first, last = (await conditions_of(run)).rounds
    middle = Round("new", "newcomers", first.closes_at, last.closes_at)
    await set_rounds(run, (first, middle, last), by=CLI)
    path = f"/planning/runs/{run}/who-may-enrol"
    assert 'value="as_now" checked' in (await browser.get(path)).text
    saved = await browser.post(path, {"giving": "as_now", "women_from": "50", "step": "save"})
    assert saved.status_code == 303
    conditions = await conditions_of(run)
    assert (len(conditions.rounds), conditions.rules.women_from) == (3, 50)
