"""Signed out in the middle of a form, at any door: after signing in again it is there as it was typed."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests import people_standing as standing
from tests.conftest import Database
from tests.people_standing import PASSWORD, StandingStaff
from tests.web.conftest import Visit, Visitor
from tests.web.leader.evening import Evening, make_evening
from tests.web.planning.world import World, make_world

LONG = "每周一起练习毛笔字，带上自己的笔和纸，午后在二楼教室集合。" * 60  # more than one cookie holds, unpacked
HERE = "What you had typed is still here"


@pytest.fixture
async def evening(database: Database) -> Evening:
    return await make_evening()


@pytest.fixture
async def world(evening: Evening) -> World:
    return await make_world(evening.places)


async def keeps(
    browser: Visitor, database: Database, staff: StandingStaff, page: str, action: str, typed: dict[str, str]
) -> str:
    """Fills the form on `page`, is idle for an hour, sends it, signs in again: the page she is led to."""
    shown = (await browser.get(page)).text
    form = next(one for one in re.findall(r"<form\b.*?</form>", shown, re.DOTALL) if f'action="{action}"' in one)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    await database.execute("UPDATE sign_in SET seen_at = now() - interval '1 hour'")
    await database.execute("UPDATE sign_in SET ended_at = now() WHERE staff = $1 AND ended_at IS NULL", staff.id)
    answer = await browser.post(action, {**{name: unescape(value) for name, value in hidden.items()}, **typed})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next={page}")
    asked = await browser.follow(answer)  # offices are asked for their name, leaders for their number or name
    asked = await browser.follow(asked) if asked.status_code == 303 else asked
    assert ("what you have typed is kept for you" in asked.text) == ("kept" in browser.client.cookies)
    assert "/sign-in/staff" in asked.text
    assert not any(value in str(answer.headers) for value in typed.values() if len(value) > 3)
    answer = await browser.post("/sign-in/staff", {"name": staff.name, "password": PASSWORD, "next": page})
    assert answer.headers["location"] == page
    return unescape((await browser.follow(answer)).text)


async def test_forms_of_every_door_survive_a_sign_out(
    visit: Visit, database: Database, evening: Evening, world: World
) -> None:
    officer = await standing.staff("officer", evening.places.street, password=PASSWORD)
    desk = await standing.staff("desk", evening.places.street, password=PASSWORD)
    leader = await standing.staff("leader", evening.places.street, password=PASSWORD)
    await database.execute("UPDATE run_leader SET staff = $1", leader.id)

    walk_in = f"/lead/sessions/{evening.on_now}/walk-in"
    text = await keeps(
        await visit(staff=leader), database, leader, walk_in, walk_in,
        {"name": "赵美兰", "born_year": "1953", "place_code": evening.places.next_community.code, "told": "yes"},
    )  # fmt: skip
    assert HERE in text and 'value="赵美兰"' in text and 'value="yes" checked' in text
    assert f'value="{evening.places.next_community.code}" selected' in text

    text = await keeps(
        await visit(staff=desk), database, desk, "/desk/people/new", "/desk/people",
        {"name": "<b>赵美兰", "born": "1953", "sex": "female", "notice": "yes"},
    )  # fmt: skip
    assert HERE in text and 'value="<b>赵美兰"' in text and 'value="female" checked' in text

    new = f"/planning/organisations/{world.academy}/courses/new"
    browser = await visit(staff=officer)
    text = await keeps(browser, database, officer, new, new, {"title": "书法", "subject": "Hands"})
    assert HERE in text and 'value="书法"' in text
    again = (await browser.get(new)).text
    assert "书法" not in again and HERE not in again  # once


async def test_a_long_text_is_kept_too_and_one_without_end_is_not(
    visit: Visit, database: Database, evening: Evening
) -> None:
    leader = await standing.staff("leader", evening.places.street, password=PASSWORD)
    await database.execute("UPDATE run_leader SET staff = $1", leader.id)
    walk_in = f"/lead/sessions/{evening.on_now}/walk-in"
    browser = await visit(staff=leader)
    assert LONG in await keeps(browser, database, leader, walk_in, walk_in, {"name": LONG})
    endless = "".join(chr(0x4E00 + number * 7919 % 20000) for number in range(6000))
    text = await keeps(browser, database, leader, walk_in, walk_in, {"name": endless})
    assert endless[:20] not in text and HERE not in text


async def test_another_person_on_the_same_phone_never_sees_it(
    visit: Visit, database: Database, evening: Evening
) -> None:
    places = evening.places
    wang = await standing.resident(places.community, name="王秀英", phone="13800138000")
    browser = await visit(resident=wang.resident_id)
    await browser.get("/my/details/phone")
    await database.execute("UPDATE sign_in SET ended_at = now()")
    typed = {"phone": "139 0013 9000", "_page": "/my/details/phone"}
    await browser.post("/my/details/phone", typed)
    assert "kept" in browser.client.cookies
    mine = browser.client.cookies["kept"]
    other = await visit(resident=evening.li.resident_id)
    other.client.cookies.set("kept", mine)
    page = await other.get("/my/details/phone")
    assert "139 0013" not in page.text and HERE not in page.text
    assert "kept=" in page.headers["set-cookie"] and "Max-Age=0" in page.headers["set-cookie"]  # and it is gone
    back = await visit(resident=wang.resident_id)
    back.client.cookies.set("kept", mine)
    assert 'value="139 0013 9000"' in (await back.get("/my/details/phone")).text


async def test_passwords_and_codes_are_never_kept_and_nobody_elses_form_can_be_made_up(
    visit: Visit, evening: Evening
) -> None:
    browser = await visit()
    typed = {"name": "officer", "password": "a quiet evening", "_page": "/sign-in/staff", "language": "en"}
    await browser.post("/preferences", typed)
    page = await browser.get("/sign-in/staff")
    assert 'value="officer"' in page.text and "a quiet evening" not in page.text
    await browser.post("/preferences", {"password": "x", "code": "123456", "_page": "/sign-in", "size": "24"})
    assert "kept" not in browser.client.cookies
    for forged in ("x", "", "1.AAAA", "2.AQEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "\u00e9".encode().hex()):
        browser.client.cookies.set("kept", forged)
        browser.client.cookies.set("draft", forged)
        for path in ("/sign-in", "/sign-up", "/sign-in/card"):
            assert (await browser.get(path)).status_code == 200, forged


async def test_who_signs_out_in_another_tab_finds_her_form_again_and_nobody_else_does(
    visit: Visit, evening: Evening
) -> None:
    wang = await standing.resident(evening.places.community, name="王秀英", phone="13800138000")
    path = "/my/details/phone"
    typed = {"phone": "139 0013 9000", "_page": path}
    browser = await visit(resident=wang.resident_id)
    await browser.get(path)
    left = await browser.post("/sign-out")
    assert "el=" in left.headers["set-cookie"]
    browser.client.cookies.delete("el")  # as a browser would: no cookie tells whose form it was
    answer = await browser.post(path, typed)
    assert answer.headers["location"] == f"/sign-in?next={path}"
    assert "what you have typed is kept for you" in (await browser.follow(answer)).text
    kept = browser.client.cookies["kept"]
    back = await visit(resident=wang.resident_id)
    back.client.cookies.set("kept", kept)
    assert 'value="139 0013 9000"' in (shown := (await back.get(path)).text) and HERE in shown

    other = await visit(resident=evening.li.resident_id)
    other.client.cookies.set("kept", kept)
    other.client.cookies.set("left", browser.client.cookies["left"])
    page = await other.get(path)
    assert "139 0013" not in page.text and HERE not in page.text
    gone = page.headers.get_list("set-cookie")  # what she types from now on is not kept for Wang
    assert {one.partition("=")[0] for one in gone if "Max-Age=0" in one} >= {"kept", "left"}
    nobody = await visit()
    assert "kept=" not in str((await nobody.post(path, typed)).headers)


async def test_a_document_typed_is_never_drawn_again(visit: Visit, evening: Evening) -> None:
    browser, new = await visit(staff=await standing.desk(evening.places.street)), "/desk/people/new"
    typed = {"name": "赵美兰", "document": standing.id_number(), "_page": new, "language": "en"}
    await browser.post("/preferences", typed)
    text = (await browser.get(new)).text
    assert 'value="赵美兰"' in text and standing.id_number() not in text
