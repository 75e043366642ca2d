"""Age, sex, kinds and the strip on the report: there at once for a street, a moment later for the district."""

from __future__ import annotations

import re

from elderlearn.ground.sql import rows
from elderlearn.locale import speaking
from elderlearn.participation.rank import Rank
from elderlearn.web.office.standing import standing_in_words
from tests import people_standing as standing
from tests.web.conftest import Visit
from tests.web.office.test_participation import address, words
from tests.web.office.test_people import linked
from tests.web.office.year import Year


async def test_every_cell_leads_to_as_many_people(visit: Visit, year: Year) -> None:
    await rows("UPDATE resident SET sex = NULL WHERE id = $1", year.zhao)
    browser = await visit(staff=await standing.officer(year.places.street))
    report = (await browser.get(address(year.places.street))).text
    makeup = report[report.index('id="makeup"') :]
    links = {one for one in linked(makeup, "/office/people?") if "band=" in one or "kind=" in one or "sex=" in one}
    assert any("sex=unknown" in one for one in links) and any("kind=lecture" in one for one in links)
    for link in links:
        found = re.search(rf'href="{re.escape(link.replace("&", "&amp;"))}"[^>]*>(\d+)<', makeup)
        assert found, link
        page = (await browser.get(link)).text
        assert words(page.split('class="lead">')[1].split("</p>")[0]).startswith(f"{found[1]} person"), link


async def test_the_district_gets_it_a_moment_later_and_without_javascript_on_a_page(
    visit: Visit, year: Year
) -> None:
    browser = await visit(staff=await standing.district_officer(year.places))
    report = (await browser.get(address(year.places.district))).text
    assert "By age and sex, kinds of learning, other thresholds" in words(report) and "<td" in report
    [later] = set(linked(report, "/office/participation/makeup?"))
    part = (await browser.get(later, htmx=True)).text
    assert part.lstrip().startswith("<section") or "<html" not in part
    whole = (await browser.get(later)).text
    for page in (part, whole):
        said = words(page)
        assert "70 to 74 years" in said and "Lectures132" in said and "100.0% were ticked by hand" in said
    assert "<h1>" in whole


async def test_the_list_is_narrowed_by_its_form_and_leads_back(visit: Visit, year: Year) -> None:
    browser = await visit(staff=await standing.officer(year.places.street))
    asked = f"/office/people?place={year.places.street.code}&period=2025&figure=learners"
    assert "2 persons" in words((await browser.get(asked)).text)
    assert "0 persons" in words((await browser.get(f"{asked}&sex=male")).text)
    page = (await browser.get(f"{asked}&band=70-74&kind=lecture")).text
    assert "2 persons" in words(page) and "70 to 74 years · Lectures" in words(page)
    her = linked(page, "/office/people/")[0]
    assert "band=70-74" in her and "kind=lecture" in linked((await browser.get(her)).text, "/office/people?")[0]


def test_the_second_line_says_points_and_rank() -> None:
    with speaking("en"):
        assert standing_in_words(0.012, Rank(3, 8), "town_street") == (
            "The rate: +1.2 points compared with then. Number 3 of 8 towns and streets by rate."
        )
        assert standing_in_words(None, None, "district") == ""
