"""A physical course on a phone of 360 px with the largest text: three screens to a seat, nothing asked twice."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from elderlearn.catalogue.run_rules import RunRules
from elderlearn.catalogue.set_rules import set_rules
from tests import people_standing as standing
from tests.browser.conftest import OpenPage
from tests.catalogue.runs_standing import a_run
from tests.conftest import Database
from tests.people_standing import CLI

pytestmark = pytest.mark.browser


async def test_she_says_whom_to_ring_agrees_and_has_her_seat(open_page: OpenPage, database: Database) -> None:
    places = await standing.place_tree()
    her = (await standing.resident(places.community)).resident_id
    run = await a_run(places)
    await set_rules(run, RunRules(women_from=50, needs_contact=True, needs_health_notice=True), by=CLI)
    for javascript in (True, False):
        page = await open_page(size=30, resident=her, javascript=javascript)
        await page.goto(f"/courses/{run}")
        await expect(page.locator(".who-may")).to_contain_text("所有人可以报名")
        await page.locator("#seats button.main").click()
        await expect(page.locator("#health-notice")).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth") <= 360
    await page.locator("#f-name").fill("王小明")
    await page.locator("#f-phone").fill("13900139000")
    await page.locator("label.tick:has(#f-health)").click()
    await page.locator("main form .main").click()
    await expect(page.locator("#seats .note.done")).to_be_visible()
    assert page.url.endswith(f"/courses/{run}#seats")
    assert await database.value("SELECT seats_taken FROM course_run WHERE id = $1", run) == 1
