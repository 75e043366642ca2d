"""A daughter enrols both her parents on a phone of 360 px in the largest text; her mother ends it."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, expect

from elderlearn.ground.sql import rows
from elderlearn.people.cards import current_code
from tests.browser.conftest import OpenPage
from tests.browser.steps import digits_sent
from tests.catalogue.runs_standing import a_course, open_run
from tests.conftest import Database
from tests.people.care.family import MOTHERS, Family, make_family

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("javascript", [True, False])
async def test_a_carer_enrols_two_parents_and_one_of_them_ends_it(
    database: Database, open_page: OpenPage, javascript: bool
) -> None:
    family = await make_family()
    run = await open_run(await a_course(family.places.community, title="太极拳"), seats=1)
    phone = await open_page(
        resident=family.daughter.resident_id, width=360, size=30, lang="zh_CN", javascript=javascript
    )
    await adds_her_mother_by_the_digits(phone)
    await adds_her_father_by_his_card(phone, family)
    await phone.goto(f"/courses/{run.run_id}")
    await phone.locator("#seats a.main").click()
    for name in ("王秀英", "李建国"):
        await phone.get_by_label(name).check()
    await phone.locator("main form .main").click()
    await expect(phone.locator("main .tag.done")).to_have_text("已报上")
    await expect(phone.locator("main .tag.wait")).to_have_text("排在第 1 位")
    done = await rows("SELECT channel, state FROM enrolment ORDER BY resident")
    assert [tuple(one) for one in done] == [("carer", "seated"), ("carer", "waiting")]

    hers = await open_page(resident=family.mother.resident_id, width=360, size=30, lang="zh_CN")
    await hers.goto("/my/home")
    await hers.locator("a[href='/my/family']").click()
    await hers.locator("main button.danger").click()
    await expect(hers.locator("#flash .note.done")).to_be_visible()
    await phone.goto("/my/family")
    await expect(phone.locator("main .card h3")).to_have_text("李建国")


async def adds_her_mother_by_the_digits(phone: Page) -> None:
    """Who, how she agrees, done: three screens from the list."""
    await phone.goto("/my/family")
    await phone.locator("a[href='/my/family/new']").click()
    await phone.locator("#f-name").fill("王秀英")
    await phone.locator("#f-phone").fill(MOTHERS)
    await phone.locator("main form .main").click()
    await phone.locator("#f-code").fill("000000")
    await phone.locator("main form .main").click()
    await phone.locator("#errors").wait_for()
    await phone.locator("#f-code").fill(await digits_sent(phone))
    await phone.locator("main form .main").click()
    await expect(phone).to_have_url(re.compile(r"/my/family/\d+$"))
    await expect(phone.locator("h1")).to_have_text("王秀英")


async def adds_her_father_by_his_card(phone: Page, family: Family) -> None:
    """He has no phone that is on file: his number and his birth date."""
    card = await current_code(family.father.resident_id)
    assert card is not None
    await phone.goto("/my/family/new")
    await phone.locator("#f-name").fill("李建国")
    await phone.locator("main form .main").click()
    await phone.locator("#f-card").fill(card.number)
    await phone.locator("#f-born_on").fill("1950.11.2")
    await phone.locator("main form .main").click()
    await expect(phone.locator("h1")).to_have_text("李建国")
