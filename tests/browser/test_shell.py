"""The frame of every page, in Chromium."""

from __future__ import annotations

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.probes import faults, overflow, too_small, violations

pytestmark = pytest.mark.browser

BAD = """<h1>x</h1><p style="color:#999">grey words on white</p><img src="x.png"><input name="n">
<button style="height:14px;width:14px">k</button><div style="width:2000px">wide</div>"""


@pytest.mark.parametrize("size", [20, 30])
@pytest.mark.parametrize("width", [320, 1280])
async def test_an_error_page_fits_every_screen(open_page: OpenPage, width: int, size: int) -> None:
    page = await open_page(width, size)
    answer = await page.goto("/no/such/page")
    assert answer is not None
    assert answer.status == 404
    assert await faults(page) == []


async def test_the_probes_find_what_they_are_for(open_page: OpenPage) -> None:
    page = await open_page()
    await page.set_content(BAD)
    assert await overflow(page)
    assert await too_small(page)
    assert len(await violations(page)) >= 4


@pytest.mark.parametrize("javascript", [True, False])
async def test_size_and_language_are_chosen_without_javascript(open_page: OpenPage, javascript: bool) -> None:
    page = await open_page(javascript=javascript)
    await page.goto("/sign-in")
    await page.locator("button[name=size][value='30']").click()
    await page.locator("html[data-size='30']").wait_for()
    await page.locator("button[name=language][value=en]").click()
    await page.locator("html[lang=en]").wait_for()
    assert page.url.endswith("/sign-in")
    assert await page.locator("button[value='30'][aria-pressed=true]").count() == 1


async def test_the_base_is_20_24_or_30_px(open_page: OpenPage) -> None:
    for size in (20, 24, 30):
        page = await open_page(size=size)
        await page.goto("/sign-in")
        assert await page.evaluate("getComputedStyle(document.body).fontSize") == f"{size}px"


async def test_nothing_breaks_the_content_security_policy(open_page: OpenPage) -> None:
    page = await open_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    await page.goto("/sign-in")
    assert await page.evaluate("htmx.version") == "2.0.11"
    assert await page.evaluate("htmx.config.allowEval") is False
    assert said == []
