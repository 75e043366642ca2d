"""From a figure to its people, from a person to her attendances, and back."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest

from elderlearn.checkin.void import void
from elderlearn.ground.sql import rows, value
from elderlearn.people.register import register
from elderlearn.people.residents import NewResident
from tests import people_standing as standing
from tests.people_standing import CLI, PlaceRow
from tests.web.conftest import Visit
from tests.web.office.test_participation import address, words
from tests.web.office.year import Year


def people(place: PlaceRow, figure: str = "regulars", **more: str) -> str:
    asked = "".join(f"&{name}={value}" for name, value in more.items())
    return f"/office/people?place={place.code}&period=2025&figure={figure}{asked}"


def linked(page: str, path: str) -> list[str]:
    """All addresses on the page that begin so."""
    return [html.unescape(one) for one in re.findall(r'href="([^"]+)"', page) if one.startswith(path)]


async def test_every_figure_of_the_report_leads_to_as_many_people(visit: Visit, year: Year) -> None:
    browser = await visit(staff=await standing.district_officer(year.places))
    report = (await browser.get(address(year.places.street))).text
    links = set(linked(report, "/office/people?"))
    assert {re.search(r"figure=([a-z]+)", one)[1] for one in links} == {"regulars", "learners", "visits"}  # type: ignore[index]  # the pattern is in each
    for link in links:
        row = next(one for one in re.findall(r'<a [^>]*href="[^"]+"[^>]*>.*?</a>', report, re.S)
                   if html.unescape(re.search(r'href="([^"]+)"', one)[1]) == link)  # type: ignore[index]  # fmt: skip
        said = re.search(r"\d+", words(row))
        lead = words((await browser.get(link)).text.split('class="lead">')[1].split("</p>")[0])
        assert said and lead.startswith(f"{said[0]} "), link


async def test_a_figure_of_zero_leads_nowhere(visit: Visit, year: Year) -> None:
    browser = await visit(staff=await standing.district_officer(year.places))
    report = (await browser.get(address(year.places.other_street))).text
    assert linked(report, "/office/people?") == []
    page = words((await browser.get(people(year.places.other_street))).text)
    assert "Nobody here" in page and "0 persons" in page


async def test_the_list_is_masked_and_says_what_was_counted(visit: Visit, year: Year) -> None:
    browser = await visit(staff=await standing.officer(year.places.street))
    page = (await browser.get(people(year.places.street))).text
    assert "王**" in page and "王秀英" not in page
    row = [words(one).strip() for one in re.findall(r"<td[^>]*>(.*?)</td>", page)]
    assert row == ["1955", "1-1社区", "24.0", "12", "12", "11 March 2025"]
    visits = words((await browser.get(people(year.places.street, "visits"))).text)
    assert "13 visits by 2 persons" in visits


async def test_a_person_leads_to_her_year_and_back_to_the_very_list(visit: Visit, year: Year) -> None:
    browser = await visit(staff=await standing.officer(year.places.street))
    listed = people(year.places.street, "learners", order="visits")
    wang, _ = linked((await browser.get(listed)).text, "/office/people/")
    page = (await browser.get(wang)).text
    assert "Regular: 24 class hours on 12 days; 16 class hours on 4 days are enough." in words(page)
    assert page.count("<tr>") == 12 + 1
    assert linked(page, "/office/people?") == [listed]
    assert linked(page, "/desk/people/") == [f"/desk/people/{year.wang}"]
    back = (await browser.get(listed)).text
    assert linked(back, "/office/participation?") == [address(year.places.street)]


async def test_who_is_not_regular_reads_what_is_missing(visit: Visit, year: Year) -> None:
    browser = await visit(staff=await standing.officer(year.places.street))
    page = (await browser.get(f"/office/people/{year.zhao}?period=2025")).text
    assert "Not regular: 2 class hours on 1 day. Needed are 16 class hours on at least 4 days or" in words(page)
    assert linked(page, "/office/participation?") == ["/office/participation?period=2025"]


async def test_what_was_taken_back_is_struck_with_its_reason(visit: Visit, year: Year) -> None:
    attendance = await value("SELECT max(id) FROM attendance WHERE resident = $1", year.wang)
    await void(attendance, reason="it was her sister", by=CLI)
    await rows("UPDATE session SET state = 'called_off' WHERE id = $1", year.sessions[0])
    await rows("UPDATE attendance SET is_held = false WHERE session = $1", year.sessions[0])
    browser = await visit(staff=await standing.officer(year.places.street))
    page = (await browser.get(f"/office/people/{year.wang}?period=2025")).text
    assert "Taken back: it was her sister" in words(page) and "No: the session was called off" in words(page)
    assert page.count("<s>Health</s>") == 2


async def test_a_street_sees_its_own_people_only(visit: Visit, year: Year) -> None:
    other = await visit(staff=await standing.officer(year.places.other_street))
    assert (await other.get(people(year.places.street))).status_code == 404
    assert (await other.get(f"/office/people/{year.wang}?period=2025")).status_code == 404
    assert (await other.get(f"/office/people/{10**30}")).status_code == 404
    neighbour = await visit(staff=await standing.officer(year.places.next_community))
    assert (await neighbour.get(f"/office/people/{year.wang}?period=2025")).status_code == 404
    assert (await neighbour.get(f"/office/people/{year.zhao}?period=2025")).status_code == 200
    own = await visit(staff=await standing.officer(year.places.street))
    assert (await own.get(f"/office/people/{year.wang}?period=2024")).status_code == 404  # nothing of her then


async def test_another_district_sees_neither_her_nor_her_year(visit: Visit, year: Year) -> None:
    there = await standing.place_tree("330110", "余杭区")
    browser = await visit(staff=await standing.district_officer(there))
    assert (await browser.get(people(year.places.street))).status_code == 404
    assert (await browser.get(f"/office/people/{year.wang}?period=2025")).status_code == 404


async def test_people_from_outside_are_the_districts_to_look_at(visit: Visit, year: Year) -> None:
    from elderlearn.checkin.sheet import record_sheet

    guest = await register(NewResident(name="外来", born_on=date(1950, 1, 1), place_code="outside"), by=CLI)
    await record_sheet(year.sessions[0], [guest.resident_id], by=CLI)
    district = await visit(staff=await standing.district_officer(year.places))
    assert "1 person" in words((await district.get(people(year.places.district, "apart-outside"))).text)
    page = words((await district.get(f"/office/people/{guest.resident_id}?period=2025")).text)
    assert "In no rate here: lives elsewhere." in page and "home in no community here" in page
    street = await visit(staff=await standing.officer(year.places.street))
    assert (await street.get(f"/office/people/{guest.resident_id}?period=2025")).status_code == 404
    assert "Nobody here" in (await street.get(people(year.places.street, "apart-outside"))).text


async def test_the_auditor_looks_and_the_desk_and_leaders_do_not(visit: Visit, year: Year) -> None:
    auditor = await visit(staff=await standing.auditor(year.places.district))
    page = (await auditor.get(f"/office/people/{year.wang}?period=2025")).text
    assert "王**" in page and "王秀英" not in page
    for who in (await standing.desk(year.places.street), await standing.leader(year.places.street)):
        browser = await visit(staff=who)
        for path in (people(year.places.street), f"/office/people/{year.wang}?period=2025"):
            assert (await browser.get(path)).status_code == 404, (who.role, path)


async def test_a_list_goes_on_over_pages_that_keep_what_was_asked(visit: Visit, year: Year) -> None:
    from elderlearn.checkin.sheet import record_sheet
    from tests.catalogue.runs_standing import people as many

    await record_sheet(year.sessions[1], await many(year.places.next_community, 25), by=CLI)
    browser = await visit(staff=await standing.officer(year.places.street))
    first = (await browser.get(people(year.places.street, "learners", order="born"))).text
    [later] = [one for one in linked(first, "/office/people?") if "page=2" in one]
    assert "order=born" in later and "figure=learners" in later
    second = (await browser.get(later)).text
    shown = linked(first, "/office/people/") + linked(second, "/office/people/")
    seen = [one.split("?")[0] for one in shown]
    assert len(seen) == len(set(seen)) == 27
    [back] = set(linked((await browser.get(linked(second, "/office/people/")[0])).text, "/office/people?"))
    assert "page=2" in back


@pytest.mark.parametrize(
    "query", ["figure=x", "figure=%27--", "order=x", "page=-1", "page=99999999", "only_here=1", "period=x"]
)
async def test_strange_values_show_a_list(visit: Visit, year: Year, query: str) -> None:
    browser = await visit(staff=await standing.officer(year.places.street))
    assert (await browser.get(f"/office/people?{query}")).status_code == 200
