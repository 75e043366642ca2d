"""Somebody nobody knows yet, with a phone: from a course to a seat; and how much the first page loads."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page, expect

from elderlearn.ground.sql import rows
from tests import people_standing as standing
from tests.browser.conftest import OpenPage
from tests.browser.steps import digits_sent
from tests.catalogue.runs_standing import a_course, open_run
from tests.conftest import Database

pytestmark = pytest.mark.browser

MOST_SCREENS = 3  # issue 3: between the page of the course and the seat
MOST_BYTES = 60_000  # issue 3: the first page with all it loads, on a phone


@pytest.mark.parametrize("javascript", [True, False])
async def test_from_the_course_to_a_seat_in_three_screens(
    database: Database, open_page: OpenPage, javascript: bool
) -> None:
    places = await standing.place_tree()
    run = (await open_run(await a_course(places.community), seats=1)).run_id
    page = await open_page(javascript=javascript)
    await page.goto(f"/courses/{run}")
    screens = opened(page)
    await page.locator("#seats a[href^='/sign-up']").click()
    await says_who_and_where(page)
    await page.locator("#f-code").fill(await digits_sent(page))
    await page.locator("form[action='/sign-up/code'] .main").click()
    await expect(page).to_have_url(re.compile(f"/courses/{run}$"))
    between = [one for one in screens if urlsplit(one).path.startswith("/sign-up")]
    assert between and len(between) <= MOST_SCREENS + (not javascript), between  # without it, a search is a screen
    await page.locator("#seats button.main").click()
    await expect(page.locator("#seats .note.done")).to_be_visible()
    assert [one["state"] for one in await rows("SELECT state FROM enrolment WHERE run = $1", run)] == ["seated"]


@pytest.mark.parametrize("javascript", [True, False])
async def test_back_at_every_step_loses_nothing_and_never_asks_to_send_again(
    database: Database, open_page: OpenPage, javascript: bool
) -> None:
    places = await standing.place_tree()
    run = (await open_run(await a_course(places.community), seats=1)).run_id
    page = await open_page(javascript=javascript)
    await page.goto(f"/courses/{run}")
    await page.locator("#seats a[href^='/sign-up']").click()
    await page.locator("form[action='/sign-up'] .main").click()  # everything is missing
    await page.locator("#errors").wait_for()
    await says_who_and_where(page)
    await page.locator("#f-code").fill("1")
    await page.locator("form[action='/sign-up/code'] .main").click()
    await page.locator("#errors").wait_for()

    await back_to(page, "/sign-up/home", "#f-notice")
    await expect(page.locator("#f-notice")).to_be_checked()
    await expect(page.locator("label", has_text="1-1社区").locator("[name=home]")).to_be_checked()
    await back_to(page, "/sign-up", "#f-name")
    await expect(page.locator("#f-name")).to_have_value("赵美兰")
    await expect(page.locator("#f-phone")).to_have_value("13900139000")
    await page.locator("form[action='/sign-up']:has(#f-name) .main").click()
    await page.locator("form[action='/sign-up/home'] .main").click()
    await page.locator("#f-code").fill(await digits_sent(page))
    await page.locator("form[action='/sign-up/code'] .main").click()
    await expect(page).to_have_url(re.compile(f"/courses/{run}$"))
    await page.locator("#seats button.main").click()
    await expect(page.locator("#seats .note.done")).to_be_visible()

    await page.locator("#seats a[href*='withdrawal']").click()
    await page.locator("main form button.danger").click()
    await expect(page).to_have_url(re.compile("/my$"))
    for _ in range(6):  # all the way back: every page is one that was asked for
        answer = await page.go_back()
        assert answer is None or (answer.status < 400 and answer.request.method == "GET")
        await expect(page.locator("h1")).to_have_count(1)
        await expect(page).not_to_have_url(re.compile("^chrome-error"))


async def back_to(page: Page, path: str, landmark: str) -> None:
    """Presses Back until that page is there; each one on the way is a page, never the question of the browser."""
    for _ in range(6):
        answer = await page.go_back()
        assert answer is None or (answer.status < 400 and answer.request.method == "GET")
        await expect(page.locator("h1")).to_have_count(1)
        if page.url.split("?")[0].endswith(path):
            break
    await page.locator(landmark).wait_for()


@pytest.mark.parametrize("javascript", [True, False])
async def test_another_size_or_language_empties_no_form(
    database: Database, open_page: OpenPage, javascript: bool
) -> None:
    await standing.place_tree()
    page = await open_page(javascript=javascript)
    await page.goto("/sign-up")
    await page.locator("#f-name").fill("赵美兰")
    await page.locator("#f-phone").fill("139 0013 9000")
    await page.locator("button[name=size][value='30']").click()
    await page.locator("html[data-size='30']").wait_for()
    await expect(page.locator("#f-name")).to_have_value("赵美兰")
    await page.locator("button[name=language][value=en]").click()
    await page.locator("html[lang=en][data-size='30']").wait_for()
    await expect(page.locator("#f-name")).to_have_value("赵美兰")
    await expect(page.locator("#f-phone")).to_have_value("139 0013 9000")
    assert page.url.endswith("/sign-up")


@pytest.mark.parametrize("who", ["stranger", "resident"])
async def test_the_first_page_loads_no_more_than_60_kilobytes(
    database: Database, open_page: OpenPage, who: str
) -> None:
    places = await standing.place_tree()
    for title in ("太极拳", "书法", "合唱", "智能手机"):
        await open_run(await a_course(places.community, title=title, name=f"{title}学堂"))
    wang = (await standing.resident(places.community)).resident_id
    page = await open_page(resident=wang if who == "resident" else None)
    line = await page.context.new_cdp_session(page)
    loaded: list[float] = []

    def came(what: dict[str, Any]) -> None:
        loaded.append(what["encodedDataLength"])

    line.on("Network.loadingFinished", came)
    await line.send("Network.enable")
    await page.goto("/my/home" if who == "resident" else "/", wait_until="networkidle")
    assert len(loaded) >= 4, loaded  # the page, its styles, its scripts
    assert sum(loaded) <= MOST_BYTES, loaded


def opened(page: Page) -> list[str]:
    """Fills up with the address of every screen from now on."""
    screens: list[str] = []
    page.on("framenavigated", lambda frame: screens.append(frame.url) if frame == page.main_frame else None)
    return screens


async def says_who_and_where(page: Page) -> None:
    """To the screen that asks for the six digits."""
    await page.locator("#f-name").fill("赵美兰")
    await page.locator("#f-born_on").fill("19520214")
    await page.locator("#f-phone").fill("13900139000")
    await page.locator("form[action='/sign-up'] .main").click()
    await page.locator("#f-words").press_sequentially("1-1")
    home = page.locator("label", has_text="1-1社区").locator("[name=home]")
    if not await javascript_is_on(page):
        await page.locator("button[value=find]").click()
    await home.check()
    await page.locator("#f-notice").check()
    await page.locator("form[action='/sign-up/home'] .main").click()
    await page.locator("#f-code").wait_for()


async def javascript_is_on(page: Page) -> bool:
    """Whether the page's own scripts ran."""
    return bool(await page.evaluate("typeof htmx !== 'undefined'"))
