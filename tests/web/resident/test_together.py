"""Two as one on residents' phones: the other one agrees, both or neither; and a carer for two she helps."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from elderlearn.catalogue.run_rules import RunRules
from elderlearn.catalogue.set_rules import set_rules
from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.set_line import set_line
from elderlearn.enrolment.withdraw import withdraw
from elderlearn.people.cards import current_code
from elderlearn.people.care.confirm_care import confirm_at_desk
from tests.conftest import Database
from tests.people.care.family import FATHERS, Family, make_family, other_than
from tests.people_standing import CLI
from tests.web.conftest import Visit
from tests.web.open.town import Town

STATES = "SELECT state || ' ' || channel FROM enrolment WHERE run = $1 ORDER BY resident"


@pytest.fixture
async def family(town: Town) -> Family:
    return await make_family(town.places)


async def card_of(resident_id: int) -> str:
    card = await current_code(resident_id)
    assert card is not None
    return card.number


async def states(database: Database, run: int) -> list[str]:
    return [one[0] for one in await database.fetch(STATES, run)]


async def test_with_the_card_of_her_husband_both_have_seats_in_two_screens(
    visit: Visit, town: Town, family: Family, database: Database
) -> None:
    run = await town.run("Singing", seats=2)
    browser, path = await visit(resident=family.mother.resident_id), f"/courses/{run}/together"
    assert f'href="{path}"' in (await browser.get(f"/courses/{run}")).text
    typed = {"way": "card", "card": await card_of(family.father.resident_id), "born_on": "19501101"}
    page = (await browser.send(path, typed)).text
    assert "You may try 4 more times." in page and await states(database, run) == []
    hers = {"way": "card", "card": await card_of(family.mother.resident_id), "born_on": "19520308"}
    assert "your own card" in (await browser.send(path, hers)).text
    for _ in range(2):
        page = (await browser.send(path, typed | {"born_on": "19501102"})).text
        assert "Both have a seat in Singing." in page and "You have a seat." in page
    assert await states(database, run) == ["seated self"] * 2
    noted = await database.value("SELECT detail->>'how' FROM trail WHERE action = 'agree_together'")
    assert noted == "card"


async def test_without_two_seats_they_wait_as_two_by_the_digits_on_his_phone(
    visit: Visit, town: Town, family: Family, database: Database
) -> None:
    run, other = await town.run("Singing", seats=1), await town.run("Dancing", seats=2)
    browser, path = await visit(resident=family.mother.resident_id), f"/courses/{run}/together"
    page = (await browser.send(path, {"way": "phone", "name": "李建国", "phone": FATHERS})).text
    assert "Does 李建国 agree?" in page
    code = await database.value("SELECT values->>'code' FROM notice WHERE kind = 'couple_code'")
    assert "not the digits" in (await browser.send(f"{path}/agreement", {"code": other_than(code)})).text
    await browser.send(f"/courses/{other}/together", {"way": "phone", "name": "李建国", "phone": FATHERS})
    elsewhere = await browser.send(f"/courses/{other}/together/agreement", {"code": code})
    assert "not the digits" in elsewhere.text  # asked for one course they open no other
    for _ in range(2):
        await browser.send(path, {"way": "phone", "name": "李建国", "phone": FATHERS})
        page = (await browser.send(f"{path}/agreement", {"code": code})).text
    assert "side by side" in page and "You wait as two" in page
    assert await states(database, run) == ["waiting self"] * 2 and await states(database, other) == []
    leave = re.search(r"/my/enrolments/\d+/withdrawal", page)
    assert leave and "the other one of you keeps" in (await browser.get(leave[0])).text


async def test_what_keeps_one_out_is_said_of_whom_and_leaves_both_out(
    visit: Visit, town: Town, family: Family, database: Database
) -> None:
    run = await town.run("Dancing", seats=2)
    await set_rules(run, RunRules(needs_contact=True), by=CLI)
    browser, path = await visit(resident=family.mother.resident_id), f"/courses/{run}/together"
    card = {"way": "card", "card": await card_of(family.father.resident_id), "born_on": "19501102"}
    answer = await browser.post(path, card)
    mend = answer.headers["location"]
    assert mend == f"/my/before-class?run={run}&then=together"
    assert 'name="then" value="together"' in (await browser.get(mend)).text
    form = {"run": str(run), "then": "together", "name": "李梅", "phone": "13700137000"}
    answer = await browser.post("/my/before-class", form)
    assert answer.headers["location"] == path and await states(database, run) == []
    page = (await browser.send(path, card)).text
    assert "About the other one of you:" in page and "go to the desk, or ring us" in page
    assert await states(database, run) == []


async def test_a_carer_enrols_both_parents_as_one_in_two_screens(
    visit: Visit, town: Town, family: Family, database: Database
) -> None:
    links = [
        str(await confirm_at_desk(one.resident_id, family.daughter.resident_id, by=CLI))
        for one in (family.mother, family.father)
    ]
    run, full = await town.run("Singing", seats=2, min_age=70), await town.run("Dancing", seats=1)
    browser, path = await visit(resident=family.daughter.resident_id), f"/courses/{run}/family"
    assert 'name="together"' in (await browser.get(path)).text
    page = (await browser.send(f"/courses/{full}/family", {"who": [links[0], "me"], "together": "yes"})).text
    assert "side by side" in page
    assert sorted(await states(database, full)) == ["waiting carer", "waiting self"]
    three = await browser.send(path, {"who": [*links, "me"], "together": "yes"})
    assert "Please tick two people" in three.text
    with_her = (await browser.send(path, {"who": [links[0], "me"], "together": "yes"})).text
    assert "李梅:" in with_her and "people of 70 and over" in with_her and await states(database, run) == []
    page = (await browser.send(path, {"who": links, "together": "yes"})).text
    assert "Both have a seat in Singing." in page and await states(database, run) == ["seated carer"] * 2


async def test_a_carer_says_no_to_an_offer_and_the_trail_says_who(
    visit: Visit, town: Town, family: Family, database: Database
) -> None:
    link = await confirm_at_desk(family.mother.resident_id, family.daughter.resident_id, by=CLI)
    run = await town.run("Singing", seats=1, starts_in=timedelta(days=30))
    await set_line(run, "offer", by=CLI)
    first = await enrol(run, family.stranger.resident_id, "self", by=CLI)
    hers = await enrol(run, family.mother.resident_id, "self", by=CLI)
    seat = f"/my/family/{link}/enrolments/{hers.enrolment_id}"
    browser = await visit(resident=family.daughter.resident_id)
    await withdraw(first.enrolment_id, by=CLI)
    page = (await browser.get(f"/my/family/{link}")).text
    assert "A seat is offered until" in page and f'href="{seat}/withdrawal"' in page
    assert f'action="{seat}/refusal"' in (await browser.get(f"{seat}/withdrawal")).text
    for _ in range(2):
        assert "goes to the next in line" in (await browser.send(f"{seat}/refusal")).text
    noted = await database.fetch("SELECT actor_kind, actor_id FROM trail WHERE action = 'decline_offer'")
    assert [tuple(one) for one in noted] == [("resident", family.daughter.resident_id)]
    stranger = await visit(resident=family.stranger.resident_id)
    assert (await stranger.post(f"{seat}/refusal")).status_code == 404
