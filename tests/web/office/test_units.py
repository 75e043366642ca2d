"""Reporting units through HTTP: looked after by the district, read in the report, permissions."""

from __future__ import annotations

import csv
import html
import io
import re

import pytest

from elderlearn.places.units import members_of, units_of
from tests import people_standing as standing
from tests.web.conftest import Visit, Visitor
from tests.web.office.test_participation import line, words
from tests.web.office.year import Year

UNITS = "/office/units"
REPORT = "/office/participation?by=unit&period=2025"
ZONE = {"name": "开发区", "kind": "development_zone", "code": "KFQ"}


async def district(visit: Visit, year: Year) -> Visitor:
    return await visit(staff=await standing.district_officer(year.places))


async def a_zone(browser: Visitor, year: Year, starts_on: str = "2025-01-01") -> int:
    """With the community Wang lives in."""
    made = await browser.post(f"{UNITS}/new", ZONE)
    assert made.status_code == 303
    zone = int(made.headers["location"].rpartition("/")[2])
    given = {"place": str(year.places.community.id), "starts_on": starts_on}
    assert (await browser.post(f"{UNITS}/{zone}/places", given)).status_code == 303
    return zone


async def test_a_unit_is_added_gets_a_community_and_stands_in_the_report(visit: Visit, year: Year) -> None:
    browser = await district(visit, year)
    zone = await a_zone(browser, year)
    page = (await browser.get(f"{UNITS}/{zone}")).text
    assert "1-1社区" in page and "from 1 January 2025 on" in page
    report = (await browser.get(REPORT)).text
    assert line(report, "开发区") == ["2", "1", "50.0%", "reached", "1", "0", "12"]
    assert line(report, "In no reporting unit") == ["—", "0", "—", "—", "1", "0", "1"]
    assert line(report, "All together")[1] == "1" and line(report, "All together")[6] == "13"
    assert "as they were on 31 December 2025" in report
    assert 'name="by" value="unit"' in report, "another year keeps the grouping"


async def test_a_unit_leads_down_to_its_communities_their_people_and_back(visit: Visit, year: Year) -> None:
    browser = await district(visit, year)
    await a_zone(browser, year)
    report = html.unescape((await browser.get(REPORT)).text)
    down = next(one for one in re.findall(r'href="([^"]*)"', report) if "unit=KFQ" in one)
    unit = (await browser.get(down)).text
    assert "50.0% of the elders take part regularly." in words(unit)
    assert line(unit, "1-1社区") == ["2", "1", "50.0%", "reached", "1", "0", "12"]
    place = f"place={year.places.community.code}&period=2025"
    assert f"/office/people?{place}&figure=regulars" in html.unescape(unit)
    assert html.escape(f"/office/participation?place={year.places.district.code}&period=2025&by=unit") in unit
    rest = (await browser.get(f"{REPORT}&unit=none")).text
    assert line(rest, "1-2社区")[4] == "1"
    assert (await browser.get(f"{REPORT}&unit=nothing")).status_code == 404


async def test_the_report_by_units_as_a_file(visit: Visit, year: Year) -> None:
    browser = await district(visit, year)
    await a_zone(browser, year)
    answer = await browser.post("/office/participation/export?by=unit&period=2025", {"as": "csv"})
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [one[:5] for one in lines[1:4]] == [
        ["KFQ", "开发区", "2", "1", "0.5"],
        ["none", "In no reporting unit", "", "0", ""],
        [year.places.district.code, "All together", "", "1", ""],
    ]
    months = await browser.post("/office/participation/months/export?by=unit&unit=KFQ&period=2025", {"as": "csv"})
    assert months.status_code == 404, "months are those of places"


async def test_who_moves_a_community_says_so(visit: Visit, year: Year) -> None:
    browser = await district(visit, year)
    zone = await a_zone(browser, year)
    made = await browser.post(f"{UNITS}/new", {"name": "新城", "kind": "new_town", "code": "XC"})
    town = made.headers["location"]
    given = {"place": str(year.places.community.id), "starts_on": "2025-07-01"}
    shown = await browser.sent_back(f"{town}/places", given)
    assert "1-1社区 is in 开发区 since 1 January 2025" in shown.text and 'name="moves"' in shown.text
    assert f'value="{year.places.community.id}" checked' in shown.text
    assert (await browser.send(f"{town}/places", given | {"moves": "yes"})).status_code == 200
    [held] = await members_of(zone)
    assert str(held.ends_on) == "2025-06-30"
    assert line((await browser.get(REPORT)).text, "新城")[1] == "1"


