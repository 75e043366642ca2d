"""My family: a carer adds her parents, enrols them, and sees no more of them than she needs."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from elderlearn.catalogue.run_rules import RunRules
from elderlearn.catalogue.set_rules import set_rules
from elderlearn.ground.clock import today
from elderlearn.people.cards import current_code
from elderlearn.people.care.ask_to_care import ask_to_care
from elderlearn.people.care.confirm_care import confirm_at_desk
from elderlearn.people.care.end_care import end_care
from elderlearn.people.care.queries import elders_of
from elderlearn.people.emergency_contact import put_contact
from elderlearn.stewardship.take_out import take_out
from tests.conftest import Database
from tests.people.care.family import MOTHERS, Family, digits, make_family, on_phone, other_than
from tests.people_standing import CLI
from tests.web.conftest import Visit
from tests.web.open.town import Town

CHANNELS = """SELECT e.channel || ' ' || t.actor_kind || ' ' || t.actor_id || ' ' || t.door
    FROM enrolment e JOIN trail t ON t.subject = 'enrolment' AND t.subject_id = e.id AND t.action = $1
    ORDER BY e.resident"""


@pytest.fixture
async def family(town: Town) -> Family:
    return await make_family(town.places)


async def tied(family: Family) -> list[int]:
    both = (family.mother, family.father)
    return [await confirm_at_desk(one.resident_id, family.daughter.resident_id, by=CLI) for one in both]


async def test_with_the_digits_it_takes_three_screens(visit: Visit, family: Family, database: Database) -> None:
    browser = await visit(resident=family.daughter.resident_id)
    page = await browser.send("/my/family/new", {"name": "王秀英", "phone": "138 0013 8321"})
    assert "Does 王秀英 agree?" in page.text and "138\u00a00013\u00a08321" in page.text
    code = await digits(database, family.mother.resident_id)
    page = await browser.send("/my/family/new/agreement", {"way": "code", "code": other_than(code)})
    assert "not the digits we sent" in page.text and other_than(code) not in page.text
    page = await browser.send("/my/family/new/agreement", {"way": "code", "code": code})
    assert "From now on you may enrol 王秀英 in courses." in page.text
    assert "王秀英" in (await browser.get("/my/family")).text
    assert (await browser.get("/my/family/new/agreement")).headers["location"] == "/my/family/new"


async def test_without_a_phone_her_card_does_it_and_guessing_ends_soon(visit: Visit, family: Family) -> None:
    browser = await visit(resident=family.daughter.resident_id)
    page = await browser.send("/my/family/new", {"name": "王秀英", "phone": ""})
    assert "With the card" in page.text and "read them out" not in page.text
    card = await current_code(family.mother.resident_id)
    assert card is not None
    said = []
    for _ in range(5):
        typed = {"way": "card", "card": card.number, "born_on": "19520309"}
        said.append((await browser.send("/my/family/new/agreement", typed)).text)
    assert "You may try 4 more times." in said[0] and "too many tries with this card" in said[-1]
    fathers = await current_code(family.father.resident_id)
    assert fathers is not None
    typed = {"way": "card", "card": fathers.number, "born_on": "19501102"}
    assert "you may enrol 李建国" in (await browser.send("/my/family/new/agreement", typed)).text


async def test_an_unknown_number_looks_the_same(visit: Visit, family: Family, database: Database) -> None:
    pages = []
    for name, phone in (("王秀英", MOTHERS), ("王秀英", "13600136999")):
        browser = await visit(resident=family.daughter.resident_id)
        page = await browser.send("/my/family/new", {"name": name, "phone": phone})
        pages.append(re.sub(r"\d{3}\u00a0\d{4}\u00a0\d{4}|value=\"[^\"]*\"|typing", "", page.text))
    assert pages[0] == pages[1]
    assert await database.value("SELECT count(*) FROM notice") == 1


async def test_both_parents_are_enrolled_one_after_the_other_and_the_trail_says_by_whom(
    visit: Visit, town: Town, family: Family, database: Database
) -> None:
    links = await tied(family)
    run = await town.run("Singing", seats=1, min_age=60)
    browser, path = await visit(resident=family.daughter.resident_id), f"/courses/{run}/family"
    assert f'href="{path}"' in (await browser.get(f"/courses/{run}")).text
    assert "Please tick" in (await browser.send(path)).text
    page = (await browser.send(path, {"who": [str(links[0]), str(links[1]), "me"]})).text
    assert "Has got a seat" in page and "Number 1 in line" in page
    assert "李梅:" in page and "people of 60 and over" in page
    assert "people of 60 and over" not in (await browser.get(path)).text  # said once
    daughter = family.daughter.resident_id
    assert [one[0] for one in await database.fetch(CHANNELS, "enrol")] == [
        f"carer resident {daughter} resident"
    ] * 2
    hers = (await browser.get(f"/my/family/{links[0]}")).text
    leave = re.search(rf"/my/family/{links[0]}/enrolments/\d+/withdrawal", hers)
    assert leave and "Singing" in hers
    assert "give the seat back?" in (await browser.get(leave[0])).text
    for _ in range(2):
        assert "no longer has a place in Singing" in (await browser.send(leave[0])).text
    assert "Has got a seat" in (await browser.get(f"/my/family/{links[1]}")).text  # the next in line
    assert (await database.fetch(CHANNELS, "withdraw"))[0][0] == f"carer resident {daughter} resident"


async def test_in_a_physical_course_the_elder_goes_to_the_desk_and_the_carer_fills_in_her_own(
    visit: Visit, town: Town, family: Family, database: Database
) -> None:
    links, run = await tied(family), await town.run("Dancing")
    await set_rules(run, RunRules(needs_contact=True), by=CLI)
    browser, path = await visit(resident=family.daughter.resident_id), f"/courses/{run}/family"
    page = (await browser.send(path, {"who": str(links[0])})).text
    assert "王秀英:" in page and "go to the desk, or ring us." in page
    answer = await browser.post(path, {"who": "me"})
    assert answer.headers["location"] == f"/my/before-class?run={run}"
    await put_contact(family.mother.resident_id, "李梅", MOTHERS, by=CLI)
    answer = await browser.post(path, {"who": [str(links[0]), "me"]})
    assert "The others are done. This is about yourself." in (await browser.follow(answer)).text
    assert await database.value("SELECT resident FROM enrolment") == family.mother.resident_id


async def test_of_the_elder_only_name_classes_and_enrolments_are_seen(
    visit: Visit, town: Town, family: Family
) -> None:
    links = await tied(family)
    run = await town.run("Singing")
    browser = await visit(resident=family.daughter.resident_id)
    await browser.post(f"/courses/{run}/family", {"who": str(links[0])})
    card = await current_code(family.mother.resident_id)
    assert card is not None
    for path in ("/my/family", f"/my/family/{links[0]}", f"/courses/{run}/family"):
        page = (await browser.get(path)).text
        assert "王秀英" in page
        for hidden in ("1952", "8321", "1-1社区", card.number, card.code):
            assert hidden not in page, (path, hidden)


@pytest.mark.parametrize("who", ["stranger", "ended", "carer of another", "asked only", "elder gone", "elder"])
async def test_nobody_else_acts_for_her(
    visit: Visit, town: Town, family: Family, database: Database, who: str
) -> None:
    """Who x what: see her, ask for a seat, ask to leave, leave, accept, all answer as if there was nothing."""
    links, run = await tied(family), await town.run("Singing")
    browser = await visit(resident=family.daughter.resident_id)
    await browser.post(f"/courses/{run}/family", {"who": str(links[0])})
    enrolment, other = await database.value("SELECT id FROM enrolment"), await town.run("Dancing")
    looking = {"stranger": family.stranger, "elder": family.mother}.get(who, family.daughter)
    link = links[0]
    if who == "ended":
        await end_care(link, by=on_phone(family.mother))
    elif who == "carer of another":
        link = links[1]  # the father's, with the mother's enrolment
    elif who == "asked only":
        await end_care(link, by=CLI)
        await ask_to_care(family.daughter.resident_id, "王秀英", MOTHERS, by=family.by)
        link = await database.value("SELECT id FROM carer_link WHERE state = 'asked'")
    elif who == "elder gone":
        await take_out(family.mother.resident_id, "left", today(), by=CLI)
    browser = await visit(resident=looking.resident_id)
    was = await database.value("SELECT state FROM enrolment WHERE id = $1", enrolment)
    if who != "carer of another":
        assert (await browser.get(f"/my/family/{link}")).status_code == 404
        await browser.post(f"/courses/{other}/family", {"who": str(link)})
    seat = f"/my/family/{link}/enrolments/{enrolment}"
    assert (await browser.get(f"{seat}/withdrawal")).status_code == 404
    for step in ("withdrawal", "acceptance", "refusal"):
        assert (await browser.post(f"{seat}/{step}")).status_code == 404
    assert await database.value("SELECT state FROM enrolment WHERE id = $1", enrolment) == was
    assert await database.value("SELECT count(*) FROM enrolment WHERE run = $1", other) == 0


async def test_the_elder_sees_who_helps_her_and_ends_it_with_one_button(visit: Visit, family: Family) -> None:
    links = await tied(family)
    browser = await visit(resident=family.mother.resident_id)
    assert "李梅" in (page := (await browser.get("/my/family")).text) and "End this" in page
    for _ in range(2):
        assert "That has ended." in (await browser.send(f"/my/family/{links[0]}/ending")).text
    assert [one.elder for one in await elders_of(family.daughter.resident_id)] == ["李建国"]
    assert (await browser.post(f"/my/family/{links[1]}/ending")).status_code == 404


async def test_signed_in_herself_she_says_yes_or_no_to_who_asks(
    visit: Visit, family: Family, database: Database
) -> None:
    browser = await visit(resident=family.mother.resident_id)
    for answer, elders in (("ending", []), ("agreement", ["王秀英"])):
        await ask_to_care(family.daughter.resident_id, "王秀英", MOTHERS, by=family.by)
        page = (await browser.get("/my/family")).text
        found = re.search(rf"/my/family/\d+/{answer}", page)
        assert found and "李梅" in page
        for _ in range(2):
            assert (await browser.post(found[0])).status_code == 303
        assert [one.elder for one in await elders_of(family.daughter.resident_id)] == elders
        await database.execute("UPDATE care_code SET sent_at = sent_at - interval '2 minutes'")


async def test_before_it_opens_there_is_no_button_and_strange_runs_are_not_there(
    visit: Visit, town: Town, family: Family
) -> None:
    await tied(family)
    browser = await visit(resident=family.daughter.resident_id)
    later = await town.run("Later", opens_in=timedelta(days=1))
    assert "You can take a seat from" in (await browser.get(f"/courses/{later}/family")).text
    drop_in = await town.run("Lecture", entry="drop_in")
    assert (await browser.get(f"/courses/{drop_in}/family")).headers["location"] == f"/courses/{drop_in}"
    draft = await town.run("Secret", release=False)
    for run in (draft, 999999, 10**30):
        assert (await browser.get(f"/courses/{run}/family")).status_code == 404
        assert (await browser.post(f"/courses/{run}/family", {"who": "me"})).status_code == 404
