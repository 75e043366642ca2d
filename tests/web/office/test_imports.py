"""Bringing in lists by the pages: looked at first, written on a word, only what one may."""

from __future__ import annotations

import io
import re

import httpx
import pytest
from python_calamine import CalamineWorkbook

from elderlearn.stewardship.imports.carry_out import carry_out_import, waiting_imports
from elderlearn.web.office import imports
from tests import people_standing as standing
from tests.conftest import Database
from tests.people_standing import Places
from tests.web.conftest import CSRF, Visit, Visitor

NEW = "/office/imports/new/residents"
HEAD = "姓名,身份证号,性别,出生日期,社区\n"
GOOD = HEAD + "孙玉兰,,女,1953-02-01,1-1社区\n周国强,,男,1949-07-12,1-2社区\n"
BAD = GOOD + "钱月英,330125195503080,女,1955-03-08,1-1社区\n"


async def send(browser: Visitor, path: str, text: str | bytes, name: str = "list.csv") -> httpx.Response:
    """As a browser without JavaScript sends a file."""
    if CSRF not in browser.client.cookies:
        await browser.get("/office/imports")
    data = text.encode() if isinstance(text, str) else text
    form = {"_csrf_token": browser.client.cookies.get(CSRF, "")}
    return await browser.client.post(path, data=form, files={"file": (name, data)})


async def people(database: Database) -> int:
    found: int = await database.value("SELECT count(*) FROM resident")
    return found


async def test_a_good_list_is_looked_at_then_written_once_however_often_one_presses(
    visit: Visit, database: Database
) -> None:
    places = await standing.place_tree()
    officer = await visit(staff=await standing.officer(places.street))
    answer = await send(officer, NEW, GOOD)
    page = await officer.follow(answer)
    assert "Everything can be read. Nothing is written yet." in page.text and await people(database) == 0
    assert "<td>孙玉兰</td>" in page.text and "<td>1949-07-12</td>" in page.text
    address = answer.headers["location"]
    for _ in range(2):
        assert (await officer.post(f"{address}/confirmation")).status_code == 303
    page = await officer.get(address)
    assert "The rows stand in the register" in page.text and await people(database) == 2
    again = await officer.follow(await send(officer, NEW, GOOD))
    assert re.search(r"<strong>0</strong><span>new</span>", again.text)
    listed = await officer.get("/office/imports")
    assert "list.csv" in listed.text and "Brought in" in listed.text


async def test_every_fault_stands_with_its_cell_and_the_cure_and_the_good_rows_may_go_alone(
    visit: Visit, database: Database
) -> None:
    places = await standing.place_tree()
    officer = await visit(staff=await standing.officer(places.street))
    answer = await send(officer, NEW, BAD)
    page, address = await officer.follow(answer), answer.headers["location"]
    assert "line 4" in page.text and "old ID number of 15 digits" in page.text
    assert "330125195503080" not in page.text and "Write the good rows only" in page.text
    told = await officer.post(f"{address}/export", {"as": "xlsx"})
    book = CalamineWorkbook.from_filelike(io.BytesIO(told.content))
    assert book.get_sheet_by_index(0).to_python()[1][0] == 4.0
    await officer.post(f"{address}/confirmation")
    assert await people(database) == 0
    await officer.post(f"{address}/confirmation", {"skip": "yes"})
    assert await people(database) == 2


async def test_a_small_list_does_not_make_the_page_wait_for_a_long_one(
    visit: Visit, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = await standing.place_tree()
    officer = await visit(staff=await standing.officer(places.street))
    address = (await send(officer, NEW, GOOD)).headers["location"]
    await database.connection.execute("SELECT pg_advisory_lock(hashtext('import_residents'))")
    monkeypatch.setattr(imports, "PATIENCE", 0.5)
    answer = await officer.post(f"{address}/confirmation")
    assert answer.status_code == 303 and await people(database) == 0
    assert await database.value("SELECT (state, attempts) = ('writing', 0) FROM import_run")
    await database.connection.execute("SELECT pg_advisory_unlock_all()")
    [id] = await waiting_imports()
    await carry_out_import(id)
    assert await people(database) == 2


async def test_a_large_list_shows_how_far_it_is_and_can_be_called_off(visit: Visit, database: Database) -> None:
    places = await standing.place_tree()
    officer = await visit(staff=await standing.officer(places.street))
    rows = "".join(f"孙玉兰,,女,1953-02-{n % 27 + 1:02},1-1社区\n" for n in range(4000))
    answer = await send(officer, NEW, HEAD + rows)
    address = answer.headers["location"]
    page = await officer.get(address)
    assert 'http-equiv="refresh"' in page.text and 'hx-trigger="every 2s"' in page.text
    part = await officer.get(address, htmx=True)
    assert part.text.lstrip().startswith('<section id="run"') and "<progress" in part.text
    await officer.post(f"{address}/cancellation")
    await carry_out_import(int(address.rpartition("/")[2]))
    page = await officer.get(address)
    assert "Nothing was written, and the file is forgotten." in page.text and "http-equiv" not in page.text
    assert await people(database) == 0


async def test_what_is_no_list_gets_a_sentence(visit: Visit) -> None:
    places = await standing.place_tree()
    officer = await visit(staff=await standing.officer(places.street))
    for data, said in (
        (b"", "The file is empty."),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "This is no spreadsheet, whatever its name says."),
        ("姓名,性别\n王秀英,女\n".encode(), "with the heading"),
    ):
        page = await officer.follow(await send(officer, NEW, data, "list.xlsx"))
        assert said in page.text and "This file cannot be written." in page.text, said
    none = await officer.client.post(NEW, data={"_csrf_token": officer.client.cookies[CSRF]}, files={})
    assert none.status_code == 422 and "Please choose a file." in none.text
    big = await send(officer, NEW, bytes(20 * 1024 * 1024 + 1))
    assert big.status_code == 422 and "larger than 20 MB" in big.text
    assert (await send(officer, NEW, bytes(22 * 1024 * 1024))).status_code == 413