async def test_a_community_and_a_unit_end(visit: Visit, year: Year) -> None:
    browser = await district(visit, year)
    zone = await a_zone(browser, year)
    [held] = await members_of(zone)
    early = await browser.sent_back(f"{UNITS}/{zone}/places/{held.id}", {"ends_on": "2024-01-01"})
    assert "The last day lies before the first." in early.text
    await browser.send(f"{UNITS}/{zone}/places/{held.id}", {"ends_on": "2025-06-30"})
    assert (await members_of(zone))[0].ends_on is not None
    await browser.sent_back(f"{UNITS}/{zone}/end", {"ends_on": "x"})
    await browser.send(f"{UNITS}/{zone}/end", {"ends_on": "2025-03-31"})
    assert str((await members_of(zone))[0].ends_on) == "2025-03-31"
    await browser.send(f"{UNITS}/{zone}/places/{held.id}", {"never": "yes"})
    assert await members_of(zone) == []


async def test_a_wrong_name_or_code_is_told_at_its_field(visit: Visit, year: Year) -> None:
    browser = await district(visit, year)
    zone = await a_zone(browser, year)
    assert "Another unit has this code" in (await browser.sent_back(f"{UNITS}/new", ZONE)).text
    shown = await browser.sent_back(f"{UNITS}/{zone}/change", ZONE | {"name": ""})
    assert "Please write the name." in shown.text
    await browser.send(f"{UNITS}/{zone}/change", ZONE | {"name": "经济开发区"})
    assert [one.name for one in await units_of(year.places.district.id)] == ["经济开发区"]
    nothing = await browser.sent_back(f"{UNITS}/{zone}/places", {"starts_on": "2025-01-01", "place": "x"})
    assert "Please tick at least one community." in nothing.text


@pytest.mark.parametrize("role", ["officer", "auditor", "desk", "other"])
async def test_only_the_district_looks_after_units(visit: Visit, year: Year, role: str) -> None:
    zone = await a_zone(await district(visit, year), year)
    other = await standing.place_tree("330114", "别的区")
    who = {
        "officer": standing.officer(year.places.street), "auditor": standing.auditor(year.places.district),
        "desk": standing.desk(year.places.street), "other": standing.district_officer(other),
    }  # fmt: skip
    people = {name: await made for name, made in who.items()}
    browser = await visit(staff=people[role])
    reads = 200 if role == "auditor" else 404
    for path in (UNITS, f"{UNITS}/{zone}", REPORT, f"{REPORT}&unit=KFQ"):
        own = path in (UNITS, REPORT) and role == "other"  # her own district's, where no unit is
        assert (await browser.get(path)).status_code == (200 if own else reads), path
    [held] = await members_of(zone)
    for path in (f"{zone}/change", f"{zone}/end", f"{zone}/places", f"{zone}/places/{held.id}"):
        assert (await browser.post(f"{UNITS}/{path}", {"ends_on": "2025-12-31"})).status_code == 404, path
    if role != "other":
        assert (await browser.post(f"{UNITS}/new", ZONE)).status_code == 404
    assert [one.id for one in await units_of(year.places.district.id)] == [zone]
    assert (await members_of(zone))[0].ends_on is None
    if role == "auditor":
        assert "checkbox" not in (await browser.get(f"{UNITS}/{zone}")).text


async def test_chips_lead_to_units_where_there_are_some(visit: Visit, year: Year) -> None:
    plain = f"/office/participation?place={year.places.district.code}&period=2025"
    auditor = await visit(staff=await standing.auditor(year.places.district))
    assert "by=unit" not in (await auditor.get(plain)).text
    await a_zone(await district(visit, year), year)
    assert "by=unit" in (await auditor.get(plain)).text
    street = await visit(staff=await standing.officer(year.places.street))
    assert "by=unit" not in (await street.get("/office/participation?period=2025")).text
