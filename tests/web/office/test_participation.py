"""The report through HTTP: who sees which place, and what stands there."""

from __future__ import annotations

import html
import re

import pytest

from elderlearn.ground.sql import rows
from tests import people_standing as standing
from tests.people_standing import PlaceRow
from tests.web.conftest import Visit
from tests.web.office.year import Year


def address(place: PlaceRow, period: str = "2025") -> str:
    return f"/office/participation?place={place.code}&period={period}"


def words(page: str) -> str:
    """Without tags, for reading sentences that hold a <strong>."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", page)))


def line(page: str, name: str) -> list[str]:
    """The figures of one row of the table."""
    row = next(one for one in page.split("<tr")[1:] if f">{name}<" in one)
    return [words(cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)]


async def test_a_street_reads_its_sentence_and_the_lines_of_its_communities(visit: Visit, year: Year) -> None:
    browser = await visit(staff=await standing.officer(year.places.street))
    page = (await browser.get(address(year.places.street))).text
    assert "25.0% of the elders take part regularly." in words(page)
    assert "The target of 35.0% was missed by 1 persons (−10.0 points)." in words(page)
    assert line(page, "1-1社区") == ["2", "1", "50.0%", "reached", "1", "0", "12"]
    assert line(page, "1-2社区") == ["not filled in", "0", "—", "—", "1", "0", "1"]
    assert line(page, "Not yet assigned")[1] == "0"
    assert line(page, "All together") == ["4", "1", "25.0%", "1", "2", "0", "13"]


async def test_the_foot_names_the_rule_the_elders_and_the_moment(visit: Visit, year: Year) -> None:
    browser = await visit(staff=await standing.officer(year.places.street))
    page = words((await browser.get(address(year.places.street))).text)
    assert "16 class hours on at least 4 days or 12 different days or one completed course" in page
    assert "Elders: the figures of 2024 (people living here), source: Census office." in page
    assert "Counted up to today" in page and "rule version 1" in page


async def test_without_a_denominator_there_is_no_rate(visit: Visit, year: Year) -> None:
    browser = await visit(staff=await standing.district_officer(year.places))
    page = (await browser.get(address(year.places.district))).text
    assert "How many elders live here is not filled in, so there is no rate." in words(page)
    assert line(page, "第2街道") == ["not filled in", "0", "—", "—", "0", "0", "0"]
    assert "Elders: not filled in" in words(page)


async def test_a_running_year_is_never_judged(visit: Visit, year: Year) -> None:
    browser = await visit(staff=await standing.officer(year.places.street))
    page = (await browser.get("/office/participation")).text
    assert "0.0% of the elders take part regularly so far. Still 2 to go to the target of 35.0%." in words(page)
    assert not re.search(r'class="(?:num )?miss"', page)
    assert "below target" not in page and "missed" not in page
    ended = (await browser.get(address(year.places.street))).text
    assert 'class="miss"' in ended and 'class="num miss"' in ended


async def test_a_year_of_which_nothing_is_recorded_is_not_judged_either(visit: Visit, year: Year) -> None:
    browser = await visit(staff=await standing.officer(year.places.street))
    page = (await browser.get(address(year.places.street, "2024"))).text
    assert "Nothing was recorded for 2024." in words(page)
    assert "below target" not in page and 'class="num miss"' not in page


async def test_the_way_leads_from_the_district_to_a_street_to_a_community_and_back(
    visit: Visit, year: Year
) -> None:
    browser = await visit(staff=await standing.district_officer(year.places))
    places = year.places
    page = (await browser.get(address(places.district))).text
    down = html.escape(address(places.street))
    assert page.count(f'href="{down}"') == 2  # the bar and the row
    street = (await browser.get(address(places.street))).text
    assert f'href="{html.escape(address(places.community))}"' in street
    assert f'href="{html.escape(address(places.district))}"' in street
    community = (await browser.get(address(places.community))).text
    assert "50.0% of the elders take part regularly." in words(community)
    assert "All figures" not in community and f'href="{html.escape(address(places.street))}"' in community


async def test_outsiders_are_listed_with_the_district_only(visit: Visit, year: Year) -> None:
    browser = await visit(staff=await standing.district_officer(year.places))
    assert "Live elsewhere" in (await browser.get(address(year.places.district))).text
    street = (await browser.get(address(year.places.street))).text
    assert "Live elsewhere" not in street and "are listed for the whole district" in street


async def test_a_street_sees_only_itself(visit: Visit, year: Year) -> None:
    browser = await visit(staff=await standing.officer(year.places.street))
    other = await standing.place_tree("330114", "别的区")
    for place in (year.places.district, year.places.other_street, year.places.other_community, other.street):
        assert (await browser.get(address(place))).status_code == 404, place.name
    page = (await browser.get(address(year.places.street))).text
    assert year.places.district.code not in page  # nothing above is hers to see


async def test_the_auditor_reads_and_the_desk_does_not(visit: Visit, year: Year) -> None:
    auditor = await visit(staff=await standing.auditor(year.places.district))
    assert (await auditor.get(address(year.places.other_street))).status_code == 200
    desk = await visit(staff=await standing.desk(year.places.street))
    assert (await desk.get(address(year.places.street))).status_code == 404


async def test_the_table_is_sorted_by_any_column_and_keeps_place_and_year(visit: Visit, year: Year) -> None:
    browser = await visit(staff=await standing.officer(year.places.street))
    page = (await browser.get(address(year.places.street))).text
    by_place = html.unescape(re.findall(r'href="([^"]*order=place)"', page)[0])
    assert f"place={year.places.street.code}" in by_place and "period=2025" in by_place
    sorted_page = (await browser.get(by_place)).text
    assert 'aria-sort="ascending"' in sorted_page and sorted_page.count("aria-sort") == 1
    table = sorted_page[sorted_page.index("<tbody") :]
    assert table.index("1-1社区") < table.index("1-2社区") < table.index("Not yet assigned")
    assert 'name="order" value="place"' in sorted_page


@pytest.mark.parametrize(
    "query",
    ["period=x", "period=99999", "period=%00", "period=-1", "order=%27", "period=2025-09", "place=", "a=b&a=c"],
)
async def test_strange_values_in_the_address_show_the_running_year(visit: Visit, year: Year, query: str) -> None:
    browser = await visit(staff=await standing.officer(year.places.street))
    assert (await browser.get(f"/office/participation?{query}")).status_code == 200


@pytest.mark.parametrize("code", ["x", "%ff", "330113000001%00", "1" * 5000, "<script>"])
async def test_a_place_that_is_none_is_not_there(visit: Visit, year: Year, code: str) -> None:
    browser = await visit(staff=await standing.district_officer(year.places))
    answer = await browser.get(f"/office/participation?place={code}")
    assert answer.status_code == 404
    assert "<script>" not in answer.text


@pytest.mark.parametrize("is_sample", [True, False])
async def test_sample_figures_say_so(visit: Visit, year: Year, is_sample: bool) -> None:
    await rows("UPDATE district_setting SET is_sample = $1", is_sample)
    browser = await visit(staff=await standing.officer(year.places.street))
    assert ("Sample figures" in (await browser.get(address(year.places.street))).text) is is_sample
