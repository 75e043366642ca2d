"""The code of the hall in real browsers: the projector, her phone, and whoever gets a picture of it at home."""

from __future__ import annotations

import base64
import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.async_api import Page, expect

from elderlearn.checkin.claim import screen_address
from elderlearn.checkin.poster import PosterWords, draw_poster
from elderlearn.ground.clock import now
from elderlearn.ground.sql import rows
from elderlearn.locale import speaking
from tests import people_standing as standing
from tests.browser.conftest import OpenPage, Site
from tests.browser.steps import digits_sent
from tests.browser.test_card_decodes import DECODE, png
from tests.conftest import Database
from tests.web.leader.evening import Evening, make_evening

pytestmark = pytest.mark.browser

PHONE = "13800138000"
WRONG_CLOCK = """
const shift = 3 * 3600 * 1000, Real = Date;
window.Date = class extends Real {
    constructor(...given) { given.length ? super(...given) : super(Real.now() + shift); }
    static now() { return Real.now() + shift; }
};
"""
# A second of the page lasts a tenth: what waits for a quarter of a minute happens while one looks.
QUICK = """
const slow = performance.now.bind(performance);
performance.now = () => slow() * 10;
"""


@pytest.fixture
async def evening(database: Database) -> Evening:
    return await make_evening()


async def read_code(page: Page) -> str:
    """What a phone's camera sees on the screen, by our own decoder."""
    picture = await page.locator("[data-part=picture]").screenshot()
    code = await page.evaluate(DECODE, base64.b64encode(picture).decode())
    assert isinstance(code, str)
    return code


async def open_screen(open_page: OpenPage, evening: Evening, *scripts: str, **options: object) -> Page:
    screen = await open_page(width=1280, staff=evening.leader, **options)
    for script in scripts:
        await screen.add_init_script(script)
    await screen.goto(f"/lead/sessions/{evening.on_now}/venue")
    return screen


async def test_from_the_screen_to_her_name_on_the_leaders_page(
    open_page: OpenPage, evening: Evening, site: Site
) -> None:
    her = await standing.resident(evening.places.community, name="陈桂芳", phone=PHONE)
    screen = await open_screen(open_page, evening)
    address = await read_code(screen)
    assert address.startswith(site.url.upper() + "/V/")
    phone = await open_page(width=360)
    await phone.goto(urlsplit(address).path)
    await expect(phone.locator("h2").first).to_have_text("Tai chi")
    await phone.locator("main a.main").click()
    await phone.locator("#f-phone").fill(PHONE)
    await phone.locator("form[action='/sign-in'] .main").click()
    await phone.locator("#f-code").fill(await digits_sent(phone))
    await phone.locator("form[action='/sign-in/code'] .main").click()
    await expect(phone).to_have_url(re.compile(f"/here/{evening.on_now}$"))
    assert await rows("SELECT 1 FROM attendance") == []
    await phone.locator("button.press").dblclick()
    await expect(phone.locator("h1")).to_have_text("已签到")
    await expect(phone.locator(".name-big")).to_have_text("陈桂芳")
    assert [tuple(one.values()) for one in await rows("SELECT resident, source FROM attendance")] == [
        (her.resident_id, "venue")
    ]
    await phone.go_back()
    await expect(phone.locator("h1")).to_have_text("已签到")
    leader = await open_page(width=360, staff=evening.leader)
    await leader.goto(f"/lead/sessions/{evening.on_now}")
    await expect(leader.locator("#people")).to_contain_text("陈**")


async def test_the_code_changes_by_itself_on_a_computer_whose_clock_is_three_hours_wrong(
    open_page: OpenPage, evening: Evening
) -> None:
    screen = await open_screen(open_page, evening, WRONG_CLOCK)
    assert abs(await screen.evaluate("Date.now()") / 1000 - now().timestamp()) > 10_000
    first = await read_code(screen)
    fresh = {urlsplit(screen_address(evening.on_now, now() + timedelta(seconds=s))).path for s in (-15, 0)}
    assert urlsplit(first).path in fresh
    await screen.wait_for_function(
        "was => document.querySelector('[data-part=picture] svg path')?.getAttribute('d') !== was",
        arg=await screen.locator("[data-part=picture] svg path").get_attribute("d"),
        timeout=20_000,
    )
    second = await read_code(screen)
    fresh = {urlsplit(screen_address(evening.on_now, now() + timedelta(seconds=s))).path for s in (-15, 0)}
    assert second != first and urlsplit(second).path in fresh
    await expect(screen.locator("[data-part=over]")).to_be_hidden()


async def test_without_network_the_code_goes_and_comes_back_by_itself(
    open_page: OpenPage, evening: Evening
) -> None:
    screen = await open_screen(open_page, evening, QUICK)
    await expect(screen.locator("[data-part=picture]")).to_be_visible()
    await screen.context.set_offline(True)
    await expect(screen.locator("[data-part=trying]")).to_be_visible()
    await expect(screen.locator("[data-part=picture]")).to_be_hidden()
    await expect(screen.locator("[data-part=over]")).to_contain_text("没有网络")
    await screen.context.set_offline(False)
    await expect(screen.locator("[data-part=picture]")).to_be_visible()
    await expect(screen.locator("[data-part=over]")).to_be_hidden()


async def test_without_javascript_the_page_asks_for_the_next_code_itself(
    open_page: OpenPage, evening: Evening
) -> None:
    screen = await open_screen(open_page, evening, javascript=False)
    was = await screen.locator("[data-part=picture] svg path").get_attribute("d")
    assert was
    async with screen.expect_navigation(timeout=20_000):
        pass
    assert await screen.locator("[data-part=picture] svg path").get_attribute("d") != was


async def test_a_picture_of_the_screen_opened_at_home_a_minute_later_is_worthless(
    open_page: OpenPage, evening: Evening
) -> None:
    old = urlsplit(screen_address(evening.on_now, now() - timedelta(seconds=46))).path
    phone = await open_page(width=360, resident=evening.wang.resident_id)
    await phone.goto(old)
    await expect(phone.locator("h1")).to_have_text("请重新扫码")
    assert await phone.locator("button.press").count() == 0
    assert await rows("SELECT 1 FROM scan") == []


async def test_a_phone_reads_the_poster_from_three_steps_away(open_page: OpenPage, database: Database) -> None:
    page = await open_page()
    await page.goto("/sign-in")
    address = "HTTPS://LEARN.EXAMPLE.CN/V/AEAQAAAAMJTREXGQ3TAV2I5T"
    with speaking("zh_CN"):
        words = PosterWords(address, "太极拳（初级）", "2026年12月3日 星期四 上午9:00", "东湖社区文化家园 二楼")
        poster = draw_poster(words, "临平区老年学堂", "0571-8622 0000")
    far = poster.resize((poster.width // 6, poster.height // 6), Image.Resampling.BILINEAR)
    for seen in (poster, far, far.rotate(8, expand=True, fillcolor="#777777")):
        assert await page.evaluate(DECODE, png(seen)) == address
