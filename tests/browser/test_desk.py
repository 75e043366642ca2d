"""A death in the family, told at the desk."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from elderlearn.enrolment.enrol import enrol
from elderlearn.ground.sql import value
from tests import people_standing as standing
from tests.browser.conftest import OpenPage
from tests.catalogue.runs_standing import a_course, open_run
from tests.conftest import Database
from tests.people_standing import CLI

pytestmark = pytest.mark.browser

HER_PHONE = "13800138000"
CODES_SENT = "SELECT count(*) FROM notice WHERE kind = 'sign_in_code'"


async def test_a_death_told_at_the_desk(database: Database, open_page: OpenPage) -> None:
    places = await standing.place_tree()
    run = (await open_run(await a_course(places.community), seats=1)).run_id
    died = await standing.resident(places.community, name="陈桂花", phone=HER_PHONE)
    next_in_line = await standing.resident(places.next_community, name="王秀英", phone="13800138001")
    await enrol(run, died.resident_id, "self", by=CLI)
    await enrol(run, next_in_line.resident_id, "self", by=CLI)
    her_phone = await open_page(resident=died.resident_id)
    await her_phone.goto("/my")
    await expect(her_phone).to_have_url(re.compile("/my$"))

    desk = await open_page(width=1280, staff=await standing.desk(places.street))
    await desk.goto("/desk/people")
    await desk.locator("#f-words").fill("陈桂")
    await desk.locator("form[action='/desk/people/search'] button").click()
    await desk.get_by_role("link", name="陈桂花").click()
    await desk.locator("a[href$='/leaving']").click()
    await desk.locator("[name=state][value=died]").check()
    await desk.locator("main form .danger").click()
    await expect(desk).to_have_url(re.compile(f"/desk/people/{died.resident_id}$"))
    await expect(desk.locator("main .note").first).to_be_visible()

    waiting_no_more = await open_page(resident=next_in_line.resident_id)
    await waiting_no_more.goto(f"/courses/{run}")
    await expect(waiting_no_more.locator("#seats .note.done")).to_be_visible()
    assert await value("SELECT count(*) FROM notice WHERE resident = $1", next_in_line.resident_id) == 2

    await her_phone.goto("/my")
    await expect(her_phone).to_have_url(re.compile("/sign-in"))
    await her_phone.locator("#f-phone").fill(HER_PHONE)
    await her_phone.locator("form[action='/sign-in'] .main").click()
    await her_phone.locator("#f-code").wait_for()
    assert await value(CODES_SENT) == 0
    assert died.card_code is not None
    await her_phone.goto("/sign-in/card")
    await her_phone.locator("#f-card").fill(died.card_code)
    await her_phone.locator("#f-born_on").fill("19550308")
    await her_phone.locator("form[action='/sign-in/card'] .main").click()
    await expect(her_phone.locator("#errors")).to_be_visible()


async def test_back_after_a_mistake_opens_the_form_and_sends_nothing_again(open_page: OpenPage) -> None:
    places = await standing.place_tree()
    desk = await open_page(width=1280, staff=await standing.desk(places.street))
    await desk.goto("/desk/people/new")
    send = desk.locator("form[action='/desk/people'] button.main")
    await send.click()
    await desk.locator("main .error").first.wait_for()
    assert desk.url.endswith("/desk/people")  # an answer with errors, to a POST
    await desk.locator("[name=name]").fill("王秀英")
    await desk.locator("[name=born]").fill("1955")
    await desk.locator("[name=outside]").check()
    await desk.locator("[name=notice]").check()
    await send.click()
    await desk.wait_for_url(re.compile(r"/desk/people/\d+\?new=1$"))
    await desk.go_back()  # raises ERR_CACHE_MISS where a browser would ask to send it again
    await expect(desk).to_have_url(re.compile("/desk/people/new$"))
    await expect(desk.locator("main .error")).to_have_count(0)


async def test_somebody_at_the_window_is_enrolled_with_the_keys_alone(
    database: Database, open_page: OpenPage
) -> None:
    places = await standing.place_tree()
    run = (await open_run(await a_course(places.community, title="太极拳"))).run_id
    other = await a_course(places.community, title="书法", name="书法社")
    await open_run(other)
    ping = await standing.resident(places.community, name="陈桂花")
    desk = await open_page(width=1280, staff=await standing.desk(places.street))
    await desk.goto(f"/desk/people/{ping.resident_id}/enrolments")
    await desk.keyboard.type("tjq")
    await desk.keyboard.press("Enter")
    await expect(desk).to_have_url(re.compile("words=tjq"))
    await expect(desk.locator("main .rows button")).to_be_focused()
    await desk.keyboard.press("Enter")
    await expect(desk).to_have_url(re.compile(f"/desk/people/{ping.resident_id}#courses$"))
    seat = await value("SELECT run FROM enrolment WHERE state = 'seated' AND channel = 'window'")
    assert seat == run


@pytest.mark.parametrize(("width", "is_beside"), [(480, True), (360, False)])
async def test_two_short_answers_stand_side_by_side_where_there_is_room(
    open_page: OpenPage, width: int, is_beside: bool
) -> None:
    places = await standing.place_tree()
    page = await open_page(width, staff=await standing.officer(places.street))
    await page.goto(f"/planning/courses/{await a_course(places.community)}/runs/new")
    for one, other in (("from_on", "to_on"), ("starts", "minutes"), ("opens_on", "opens")):
        left, right = [await page.locator(f"#f-{name}").bounding_box() for name in (one, other)]
        assert left and right and (abs(left["y"] - right["y"]) < 9) == is_beside, (one, other)


async def test_back_after_a_refused_enrolment_asks_nothing_without_javascript(
    database: Database, open_page: OpenPage
) -> None:
    places = await standing.place_tree()
    await open_run(await a_course(places.community), min_age=110)
    ping = await standing.resident(places.community)
    desk = await open_page(width=1280, javascript=False, staff=await standing.desk(places.street))
    await desk.goto(f"/desk/people/{ping.resident_id}")
    await desk.goto(f"/desk/people/{ping.resident_id}/enrolments")
    await desk.locator("main .rows button").click()
    await expect(desk.locator("main .note.no")).to_be_visible()
    await desk.reload()  # raises where a browser would ask to send it again
    await expect(desk.locator("main .note.no")).to_have_count(0)
    await desk.go_back()
