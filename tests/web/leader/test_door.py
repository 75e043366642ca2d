"""At the door: undo, somebody without a card, the paper sheet before and after."""

from __future__ import annotations

import re
from datetime import date
from uuid import uuid4

import pytest

from elderlearn.catalogue.schedule import Times
from elderlearn.catalogue.session_queries import session_card
from elderlearn.checkin.sheet import record_sheet
from elderlearn.enrolment.enrol import enrol
from elderlearn.ground.sql import row, value
from elderlearn.people.cards import issue_blank
from elderlearn.people.consents import consents_of
from tests import people_standing as standing
from tests.catalogue.runs_standing import HOUR, a_course, open_run, people
from tests.checkin.hall import attendances, call_off
from tests.conftest import Database
from tests.people_standing import CLI
from tests.web.conftest import Visit
from tests.web.leader.evening import Evening, sent_back

MEI = {"name": "陈梅", "born_year": "1953", "told": "yes"}


async def here(evening: Evening) -> int:
    """Wang is here; the id of her attendance."""
    sheet = await record_sheet(evening.on_now, [evening.wang.resident_id], by=CLI)
    return sheet.recorded[0].attendance_id


async def test_a_check_in_is_taken_back_with_a_reason_and_scanned_again(visit: Visit, evening: Evening) -> None:
    attendance = await here(evening)
    browser = await visit(staff=evening.leader)
    assert (
        f"/lead/attendances/{attendance}/undo" in (await browser.get(f"/lead/sessions/{evening.on_now}/undo")).text
    )
    path = f"/lead/attendances/{attendance}/undo"
    assert "王秀英" in (await browser.get(path)).text
    assert "Please choose a reason" in await sent_back(browser, path, {"other": " "})
    for _ in range(2):
        answer = await browser.post(path, {"reason": "mistake"})
        assert "Taken back." in (await browser.follow(answer)).text
    assert await attendances() == []
    assert (await browser.get(path)).status_code == 303
    await browser.post(f"/lead/sessions/{evening.on_now}/ticks", {"resident_id": evening.wang.resident_id})
    assert len(await attendances()) == 1


async def test_somebody_without_a_card_is_here_in_one_form(visit: Visit, evening: Evening) -> None:
    browser = await visit(staff=evening.leader)
    path = f"/lead/sessions/{evening.on_now}/walk-in"
    code = evening.places.community.code
    form = (await browser.get(path)).text
    assert f'<option value="{code}" selected>' in form
    once = form.split('name="once" value="')[1][:36]
    for _ in range(2):
        page = await sent_back(browser, path, MEI | {"place_code": code, "phone": "13800138000", "once": once})
        assert "陈梅 is written down and here. Her number:" in page
    found = await row("SELECT count(*) AS n, min(id) AS id FROM resident WHERE name = '陈梅'")
    assert found is not None and found["n"] == 1
    assert await attendances() == [(evening.on_now, found["id"])]
    assert [(one.purpose, one.how) for one in await consents_of(found["id"])] == [("notice", "read_at_desk")]


async def test_a_blank_card_becomes_hers(visit: Visit, evening: Evening) -> None:
    [blank] = await issue_blank(1, evening.places.district.id, by=CLI)
    browser = await visit(staff=evening.leader)
    form = MEI | {"place_code": "outside", "card": f"{blank.number[:4]} {blank.number[4:]}"}
    answer = await browser.post(f"/lead/sessions/{evening.on_now}/walk-in", form)
    assert "陈梅 is written down and here. The card is hers now." in (await browser.follow(answer)).text
    assert await value("SELECT state FROM card WHERE number = $1", blank.number) == "active"


