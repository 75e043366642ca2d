"""Figures of elders through HTTP: what does not fit, what is missing, their history, the form of a street."""

from __future__ import annotations

import html
import re

import pytest

from elderlearn.checkin.sheet import record_sheet
from elderlearn.places.population import put_population
from tests import people_standing as standing
from tests.conftest import Database
from tests.people_standing import CLI, PlaceRow
from tests.web.conftest import Visit, Visitor
from tests.web.office.test_participation import address, line, words
from tests.web.office.year import Year

HISTORY = "/office/population/history"
FORM = "/office/population"


async def put(*lines: tuple[PlaceRow, int], year: int = 2024, source: str = "Census office") -> None:
    codes = [(place.code, elders) for place, elders in lines]
    await put_population(year=year, basis="resident", source=source, lines=codes, by=CLI)


async def district(visit: Visit, year: Year) -> Visitor:
    return await visit(staff=await standing.district_officer(year.places))


async def test_what_does_not_fit_is_a_sentence_with_the_way_to_its_form(visit: Visit, year: Year) -> None:
    await put((year.places.next_community, 3))
    browser = await district(visit, year)
    page = (await browser.get(HISTORY)).text
    said = "the communities come to 5, the street itself says 4: a difference of 1."
    assert f"第1街道, 2024, People living here: {said}" in words(page)
    links = re.findall(r'href="([^"]*)"', html.unescape(page))
    form = next(one for one in links if f"year=2024&basis=resident&place={year.places.street.code}" in one)
    shown = (await browser.get(form)).text
    assert 'name="e330113001001"' in shown and 'value="3"' in shown
    assert "The communities together: 5. The street says 1 less." in words(shown)


async def test_the_report_says_in_one_line_how_much_does_not_fit(visit: Visit, year: Year) -> None:
    browser = await district(visit, year)
    report = address(year.places.district)
    assert "not fit" not in (await browser.get(report)).text
    await put((year.places.next_community, 3), (year.places.other_community, 0))
    page = (await browser.get(report)).text
    assert "2 things do not fit among the numbers of elders." in words(page) and f'href="{HISTORY}"' in page
    street = await visit(staff=await standing.officer(year.places.street))
    assert "not fit among" not in (await street.get(address(year.places.street))).text


async def test_more_regulars_than_elders_is_told_to_everybody_who_reads_the_rate(visit: Visit, year: Year) -> None:
    await put((year.places.community, 1), (year.places.street, 4))
    report = address(year.places.street)
    officer = await visit(staff=await standing.officer(year.places.street))
    assert "more people take part" not in (await officer.get(report)).text, "one of one is all of them"
    wang = await standing.resident(year.places.community, name="钱月英")
    await put_all_days(year, wang.resident_id)
    page = (await officer.get(report)).text
    assert line(page, "1-1社区")[2] == "200.0%"
    assert "In 1 place more people take part regularly than elders are written down." in words(page)
    assert HISTORY not in page
    browser = await district(visit, year)
    said = words((await browser.get(HISTORY)).text)
    assert "1-1社区, 2025, People living here: 2 people take part regularly, but only 1 elders" in said


async def put_all_days(year: Year, resident_id: int) -> None:
    for session in year.sessions:
        await record_sheet(session, [resident_id], by=CLI)


async def test_0_elders_are_no_rate_and_an_alarm(visit: Visit, year: Year) -> None:
    await put((year.places.community, 0))
    browser = await district(visit, year)
    page = (await browser.get(address(year.places.community))).text
    assert "1 people take part regularly. 0 elders are written down here, so there is no rate." in words(page)
    street = (await browser.get(address(year.places.street))).text
    assert line(street, "1-1社区")[:4] == ["0", "1", "—", "—"]
    assert "0 elders are written down, and nothing can be divided by 0." in words(
        (await browser.get(HISTORY)).text
    )


async def test_what_is_missing_is_named_year_by_year(visit: Visit, year: Year) -> None:
    browser = await district(visit, year)
    page = words((await browser.get(HISTORY)).text)
    assert "2025, People living here" in page, "counted, ended, and without any figure"
    assert "第1街道: 1 of 2 communities has no figure (1-2社区)." in page
    assert "第2街道: 2 of 2 communities have no figure (2-1社区, 2-2社区). So there is no rate for it." in page


async def test_the_form_of_a_street_takes_its_communities(visit: Visit, year: Year, database: Database) -> None:
    browser, street = await district(visit, year), year.places.street
    given = {
        "year": "2025", "basis": "resident", "place": street.code, "source": "sample",
        f"e{street.code}": "5", "e330113001001": "2", "e330113001002": "2",
    }  # fmt: skip
    told = await browser.post(FORM, given)
    assert told.status_code == 422
    assert "The communities do not add up to the street." in told.text
    assert "people without a community are counted in the street" in told.text
    assert await database.value("SELECT count(*) FROM elder_population WHERE year = 2025") == 0
    saved = await browser.post(FORM, given | {"differs": "yes"})
    assert saved.status_code == 303 and f"place={street.code}" in saved.headers["location"]
    figures = "SELECT elders FROM elder_population WHERE year = 2025 AND is_preferred ORDER BY place"
    assert [one["elders"] for one in await database.fetch(figures)] == [5, 2, 2]
    page = (await browser.get(HISTORY)).text
    assert "a difference of 1" in words(page) and "said so while typing it in" in page
    assert "things do not fit" not in (await browser.get(address(year.places.district))).text
    for code in (year.places.community.code, "330114000000", "x"):
        assert (await browser.get(f"{FORM}?place={code}")).status_code == 404, code


