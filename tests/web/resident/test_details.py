"""What a resident sees and changes about herself."""

from __future__ import annotations

import json

import httpx

from elderlearn.people.consents import NOTICE_VERSION, NewConsent, consents_of, give
from elderlearn.people.queries import person
from elderlearn.people.sign_in.codes import ask_code, enter_code
from tests import people_standing as standing
from tests.conftest import Database
from tests.people_standing import CLI
from tests.web.conftest import Visit, Visitor
from tests.web.open.town import Town

NEW = "13900139000"


async def sent_code(database: Database) -> str:
    return str(json.loads(await database.value("SELECT values FROM notice ORDER BY id DESC LIMIT 1"))["code"])


async def signs_in_again(browser: Visitor, database: Database, answer: httpx.Response) -> httpx.Response:
    """Follows the way to the sign-in and back with her old number."""
    page = await browser.follow(answer)
    back = page.text.split('name="next" value="')[1].split('"')[0]
    await database.execute("UPDATE sign_in_code SET sent_at = sent_at - interval '2 minutes'")
    await browser.post("/sign-in", {"phone": "13800138000", "next": back})
    form = {"phone": "13800138000", "code": await sent_code(database), "next": back}
    return await browser.follow(await browser.post("/sign-in/code", form))


async def test_she_sees_what_is_on_file_with_numbers_masked(visit: Visit, town: Town) -> None:
    number = standing.id_number(serial=8)
    made = await standing.resident(town.places.community, name="赵美兰", document=number, phone=NEW)
    page = (await (await visit(resident=made.resident_id)).get("/my/details")).text
    assert "赵美兰" in page and "8 March 1955" in page and "1-1社区, 第1街道" in page
    assert "139****9000" in page and number[-3:] in page
    assert NEW not in page and number not in page


async def test_a_new_number_counts_after_its_code(visit: Visit, town: Town, database: Database) -> None:
    browser = await visit(resident=town.wang.resident_id)
    assert 'value="123"' in (await browser.send("/my/details/phone", {"phone": "123"})).text
    page = await browser.send("/my/details/phone", {"phone": "139 0013 9000"})
    assert "on its way to 139" in page.text
    code = await sent_code(database)
    wrong = await browser.send("/my/details/phone/code", {"phone": NEW, "code": f"{(int(code) + 1) % 10**6:06}"})
    assert "4 more times" in wrong.text and f'value="{NEW}"' in wrong.text
    answer = await browser.post("/my/details/phone/code", {"phone": NEW, "code": code})
    assert "Your new number is kept" in (await browser.follow(answer)).text
    await database.execute("UPDATE sign_in_code SET sent_at = sent_at - interval '2 minutes'")
    await ask_code(NEW, "resident")
    assert (await enter_code(NEW, await sent_code(database), "resident")).token
    assert (await browser.get("/my/details/phone/code")).headers["location"] == "/my/details/phone"


async def test_a_new_home_is_searched_chosen_and_kept(visit: Visit, town: Town) -> None:
    browser = await visit(resident=town.wang.resident_id)
    found = await browser.send("/my/details/home", {"words": "2-1", "do": "find"})
    assert town.places.other_community.code in found.text
    assert 'id="e-home"' in (await browser.send("/my/details/home", {"words": "2-1", "do": "move"})).text
    moved = {"home": town.places.other_community.code, "do": "move"}
    assert "2-1社区" in (await browser.follow(await browser.post("/my/details/home", moved))).text
    assert (await person(town.wang.resident_id)).place_id == town.places.other_community.id
    assert "Nothing was changed" in (await browser.follow(await browser.post("/my/details/home", moved))).text