async def test_everything_wrong_is_told_at_once_and_kept(visit: Visit, evening: Evening) -> None:
    browser = await visit(staff=evening.leader)
    path = f"/lead/sessions/{evening.on_now}/walk-in"
    assert "4 things need your attention" in await sent_back(browser, path, {})
    assert "need your attention" not in (await browser.get(path)).text, "a reload begins anew"
    for changes, words in (
        ({"name": "😀"}, "Please write a name"),
        ({"born_year": "1800"}, "Please write a number from 1900"),
        ({"phone": "12"}, "This is no telephone number"),
        ({"card": "1234"}, "We do not know this number"),
        ({"place_code": "999"}, "Please choose where she lives."),
    ):
        form = MEI | {"place_code": "outside"} | changes
        page = await sent_back(browser, path, form)
        assert words in page, changes
        assert all(f'value="{typed}"' in page for name, typed in changes.items() if name != "place_code")
    assert await attendances() == []


async def test_the_sheet_has_the_names_and_rows_to_write_in(visit: Visit, evening: Evening) -> None:
    page = (await (await visit(staff=evening.leader)).get(f"/lead/sessions/{evening.on_now}/sheet")).text
    assert "王秀英" in page and 'class="sheet"' in page and page.count("<tr>") == 1 + 18


async def test_many_names_and_numbers_are_typed_in_at_once(visit: Visit, evening: Evening) -> None:
    browser = await visit(staff=evening.leader)
    path = f"/lead/sessions/{evening.gone}/names"
    wang, number = evening.wang.resident_id, await evening.number(evening.li)
    assert f'name="resident_id" value="{wang}"' in (await browser.get(path)).text
    bad = await sent_back(browser, path, {"resident_id": wang, "numbers": f"{number}\n1234"})
    assert "Line 2 (1234)" in bad and number in bad and " checked" in bad
    assert await attendances() == []
    answer = await browser.post(path, {"resident_id": [wang], "numbers": number})
    assert "2 names written down." in (await browser.follow(answer)).text
    again = await browser.post(path, {"numbers": number})
    assert "1 was here already." in (await browser.follow(again)).text
    assert await value("SELECT count(*) FROM attendance WHERE source = 'paper'") == 2


async def test_nothing_ticked_somebody_elses_id_or_a_called_off_session(visit: Visit, evening: Evening) -> None:
    browser = await visit(staff=evening.leader)
    path = f"/lead/sessions/{evening.gone}/names"
    for data in ({}, {"resident_id": evening.li.resident_id}, {"resident_id": "x"}, {"numbers": " \n "}):
        assert "Please tick a name" in await sent_back(browser, path, data), data
    await call_off(evening.gone)
    assert "was called off" in await sent_back(browser, path, {"resident_id": evening.wang.resident_id})
    assert await attendances() == []


async def test_who_sits_at_two_sessions_or_lives_in_another_district_is_said_so(
    visit: Visit, evening: Evening
) -> None:
    away = await standing.place_tree("330110", "余杭区")
    stranger = await standing.resident(away.community, name="赵一")
    times = (await session_card(evening.on_now)).starts_at
    other = await open_run(
        await a_course(evening.places.community, title="Choir"), entry="drop_in", seats=None,
        sessions=(Times(times, times + 2 * HOUR),), leaders=(evening.leader.id,),
    )  # fmt: skip
    await record_sheet(other.session_ids[0], [evening.wang.resident_id], by=CLI)
    browser = await visit(staff=evening.leader)
    wang, path = {"resident_id": evening.wang.resident_id}, f"/lead/sessions/{evening.on_now}"
    assert "at another session" in await sent_back(browser, f"{path}/ticks", wang)
    assert "王秀英: She is checked in at another session" in await sent_back(browser, f"{path}/names", wang)
    page = await sent_back(browser, f"{path}/names", {"numbers": await evening.number(stranger)})
    assert "We do not know this number." in page
    assert await attendances() == [(other.session_ids[0], evening.wang.resident_id)]


async def test_three_of_one_masked_name_are_told_apart(visit: Visit, evening: Evening) -> None:
    for year in (1948, 1951, 1951):
        made = await standing.resident(evening.places.community, name="周梅", born_on=date(year, 5, 1))
        await record_sheet(evening.on_now, [made.resident_id], by=CLI)
    page = (await (await visit(staff=evening.leader)).get(f"/lead/sessions/{evening.on_now}/undo")).text
    marks = re.findall(r"here since (\d+:\d\d)<br>born (\d{4}) · number …(\d{4})", page)
    assert sorted(year for _at, year, _number in marks) == ["1948", "1951", "1951"] and len(set(marks)) == 3
    assert page.count("周**") == 3 and "周梅" not in page


