"""The second view through HTTP: what was held, never on one table with the first."""

from __future__ import annotations

import html
import re

import pytest

from tests import people_standing as standing
from tests.catalogue.runs_standing import an_organisation
from tests.people_standing import PlaceRow
from tests.web.conftest import Visit
from tests.web.office.test_participation import address, line, words
from tests.web.office.test_people import linked
from tests.web.office.year import Year


def held(place: PlaceRow, period: str = "2025", more: str = "") -> str:
    return f"/office/organisers?place={place.code}&period={period}{more}"


async def test_from_the_district_to_a_street_to_an_organisation_to_its_runs_and_back(
    visit: Visit, year: Year
) -> None:
    browser = await visit(staff=await standing.district_officer(year.places))
    district = (await browser.get(held(year.places.district))).text
    assert line(district, "第1街道") == ["12", "16.0", "26.0", "13", "2"]
    assert line(district, "第2街道") == ["0", "0.0", "0.0", "0", "0"]
    assert line(district, "All together") == ["12", "16.0", "26.0", "13", "2"]
    assert held(year.places.street) in linked(district, "/office/organisers?")
    street = (await browser.get(held(year.places.street))).text
    assert line(street, "All together") == ["12", "16.0", "26.0", "13", "2", "100.0%", "0.0%"]
    [organisation] = linked(street, "/office/organisers/")
    runs = (await browser.get(organisation)).text
    assert line(runs, "Health")[:5] == ["12", "16.0", "26.0", "13", "2"]
    assert held(year.places.street) in linked(runs, "/office/organisers?")
    [run] = linked(runs, "/planning/runs/")
    assert (await browser.get(run)).status_code == 200


async def test_the_two_views_lead_to_each_other_and_share_no_table(visit: Visit, year: Year) -> None:
    browser = await visit(staff=await standing.officer(year.places.street))
    first = (await browser.get(address(year.places.street))).text
    second = (await browser.get(held(year.places.street))).text
    assert held(year.places.street) in linked(first, "/office/organisers?")
    assert address(year.places.street) in linked(second, "/office/participation?")
    assert "Sessions held" not in first
    assert not {"Elders", "Rate", "Regulars"} & set(words(second).split("(")[0].split())
    assert "These figures enter no rate." in words(second)


async def test_organisations_that_held_nothing_are_folded_away(visit: Visit, year: Year) -> None:
    await an_organisation(year.places.next_community, name="静学堂")
    browser = await visit(staff=await standing.officer(year.places.street))
    page = (await browser.get(held(year.places.street))).text
    assert "1 organisation held nothing in this year" in words(page)
    assert "静学堂" in page and "静学堂" not in page[page.index("<tbody") : page.index("</tbody")]
    empty = (await browser.get(held(year.places.street, "2019"))).text
    assert "Nothing was held in 2019" in empty and "2 organisations held nothing in this year" in words(empty)


async def test_a_street_sees_its_own_organisers_only(visit: Visit, year: Year) -> None:
    own = await visit(staff=await standing.officer(year.places.street))
    [organisation] = linked((await own.get(held(year.places.street))).text, "/office/organisers/")
    assert (await own.get(organisation)).status_code == 200
    other = await visit(staff=await standing.officer(year.places.other_street))
    desk = await visit(staff=await standing.desk(year.places.street))
    for browser in (other, desk):
        assert (await browser.get(held(year.places.street))).status_code == 404
        assert (await browser.get(organisation)).status_code == 404
    auditor = await visit(staff=await standing.auditor(year.places.district))
    assert (await auditor.get(organisation)).status_code == 200
    for id in ("0", "999999", str(10**30)):
        assert (await own.get(f"/office/organisers/{id}")).status_code == 404


async def test_the_table_is_sorted_by_any_column(visit: Visit, year: Year) -> None:
    browser = await visit(staff=await standing.district_officer(year.places))
    page = (await browser.get(held(year.places.district))).text
    assert page.count("aria-sort") == 1 and 'aria-sort="descending"' in page
    by_name = next(one for one in linked(page, "/office/organisers?") if "order=name" in one)
    assert f"place={year.places.district.code}" in by_name and "period=2025" in by_name
    assert 'aria-sort="ascending"' in (await browser.get(by_name)).text


@pytest.mark.parametrize("query", ["period=x", "order=%27", "order=by_hand", "place=", "page=7"])
async def test_strange_values_show_a_report(visit: Visit, year: Year, query: str) -> None:
    browser = await visit(staff=await standing.district_officer(year.places))
    assert (await browser.get(f"/office/organisers?{query}")).status_code == 200


async def test_a_printed_page_says_place_year_moment_and_sample(visit: Visit, year: Year) -> None:
    browser = await visit(staff=await standing.officer(year.places.street))
    for path in (held(year.places.street), address(year.places.street)):
        page = (await browser.get(path)).text
        [printed] = re.findall(r'<p class="onlyprint printed">(.*?)</p>', page, re.S)
        said = html.unescape(printed)
        assert "第1街道" in said and "2025" in said and "counted up to" in said and "sample" not in said
