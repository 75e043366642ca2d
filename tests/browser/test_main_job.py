"""The main job on phones of 360 px, in Chinese: she takes a seat, her code is scanned, her street's rate moves."""

from __future__ import annotations

import io
import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Page, expect

from elderlearn.catalogue.schedule import Times
from elderlearn.checkin.sheet import record_sheet
from elderlearn.ground.clock import SHANGHAI, now, today
from elderlearn.ground.sql import rows
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.participation.rules import DEFAULT_RULE
from elderlearn.participation.targets import set_target
from elderlearn.places.periods import ensure_periods
from elderlearn.places.population import put_population
from tests import people_standing as standing
from tests.browser.conftest import OpenPage
from tests.browser.film import film_cards
from tests.browser.steps import digits_sent
from tests.catalogue.runs_standing import DAY, HOUR, a_course, open_run
from tests.people_standing import CLI, Places

pytestmark = pytest.mark.browser

HER_PHONE, LEADERS_PHONE = "13800138000", "13600136000"
ELDERS = 200  # of the street, so that one person is half a point


async def test_she_takes_a_seat_her_code_is_scanned_and_the_rate_moves_by_one_person(
    open_page: OpenPage, tmp_path: Path
) -> None:
    places = await standing.place_tree()
    session = await one_visit_short(places)
    officer = await open_page(staff=await standing.officer(places.street))
    await officer.goto("/office")
    await expect(officer.locator(".rate")).to_have_text(re.compile("到目前为止，0.0% 的老年人经常参与。"))
    await expect(officer.locator(".number").first).to_have_text(re.compile("^\\s*0\\s*经常性参与人数"))

    her = await open_page()
    picture = await takes_a_seat_and_opens_her_code(her)
    leader = await open_page(camera_film=film_cards(tmp_path / "her.mjpeg", [picture]))
    await scans_her(leader)
    assert await rows("SELECT session FROM attendance WHERE session = $1 AND source = 'scan'", session)

    await officer.reload()
    await expect(officer.locator(".rate")).to_have_text(re.compile("到目前为止，0.5% 的老年人经常参与。"))
    await expect(officer.locator(".number").first).to_have_text(re.compile("^\\s*1\\s*经常性参与人数"))
    await officer.goto(f"/office/participation?place={places.community.code}")
    await expect(officer.locator(".number").first).to_have_text(re.compile("^\\s*1\\s*经常性参与人数"))


async def one_visit_short(places: Places) -> int:
    """She came on one day less than a regular does. The session that is on now, of a class with free seats."""
    days = await days_of_a_regular(places)
    her = await standing.resident(places.community, name="王秀英", phone=HER_PHONE)
    leader = await standing.leader(places.street, phone=LEADERS_PHONE)
    lectures = await open_run(
        await a_course(places.community, title="健康讲座"), kind="lecture", entry="drop_in", seats=None,
        opens_at=None, closes_at=None, credited_minutes=45,
        sessions=tuple(hour(today() - DAY * back) for back in range(1, days)),
    )  # fmt: skip
    for session in lectures.session_ids:
        await record_sheet(session, [her.resident_id], by=CLI)
    begins = max(now() - timedelta(minutes=30), datetime.combine(today(), datetime.min.time(), SHANGHAI))
    class_now = await open_run(
        await a_course(places.community, title="太极拳", name="东湖老年学堂"), seats=20, leaders=(leader.id,),
        sessions=tuple(Times(at, at + 2 * HOUR) for at in (begins, begins + 7 * DAY)), opens_at=now() - DAY,
        closes_at=now() + 5 * DAY,
    )  # fmt: skip
    await put_population(
        year=today().year - 1, basis="resident", source="样例", lines=[(places.street.code, ELDERS)], by=CLI
    )
    await set_target(places.district.id, 350, starts_on=date(2021, 1, 1), by=CLI)
    return class_now.session_ids[0]


async def days_of_a_regular(places: Places) -> int:
    """Twelve; in the first days of January, when nobody can have come so often yet, as many as there were."""
    assert DEFAULT_RULE.days is not None
    days = min(DEFAULT_RULE.days, today().timetuple().tm_yday)
    async with unit_of_work():
        await ensure_periods([(places.district.id, today())])
        await rows("UPDATE stat_period SET days = $1", days)
    return days


def hour(on: date) -> Times:
    """45 minutes of a day: eleven of them are no 16 class hours yet, whatever today adds."""
    at = datetime.combine(on, datetime.min.time(), SHANGHAI) + timedelta(hours=9)
    return Times(at, at + timedelta(minutes=45))


async def signs_in(page: Page, phone: str) -> None:
    """Where she is asked to: by the six digits that the page of the trial shows."""
    await page.locator("#f-phone").fill(phone)
    await page.locator("form[action='/sign-in'] .main").click()
    await page.locator("#f-code").wait_for()
    await page.locator("#f-code").fill(await digits_sent(page))
    await page.locator("form[action='/sign-in/code'] .main").click()


async def takes_a_seat_and_opens_her_code(her: Page) -> Image.Image:
    """From the first page to the code on her screen."""
    await her.goto("/courses")
    await her.get_by_role("link", name="太极拳").click()
    await her.locator("#seats a.main").click()
    await signs_in(her, HER_PHONE)
    await her.locator("#seats button.main").click()
    await expect(her.locator("#seats .note.done")).to_be_visible()
    await her.locator("#seats a.main").click()
    await expect(her).to_have_url(re.compile("/my/code$"))
    return Image.open(io.BytesIO(await her.locator(".bigcode svg").screenshot()))


async def scans_her(leader: Page) -> None:
    """From the sign-in to the name in green."""
    await leader.goto("/lead")
    await leader.goto("/sign-in?audience=leader&next=/lead")
    await signs_in(leader, LEADERS_PHONE)
    await leader.get_by_role("link", name="给学员签到").click()
    await expect(leader.locator(".counter")).to_have_text(re.compile("0 / 1"))
    await leader.get_by_role("button", name="打开相机扫码").click()
    last = leader.locator("[data-part=last]")
    await expect(last).to_have_class(re.compile(r"\bdone\b"))
    await expect(last).to_have_text(re.compile("王\\*\\*\\s*签到成功"))
    await expect(leader.locator("[data-part=state].done")).to_be_visible()
    await expect(leader.locator(".counter")).to_have_text(re.compile("1 / 1"))
    await leader.get_by_role("button", name="姓名").click()
    await expect(leader.locator(".person .tag.done")).to_have_text("已到")
