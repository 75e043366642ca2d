"""Accounts, messages and the record of changes."""

from __future__ import annotations

import random
import re

import pytest

from elderlearn.enrolment.enrol import enrol
from elderlearn.ground.pinyin import spelled
from elderlearn.people.sign_in.codes import ask_code
from elderlearn.people.sign_in.passwords import sign_in_by_password
from elderlearn.people.staff import staff_by_name
from elderlearn.web.desk import notices
from elderlearn.web.shell.sealed import seal
from tests import people_standing as standing
from tests.catalogue.runs_standing import a_course, open_run
from tests.conftest import Database
from tests.people_standing import CLI
from tests.web.conftest import Visit
from tests.web.desk.conftest import PHONE, Counter


async def test_an_officer_gives_an_account_whose_password_is_shown_once(visit: Visit, counter: Counter) -> None:
    officer = await visit(staff=counter.officer)
    assert (
        "District"
        not in re.findall(r"<fieldset.*?</fieldset>", (await officer.get("/desk/staff/new")).text, re.S)[0]
    )
    form = {"name": "兰老师", "role": "leader", "place": counter.places.community.code, "phone": "13900003333"}
    shown = await officer.follow(await officer.post("/desk/staff", form))
    password = re.search(r'class="secret">([^<]+)<', shown.text)
    assert shown.status_code == 200 and password
    assert await sign_in_by_password("兰老师", password[1])
    there = await staff_by_name("兰老师")
    page = (await officer.get(f"/desk/staff/{there.id}")).text
    assert password[1] not in page and "139****3333" in page and "takes attendance" in page
    again = await officer.sent_back("/desk/staff", form)
    assert 'id="e-name"' in again.text
    empty = await officer.sent_back("/desk/staff", {})
    assert all(f'id="e-{field}"' in empty.text for field in ("name", "role", "place"))
    for wrong in ({"role": "district"}, {"place": counter.places.other_street.code}):
        assert await officer.sent_back("/desk/staff", form | wrong | {"name": "别人"})


async def test_an_account_gets_a_new_password_ends_and_opens_again(visit: Visit, counter: Counter) -> None:
    district = await visit(staff=counter.district)
    mine = f"/desk/staff/{counter.officer.id}"
    password = re.search(r'class="secret">([^<]+)<', (await district.send(f"{mine}/password")).text)
    assert password and await sign_in_by_password(counter.officer.name, password[1])
    assert await district.sent_back(f"{mine}/phone", {"phone": "12"})
    changed = await district.post(f"{mine}/phone", {"phone": "13900004444"})
    assert "139****4444" in (await district.follow(changed)).text
    ended = await district.post(f"{mine}/end")
    assert "Open it again" in (await district.follow(ended)).text
    opened = await district.post(f"{mine}/restart")
    assert "Make a new password" in (await district.follow(opened)).text
    assert counter.officer.name in (await district.get("/desk/staff", params={"role": "officer"})).text


async def test_nobody_changes_her_own_account_or_one_she_may_not_give(visit: Visit, counter: Counter) -> None:
    officer, desk = await visit(staff=counter.officer), await visit(staff=counter.desk)
    colleague = await standing.officer(counter.places.street)
    far = await standing.leader(counter.places.other_community)
    for path in ("password", "phone", "end", "restart"):
        for staff_id in (counter.officer.id, colleague.id, far.id, counter.district.id, 0):
            assert (await officer.post(f"/desk/staff/{staff_id}/{path}")).status_code == 404
    assert (await officer.get(f"/desk/staff/{colleague.id}")).status_code == 200
    assert (await officer.get(f"/desk/staff/{far.id}")).status_code == 404
    for path in ("/desk/staff", "/desk/staff/new", f"/desk/staff/{counter.desk.id}", "/desk/trail"):
        assert (await desk.get(path)).status_code == 404


async def test_messages_that_did_not_arrive_come_first_and_are_settled(
    visit: Visit, counter: Counter, database: Database
) -> None:
    course = await a_course(counter.places.community, title="书法")
    run = (await open_run(course, seats=2)).run_id
    silent = await standing.resident(counter.places.community, name="无电话")
    await enrol(run, silent.resident_id, "window", by=CLI)
    await enrol(run, counter.ping.resident_id, "window", by=CLI)
    desk, other = (
        await visit(staff=counter.desk),
        await visit(staff=await standing.desk(counter.places.other_street)),
    )
    text = (await desk.get("/desk/notices")).text
    assert "无电话" in text and "You have a seat in “书法”" in text and "王小萍" not in text
    assert "王小萍" in (await desk.get("/desk/notices?show=all&kind=seated")).text
    assert "无电话" not in (await other.get("/desk/notices?show=all")).text
    calls = (await desk.get("/desk/notices/calls")).text
    assert "无电话" in calls and "please go there" in calls
    notice = await database.value("SELECT id FROM notice WHERE state = 'unreachable'")
    assert (await other.post(f"/desk/notices/{notice}/settlement", {"how": "told"})).status_code == 404
    auditor = await visit(staff=counter.auditor)
    assert (await auditor.post(f"/desk/notices/{notice}/settlement", {"how": "told"})).status_code == 404
    settled = await desk.post(f"/desk/notices/{notice}/settlement", {"how": "told"})
    assert "Everything arrived" in (await desk.follow(settled)).text
    assert (await desk.post(f"/desk/notices/{notice}/settlement", {"how": "told"})).status_code == 404


