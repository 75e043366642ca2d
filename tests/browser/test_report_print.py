"""Reports on paper: one page of A4, figures aligned, and the page says what it is."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.async_api import Page

from elderlearn.ground.sql import rows
from elderlearn.participation.targets import set_target
from elderlearn.places.population import put_population
from tests import people_standing as standing
from tests.browser.conftest import OpenPage
from tests.conftest import Database
from tests.people_standing import CLI, Places
from tests.web.office.year import Year, make_year

pytestmark = pytest.mark.browser

COMMUNITIES = 30
ONE_PAGE = 1
RIGHT_EDGES = """() => [...document.querySelector('main table').querySelectorAll('tr')].map(row =>
    [...row.querySelectorAll('.num')].map(cell => {
        const range = document.createRange();
        range.selectNodeContents(cell.querySelector('a') || cell);
        return Math.round(range.getBoundingClientRect().right);
    }))"""


@pytest.fixture
async def year(database: Database) -> Year:
    """2025, in a street of thirty communities."""
    made = await make_year()
    await more_communities(made.places)
    await set_target(made.places.district.id, 350, starts_on=date(2021, 1, 1), by=CLI)
    await rows("UPDATE district_setting SET is_sample = true")
    return made


async def more_communities(places: Places) -> None:
    """So that the first street has COMMUNITIES, all with figures of six digits' width."""
    await rows(
        """INSERT INTO place (code, name, level, parent, district, valid_from)
        SELECT '330113001' || lpad(n::text, 3, '0'), '大运河第' || n || '社区', 'community', $1, $2, '2021-04-09'
        FROM generate_series(3, $3) AS n""",
        places.street.id,
        places.district.id,
        COMMUNITIES,
    )
    found = await rows("SELECT code FROM place WHERE parent = $1", places.street.id)
    assert len(found) == COMMUNITIES
    lines = [(one["code"], 123456) for one in found]
    await put_population(year=2024, basis="resident", source="样例", lines=lines, by=CLI)


def addresses(year: Year) -> list[str]:
    district, street = year.places.district.code, year.places.street.code
    return [
        f"{path}?place={place}&period=2025"
        for path in ("/office/participation", "/office/organisers")
        for place in (district, street)
    ]


async def pages_of(page: Page) -> int:
    """How many pages of A4 the printer gives out."""
    return len(re.findall(rb"/Type\s*/Page\b", await page.pdf(format="A4", prefer_css_page_size=True)))


@pytest.mark.parametrize(("size", "lang"), [(20, "zh_CN"), (30, "en")])
async def test_a_report_is_one_page_whatever_size_it_is_read_in(
    open_page: OpenPage, year: Year, size: int, lang: str
) -> None:
    page = await open_page(width=1280, size=size, lang=lang, staff=await standing.district_officer(year.places))
    printed = {}
    for address in addresses(year):
        await page.goto(address)
        if "participation" in address:
            await page.locator("#makeup .strip").wait_for()  # of the district it comes a moment later
        printed[address] = await pages_of(page)
    assert printed == dict.fromkeys(printed, ONE_PAGE)


async def test_without_its_own_rules_the_street_would_not_fit(open_page: OpenPage, year: Year) -> None:
    page = await open_page(width=1280, staff=await standing.district_officer(year.places))
    await page.goto(addresses(year)[1])
    await page.evaluate("document.querySelector('link[href*=\"report.css\"]').remove()")
    assert await pages_of(page) > ONE_PAGE


async def test_on_paper_figures_stand_under_each_other_and_the_head_says_what_it_is(
    open_page: OpenPage, year: Year
) -> None:
    page = await open_page(width=794, staff=await standing.district_officer(year.places))
    for address in addresses(year):
        await page.goto(address)
        await page.emulate_media(media="print")
        edges = await page.evaluate(
            RIGHT_EDGES,
        )
        for column in zip(*edges[1:], strict=True):
            assert max(column) - min(column) <= 1, (address, column)
        head = page.locator(".printed")
        assert await head.is_visible()
        said = await head.inner_text()
        assert "2025" in said and "样例" in said and "区" in said
        assert await page.locator("nav, form, button").filter(visible=True).count() == 0