async def test_what_is_right_as_it_is_needs_a_reason_and_goes_from_the_list(visit: Visit, year: Year) -> None:
    await put((year.places.next_community, 3))
    browser = await district(visit, year)
    page = (await browser.get(HISTORY)).text
    [key] = re.findall(r'name="alarm" value="(\w+)"', page)
    no_reason = await browser.send(HISTORY, {"alarm": key, "note": " "})
    assert "Please write why the figures are right." in no_reason.text and key in no_reason.text
    done = await browser.send(HISTORY, {"alarm": key, "note": "a hamlet between two"})
    assert key not in done.text and "a hamlet between two" in done.text and "All figures on file fit" in done.text
    again = await browser.send(HISTORY, {"alarm": key, "note": "once more"})
    assert "The figures have changed meanwhile." in again.text


async def test_two_sources_differ_and_the_earlier_one_is_made_to_hold_again(
    visit: Visit, year: Year, database: Database
) -> None:
    await put((year.places.street, 9), source="Police")
    browser, street = await district(visit, year), year.places.street
    said = words((await browser.get(HISTORY)).text)
    assert "the sources differ: 9 (Police), 4 (Census office). Reports use the first." in said
    place = f"/office/population/places/{street.id}"
    page = (await browser.get(place)).text
    assert "9 · Police" in words(page) and "before: 4" in page
    [figure] = re.findall(r'name="figure" value="(\d+)"', page)
    shown = await browser.send(place, {"figure": figure})
    assert "made valid again" in shown.text and "before: 9" in shown.text
    held = "SELECT elders FROM elder_population WHERE is_preferred AND place = $1"
    assert await database.value(held, street.id) == 4
    other = await database.value("SELECT id FROM elder_population WHERE place = $1", year.places.community.id)
    assert (await browser.post(place, {"figure": str(other)})).status_code == 404
    assert (await browser.post(place, {"figure": "x"})).status_code == 404


async def test_many_things_that_do_not_fit_come_page_by_page(visit: Visit, year: Year) -> None:
    for past in range(2000, 2023):
        await put((year.places.community, 0), year=past)
    browser = await district(visit, year)
    first = (await browser.get(HISTORY)).text
    assert first.count('name="alarm"') == 20 and "What does not fit: 23" in words(first)
    assert (await browser.get(f"{HISTORY}?page=2")).text.count('name="alarm"') == 3
    assert "The list is not that long" in (await browser.get(f"{HISTORY}?page=9")).text


async def test_the_table_marks_sums_and_leads_to_every_place(visit: Visit, year: Year) -> None:
    await put((year.places.other_community, 5), (year.places.communities[1][1], 6))
    page = (await (await district(visit, year)).get(HISTORY)).text
    assert (
        line(page, "第1街道") == ["4"]
        and line(page, "第2街道") == ["sum 11"]
        and line(page, "临平区") == ["sum 15"]
    )
    assert f"/office/population/places/{year.places.street.id}" in page


@pytest.mark.parametrize("role", ["officer", "desk", "auditor", "other"])
async def test_the_district_changes_its_auditor_reads_others_do_not(visit: Visit, year: Year, role: str) -> None:
    await put((year.places.next_community, 3))
    other = await standing.place_tree("330114", "别的区")
    who = {
        "officer": standing.officer(year.places.street), "desk": standing.desk(year.places.street),
        "auditor": standing.auditor(year.places.district), "other": standing.district_officer(other),
    }  # fmt: skip
    people = {name: await made for name, made in who.items()}
    browser, place = await visit(staff=people[role]), f"/office/population/places/{year.places.street.id}"
    own = role in ("auditor", "other")
    assert (await browser.get(HISTORY)).status_code == (200 if own else 404)
    assert (await browser.get(place)).status_code == (200 if role == "auditor" else 404)
    assert (await browser.post(place, {"figure": "1"})).status_code == 404
    if role == "other":
        assert "第1街道, 2024" not in (await browser.get(HISTORY)).text
        assert (await browser.get(f"{FORM}?place={year.places.street.code}")).status_code == 404
    else:
        assert (await browser.post(HISTORY, {"alarm": "x", "note": "y"})).status_code == 404
        assert (await browser.get(FORM)).status_code == 404
    if role == "auditor":
        assert "<form" not in (await browser.get(place)).text.partition("<main")[2].partition("</main>")[0]


async def test_a_place_that_is_none_has_no_history(visit: Visit, year: Year) -> None:
    browser = await district(visit, year)
    for path in ("0", "99999999999999999999", str(2**62)):
        assert (await browser.get(f"/office/population/places/{path}")).status_code == 404
