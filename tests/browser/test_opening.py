"""Everybody waits for the moment a course opens: it opens in the page, by the server's time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.async_api import Page, Request, expect

from elderlearn.ground.clock import now
from tests.browser.conftest import OpenPage
from tests.conftest import Database
from tests.web.open.town import Town, make_town

pytestmark = pytest.mark.browser

TO_GO = timedelta(minutes=3)
OPEN_IT = "UPDATE course_run SET opens_at = now() - interval '1 second'"


@pytest.fixture
async def town(database: Database) -> Town:
    return await make_town()


def asked_of(page: Page) -> list[str]:
    """Fills up with what the page asks the server for after it has come."""
    asked: list[str] = []

    def hear(request: Request) -> None:
        if "/courses/" in request.url:
            asked.append(f"{request.method} {request.url.rpartition('/')[2]}")

    page.on("request", hear)
    return asked


async def waiting_page(open_page: OpenPage, town: Town, run: int, wrong_by: timedelta) -> tuple[Page, list[str]]:
    """Wang looks at it on a telephone whose clock is wrong; the clock of the test moves the telephone's."""
    page = await open_page(resident=town.wang.resident_id, lang="en")
    await page.clock.install(time=now() + wrong_by)
    await page.goto(f"/courses/{run}")
    await expect(page.locator("[data-by-itself]")).to_be_visible()
    await expect(page.locator("[data-by-hand]")).to_be_hidden()
    await expect(page.locator("[data-left]")).to_contain_text("min")
    await expect(page.locator("#seats form button.main")).to_be_disabled()
    return page, asked_of(page)


@pytest.mark.parametrize("wrong_by", [timedelta(hours=7), timedelta(hours=-7)])
async def test_a_course_opens_in_the_page_whatever_the_telephone_thinks_it_is(
    open_page: OpenPage, town: Town, database: Database, wrong_by: timedelta
) -> None:
    run = await town.run("合唱", opens_in=TO_GO)
    page, asked = await waiting_page(open_page, town, run, wrong_by)
    await page.route("**/seats", lambda route: route.abort())  # the one question before is lost on the way
    button = page.locator("#seats form button.main")
    await page.clock.run_for("02:30")
    await expect(button).to_be_disabled()
    await page.clock.run_for("00:31")
    await expect(button).to_be_enabled()
    assert asked == ["GET seats"]  # nobody asks at the moment of the opening
    await database.execute(OPEN_IT)
    await button.click()
    await expect(page.locator("#seats")).to_contain_text("You have a seat.")
    assert asked == ["GET seats", "POST enrolments"]


async def test_an_opening_that_was_moved_is_heard_of_in_time(
    open_page: OpenPage, town: Town, database: Database
) -> None:
    run = await town.run("合唱", opens_in=TO_GO)
    page, asked = await waiting_page(open_page, town, run, timedelta(0))
    await database.execute(OPEN_IT)
    await page.clock.run_for("02:50")
    await expect(page.locator("#seats form button.main")).to_be_enabled()
    await expect(page.locator("#opening")).to_have_count(0)
    assert asked == ["GET seats"]