async def test_the_list_to_ring_shows_numbers_for_a_reason_that_stays(
    visit: Visit, counter: Counter, database: Database
) -> None:
    run = (await open_run(await a_course(counter.places.community, title="书法"), seats=2)).run_id
    await enrol(run, counter.ping.resident_id, "window", by=CLI)
    await database.execute("UPDATE notice SET state = 'failed'")
    officer, desk = await visit(staff=counter.officer), await visit(staff=counter.desk)
    assert "138 0000 1111" not in (await officer.get("/desk/notices/calls")).text
    assert await officer.sent_back("/desk/notices/calls", {"reason": ""})
    asked = await officer.post("/desk/notices/calls", {"reason": "the trip is off"})
    assert asked.status_code == 303 and PHONE not in str(asked.headers)
    desk.client.cookies.set("once", officer.client.cookies["once"])  # who sits down at the same computer next
    assert "138 0000 1111" not in (await desk.get("/desk/notices/calls")).text
    assert "138 0000 1111" in (await officer.follow(asked)).text
    assert "138 0000 1111" not in (await officer.get("/desk/notices/calls")).text
    assert (
        await database.value("SELECT detail->>'reason' FROM trail WHERE action = 'see_numbers'")
        == "the trip is off"
    )
    assert (await desk.post("/desk/notices/calls", {"reason": "x"})).status_code == 404


async def test_the_record_of_changes_is_for_the_district_and_its_auditor(visit: Visit, counter: Counter) -> None:
    desk, officer = await visit(staff=counter.desk), await visit(staff=counter.officer)
    await desk.post(f"{counter.hers}/card")
    for staff in (counter.district, counter.auditor):
        browser = await visit(staff=staff)
        text = (await browser.get("/desk/trail", params={"what": "issue_card", "who": counter.desk.name})).text
        assert "New card made" in text and counter.desk.name in text
        assert counter.desk.name not in (await browser.get("/desk/trail?on=2020-01-01")).text
        assert (await browser.get("/desk/trail?what=nonsense&on=nonsense&before=nonsense")).status_code == 200
    assert (await officer.get("/desk/trail")).status_code == 404
    village = await visit(staff=await standing.auditor(counter.places.street))
    assert (await village.get("/desk/trail")).status_code == 404


async def test_only_the_numbers_on_the_list_were_looked_at(
    visit: Visit, counter: Counter, database: Database
) -> None:
    await ask_code(PHONE, "resident")
    await database.execute("UPDATE notice SET state = 'failed', resident = $1", counter.ping.resident_id)
    assert await database.value("SELECT count(*) FROM notice") == 1
    officer = await visit(staff=counter.officer)
    assert (await officer.post("/desk/notices/calls", {"reason": "the trip is off"})).status_code == 303
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'see_numbers'") == 0


async def test_the_list_to_ring_has_pages_and_nobody_who_works_here(
    visit: Visit, counter: Counter, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "A_LIST", 2)
    street = counter.places.street
    for name in ("甲一", "乙二", "丙三"):
        made = await standing.resident(counter.places.community, name=name, phone=PHONE)
        await database.execute(FAILED, street.district_id, made.resident_id, None)
    await database.execute(FAILED, street.district_id, None, counter.desk.id)
    officer = await visit(staff=counter.officer)
    first = (await officer.get("/desk/notices/calls")).text
    assert "丙三" in first and "乙二" in first and "甲一" not in first and counter.desk.name not in _main(first)
    assert "More people follow" in first
    later = re.search(r'href="(/desk/notices/calls\?before=(\d+))"', first)
    assert later
    second = (await officer.get(later[1])).text
    assert "甲一" in second and "丙三" not in second
    rung = await officer.send("/desk/notices/calls", {"reason": "the trip is off", "before": later[2]})
    assert "甲一" in rung.text and "138 0000 1111" in rung.text
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'see_numbers'") == 1
    await officer.post("/desk/notices/calls", {"reason": "the trip is off"})
    # One unit of work: all looks of a sheet have one moment.
    looks = "SELECT count(DISTINCT subject_id), count(DISTINCT xmin::text) FROM trail WHERE action = 'see_numbers'"
    assert tuple((await database.fetch(looks))[0]) == (3, 2)


def test_the_numbers_of_the_longest_list_find_room_in_the_browser() -> None:
    """Random digits pack worst; ids as in a district of ten million."""
    some = random.Random(7)
    numbers = {
        some.randrange(10**6, 10**7): f"1{some.randrange(3 * 10**9, 10**10)}" for _ in range(notices.A_LIST)
    }
    assert seal("once", {"numbers": numbers, "path": notices.CALLS, "whose": "staff:123456"}, seconds=60)


FAILED = """INSERT INTO notice (kind, values, district, resident, staff, created_at, next_try_at, state)
    VALUES ('withdrawn', '{"title": "书法"}', $1, $2, $3, now(), now(), 'failed')"""


def _main(text: str) -> str:
    return text.partition("<main")[2]


async def test_the_record_of_changes_offers_its_kinds_in_order(visit: Visit, counter: Counter) -> None:
    district = await visit(staff=counter.district)
    text = (await district.get("/desk/trail")).text
    chosen = re.search(r'<select id="f-what".*?</select>', text, re.S)
    assert chosen
    said = re.findall(r'<option value="[^"]+"[^>]*>([^<]+)<', chosen[0])
    assert len(said) > 20 and [spelled(one) for one in said] == sorted(spelled(one) for one in said)