async def test_a_namesake_is_asked_about_and_the_answer_ticks_or_registers(visit: Visit, evening: Evening) -> None:
    code = evening.places.community.code
    known = await standing.resident(evening.places.other_community, name="陈梅", phone="13800138000")
    browser, path = await visit(staff=evening.leader), f"/lead/sessions/{evening.on_now}/walk-in"
    asked = MEI | {"place_code": code, "phone": "13800138000", "once": str(uuid4()), "card": "12345678"}
    page = await sent_back(browser, path, asked)
    assert "Is it the same person?" in page and "with this telephone number" in page
    assert "Is it the same person?" not in (await browser.get(path)).text, "the next one begins anew"
    number, page = await evening.number(known), re.sub(r'<input type="hidden"[^>]*>', "", page)
    assert number not in page and number[-4:] not in page and "1955" not in page and await attendances() == []
    assert (await browser.post(path, asked | {"same": str(evening.li.resident_id)})).status_code == 404
    for _ in range(2):
        page = await sent_back(browser, path, asked | {"same": str(known.resident_id)})
        assert "was known already" in page and "blank card was not given" in page and number not in page
    assert await attendances() == [(evening.on_now, known.resident_id)]
    page = await sent_back(browser, path, asked | {"other": "yes", "card": "", "once": str(uuid4())})
    assert "陈梅 is written down and here. Her number:" in page


async def test_a_long_list_is_shown_in_parts_and_searched_by_spelling_or_number(
    visit: Visit, evening: Evening, database: Database
) -> None:
    await database.execute("UPDATE course_run SET seats = 200 WHERE id = $1", evening.run_id)
    for id in await people(evening.places.community, 70):
        await enrol(evening.run_id, id, "self", by=CLI)
    browser, path = await visit(staff=evening.leader), f"/lead/sessions/{evening.on_now}"
    first = (await browser.get(path)).text
    assert first.count('/ticks" hx-post') == 60 and "?page=2" in first and 'name="q"' in first
    assert (await browser.get(f"{path}?page=2")).text.count('/ticks" hx-post') == 11
    number = await evening.number(evening.wang)
    for words in ("wxy", "秀英", number, number[-4:]):
        part = (await browser.get(path, params={"q": words}, htmx=True)).text
        assert "王秀英" in part and part.count("<li>") < 9, words
    assert "Nobody of this name" in (await browser.get(path, params={"q": "nobody"})).text
    answer = await browser.post(f"{path}/ticks", {"resident_id": evening.wang.resident_id, "q": "wxy"})
    assert answer.headers["location"] == f"{path}?q=wxy"
    for odd in ("page=x", "page=-1", "page=99999999999999999999", "page=²", "q=%00", "who=x"):
        assert (await browser.get(f"{path}?{odd}")).status_code == 200, odd
    for page in ("names", f"../../runs/{evening.run_id}"):
        text = (await browser.get(f"{path}/{page}")).text
        assert "page=2" in text and 'name="q"' in text, page


@pytest.mark.parametrize("page", ["undo", "walk-in", "sheet", "names"])
async def test_another_leaders_door_is_closed(visit: Visit, evening: Evening, page: str) -> None:
    attendance = await here(evening)
    browser = await visit(staff=await standing.leader(evening.places.community))
    for session in (evening.on_now, 0, 10**30):
        assert (await browser.get(f"/lead/sessions/{session}/{page}")).status_code == 404
        if page in ("walk-in", "names"):
            assert (await browser.post(f"/lead/sessions/{session}/{page}", MEI)).status_code == 404
    path = f"/lead/attendances/{attendance}/undo"
    assert (await browser.get(path)).status_code == 404
    assert (await browser.post(path, {"reason": "mistake"})).status_code == 404
    assert len(await attendances()) == 1