async def test_who_agreed_to_older_words_is_told_and_locked_out_of_nothing(visit: Visit, town: Town) -> None:
    me = town.wang.resident_id
    browser, told = await visit(resident=me), "there are new words"
    assert told not in (await browser.get("/my/home")).text  # who never agreed on a phone is asked elsewhere
    await give(me, "notice", "2026-11", "phone", by=CLI)
    for path in ("/my/home", "/my/consents"):
        assert "I have read it and agree" in (await browser.get(path)).text
    assert (await browser.get("/courses")).status_code == 200
    await browser.follow(await browser.post("/my/consents/notice"))
    for path in ("/my/home", "/my/consents"):
        assert "I have read it and agree" not in (await browser.get(path)).text
    text = (await browser.get("/data-use")).text
    assert NOTICE_VERSION in text and "Who helps you enrol" in text and "emergency" in text


async def test_a_consent_is_given_and_taken_back(visit: Visit, town: Town) -> None:
    me = town.wang.resident_id
    browser = await visit(resident=me)
    await browser.follow(await browser.post("/my/consents/notice"))
    assert await consents_of(me) == [NewConsent("notice", NOTICE_VERSION, "phone")]
    page = await browser.get("/my/consents")
    assert "You agree" in page.text and "/my/consents/notice/withdrawal" in page.text
    await browser.post("/my/consents/notice/withdrawal")
    assert await consents_of(me) == []
    for path in ("/my/consents/all", "/my/consents/all/withdrawal"):
        assert (await browser.post(path)).status_code == 404


async def test_without_consent_the_id_number_is_deleted(visit: Visit, town: Town) -> None:
    made = await standing.resident(town.places.community, name="赵美兰", document=standing.id_number(serial=8))
    browser = await visit(resident=made.resident_id)
    assert "/my/consents/sensitive/withdrawal" in (await browser.get("/my/consents")).text
    answer = await browser.post("/my/consents/sensitive/withdrawal")
    assert "Your ID number is deleted." in (await browser.follow(answer)).text
    assert "We have no ID number of yours" in (await browser.get("/my/consents")).text


async def test_signing_out_everywhere_ends_the_other_phone_too(visit: Visit, town: Town) -> None:
    me = town.wang.resident_id
    here, there = await visit(resident=me), await visit(resident=me)
    await here.post("/my/sign-outs")
    for browser in (here, there):
        assert (await browser.get("/my")).status_code == 303


async def test_signed_out_in_the_middle_of_a_form_nothing_is_lost(
    visit: Visit, town: Town, database: Database
) -> None:
    browser = await visit(resident=town.wang.resident_id)
    await browser.get("/my/details/phone")
    await database.execute("UPDATE sign_in SET ended_at = now()")
    page = "http://elderlearn.test/my/details/phone"
    answer = await browser.client.post(
        "/my/details/phone",
        data={"phone": "139 0013 9000", "_csrf_token": browser.client.cookies["csrftoken"]},
        headers={"Referer": page},
    )
    assert answer.headers["location"] == "/sign-in?next=/my/details/phone"
    assert "139" not in str(answer.headers)
    back = await signs_in_again(browser, database, answer)
    assert 'value="139 0013 9000"' in back.text and "What you had typed is still here" in back.text
    assert "139 0013" not in (await browser.get("/my/details/phone")).text  # once


async def test_what_is_kept_is_for_its_own_page_and_cannot_be_made_up(visit: Visit, town: Town) -> None:
    browser = await visit(resident=town.wang.resident_id)
    for forged in ("x", "", "AAAA", "\u00e9".encode().hex(), "AQEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="):
        browser.client.cookies.set("kept", forged)
        assert (await browser.get("/my/details/phone")).status_code == 200, forged


async def test_signed_out_before_the_seat_she_comes_back_to_the_course(
    visit: Visit, town: Town, database: Database
) -> None:
    run = await town.run("Singing")
    browser = await visit(resident=town.wang.resident_id)
    await browser.get(f"/courses/{run}")
    await database.execute("UPDATE sign_in SET ended_at = now()")
    answer = await browser.client.post(
        f"/courses/{run}/enrolments",
        data={"_csrf_token": browser.client.cookies["csrftoken"]},
        headers={"Referer": f"http://elderlearn.test/courses/{run}"},
    )
    assert f'action="/courses/{run}/enrolments"' in (await signs_in_again(browser, database, answer)).text
