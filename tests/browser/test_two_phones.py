"""A leader's phone and a helper's: handed over, scanning in a hall without network, ended and given anew."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from elderlearn.ground.sql import value
from tests.browser.conftest import OpenPage
from tests.checkin.hall import attendances
from tests.conftest import Database
from tests.web.leader.evening import Evening, make_evening

pytestmark = pytest.mark.browser


@pytest.fixture
async def evening(database: Database) -> Evening:
    return await make_evening()


async def digits(leader: Page, evening: Evening) -> str:
    """A new code on the leader's phone."""
    await leader.goto(f"/lead/sessions/{evening.on_now}/helpers")
    await leader.locator("main form[action$='/helpers'] button").click()
    return await leader.locator(".bigcode .digits").inner_text()


async def joins(helper: Page, code: str) -> None:
    await helper.goto("/helper")
    await helper.locator("#f-digits").fill(code)
    await helper.locator("#f-name").fill("王大姐")
    await helper.get_by_role("button", name="Start scanning").click()
    await expect(helper.locator("h1")).to_have_text("Tai chi")


async def types(helper: Page, code: str) -> None:
    await helper.locator("[data-to=typed]").click()
    await helper.locator("#f-code").fill(code)
    await helper.locator("[data-part=typed] button").click()


async def waits(page: Page, many: int) -> None:
    await expect(page.locator("#scans-here")).to_have_attribute("data-waiting", str(many))


async def test_what_an_ended_helper_scanned_stays_on_her_phone_until_the_leader_shows_a_new_code(
    open_page: OpenPage, evening: Evening, database: Database
) -> None:
    leader, helper = await open_page(lang="en", staff=evening.leader), await open_page(lang="en")
    await joins(helper, await digits(leader, evening))
    await expect(leader.locator("#helpers")).to_contain_text("王大姐")  # asked again by itself
    await expect(leader.locator(".bigcode")).to_have_count(0)
    await types(helper, evening.wang.card_code)
    await expect(helper.locator("[data-part=name]")).to_have_text("王**")
    await waits(helper, 0)

    await helper.context.set_offline(True)
    await types(helper, evening.li.card_code)
    await waits(helper, 1)
    await leader.get_by_role("button", name="End the help of 王大姐").click()
    await expect(leader.locator("main")).to_contain_text("1 scan")
    await helper.context.set_offline(False)
    await expect(helper.locator("[data-part=state]")).to_contain_text("This phone may not scan any more.")
    await waits(helper, 1)
    await helper.get_by_role("link", name="What to do now").click()
    await expect(helper.locator("main")).to_contain_text("Your help with scanning has ended.")
    assert len(await attendances()) == 1

    await joins(helper, await digits(leader, evening))
    await waits(helper, 0)
    assert len(await attendances()) == 2
    kept = "SELECT count(*) FROM scan WHERE scan_pass IS NOT NULL AND device IS NOT NULL"
    assert await value(kept) == 2 == await value("SELECT scans FROM device")


async def test_a_phone_that_was_ended_is_led_to_where_it_is_allowed_again(
    open_page: OpenPage, evening: Evening, database: Database
) -> None:
    page = await open_page(lang="en", staff=evening.leader)
    await page.goto(f"/lead/sessions/{evening.on_now}/scan")
    await types(page, evening.wang.card_code)
    await expect(page.locator("[data-part=name]")).to_have_text("王**")
    await waits(page, 0)
    device = await value("SELECT id FROM device")
    await database.execute(
        "UPDATE device SET ended_at = now(), ended_by = $1, end_reason = 'x'", evening.leader.id
    )
    await types(page, evening.li.card_code)
    await waits(page, 1)
    await page.get_by_role("link", name="What to do now").click()
    await expect(page.locator("main")).to_contain_text("This phone was ended.")
    await page.locator(f"form[action='/lead/devices/{device}/allow'] button").click()
    await waits(page, 0)
    assert len(await attendances()) == 2