async def test_who_may_bring_in_what_and_sees_whose_files(visit: Visit) -> None:
    """Negative control: every kind is taken from somebody."""
    places = await standing.place_tree()
    every = {"places", "population", "residents", "courses", "attendances"}
    staff = {
        "district": (await standing.district_officer(places), every),
        "officer": (await standing.officer(places.street), {"residents", "courses", "attendances"}),
        "desk": (await standing.desk(places.street), set()),
        "auditor": (await standing.auditor(places.district), set()),
        "leader": (await standing.leader(places.community), set()),
    }
    for name, (who, hers) in staff.items():
        browser = await visit(staff=who)
        open_to = {one for one in every if (await browser.get(f"/office/imports/new/{one}")).status_code == 200}
        given = {
            one for one in every if (await browser.post(f"/office/imports/new/{one}/template")).status_code == 200
        }
        taken = {
            one for one in every if (await send(browser, f"/office/imports/new/{one}", GOOD)).status_code == 303
        }
        assert open_to == given == taken == hers, name
    stranger = await visit()
    assert (await send(stranger, NEW, GOOD)).headers["location"].startswith("/sign-in")
    other = await visit(staff=await standing.officer(places.other_street))
    hers = await visit(staff=staff["officer"][0])
    address = (await send(hers, NEW, GOOD)).headers["location"]
    district = await visit(staff=staff["district"][0])
    for path in (address, f"{address}/confirmation", f"{address}/cancellation", f"{address}/export"):
        reply = await (other.get(path) if path == address else other.post(path))
        assert reply.status_code == 404, path
    assert (await hers.get(address)).status_code == (await district.get(address)).status_code == 200


async def type_in(browser: Visitor, places: Places, *figures: int | str, **more: str) -> httpx.Response:
    """The form as it is sent: the district, then its streets."""
    names = [f"e{one.code}" for one in (places.district, *places.streets)]
    given = {name: str(figure) for name, figure in zip(names, figures, strict=True)}
    form = {"year": "2025", "basis": "resident", "source": "Statistics Bureau, table 3-2"} | given | more
    return await browser.post("/office/population", form)


async def test_elders_typed_in_must_add_up_or_be_said_to_differ(visit: Visit, database: Database) -> None:
    places = await standing.place_tree()
    browser = await visit(staff=await standing.district_officer(places))
    wrong = await type_in(browser, places, 1000, 400, 500)
    assert wrong.status_code == 422
    assert "The streets together: 900. The district says 100 more." in wrong.text
    assert await database.value("SELECT count(*) FROM elder_population") == 0
    meant = await type_in(browser, places, 1000, 400, 500, differs="yes")
    assert meant.status_code == 303
    page = await browser.follow(meant)
    assert 'value="1000"' in page.text and "Statistics Bureau, table 3-2" in page.text
    assert (await type_in(browser, places, "", "４５０", 500)).status_code == 303
    figures = await database.fetch(
        "SELECT elders FROM elder_population WHERE is_preferred ORDER BY elders",
    )
    assert [one["elders"] for one in figures] == [450, 500, 1000]
    nothing = await type_in(browser, places, "", "", "")
    assert nothing.status_code == 422 and "Please write at least one figure." in nothing.text
    words = await type_in(browser, places, 1000, "many", 500)
    assert words.status_code == 422 and f"{places.street.name}: Please write a whole number" in words.text


async def test_elders_are_typed_in_by_the_district_only(visit: Visit) -> None:
    places = await standing.place_tree()
    for staff in (await standing.officer(places.street), await standing.auditor(places.district)):
        browser = await visit(staff=staff)
        assert (await browser.get("/office/population")).status_code == 404
        assert (await type_in(browser, places, 1, 1, 0)).status_code == 404
