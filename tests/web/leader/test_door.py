"""At the door: undo, somebody without a card, the paper sheet before and after."""

from __future__ import annotations

import pytest

from elderlearn.checkin.sheet import record_sheet
from elderlearn.ground.sql import row, value
from elderlearn.people.cards import issue_blank
from elderlearn.people.consents import consents_of
from tests import people_standing as standing
from tests.checkin.hall import attendances, call_off
from tests.people_standing import CLI
from tests.web.conftest import Visit
from tests.web.leader.evening import Evening

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
    empty = await browser.post(path, {"other": " "})
    assert empty.status_code == 422 and "Please choose a reason" in empty.text
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
    assert f'<option value="{code}" selected>' in (await browser.get(path)).text
    for _ in range(2):
        answer = await browser.post(path, MEI | {"place_code": code, "phone": "13800138000"})
        assert answer.status_code == 303, answer.text
    page = (await browser.follow(answer)).text
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
    assert "陈梅 is written down and here." in (await browser.follow(answer)).text
    assert await value("SELECT state FROM card WHERE number = $1", blank.number) == "active"


async def test_everything_wrong_is_told_at_once_and_kept(visit: Visit, evening: Evening) -> None:
    browser = await visit(staff=evening.leader)
    path = f"/lead/sessions/{evening.on_now}/walk-in"
    empty = await browser.post(path, {})
    assert empty.status_code == 422 and "4 things need your attention" in empty.text
    for changes, words in (
        ({"name": "😀"}, "Please write a name"),
        ({"born_year": "1800"}, "Please write a number from 1900"),
        ({"phone": "12"}, "This is no telephone number"),
        ({"card": "1234"}, "We do not know this number"),
        ({"place_code": "999"}, "Please choose where she lives."),
    ):
        form = MEI | {"place_code": "outside"} | changes
        answer = await browser.post(path, form)
        assert answer.status_code == 422 and words in answer.text, changes
        assert all(f'value="{typed}"' in answer.text for name, typed in changes.items() if name != "place_code")
    assert await attendances() == []


async def test_the_sheet_has_the_names_and_rows_to_write_in(visit: Visit, evening: Evening) -> None:
    page = (await (await visit(staff=evening.leader)).get(f"/lead/sessions/{evening.on_now}/sheet")).text
    assert "王秀英" in page and 'class="sheet"' in page and page.count("<tr>") == 1 + 18


async def test_many_names_and_numbers_are_typed_in_at_once(visit: Visit, evening: Evening) -> None:
    browser = await visit(staff=evening.leader)
    path = f"/lead/sessions/{evening.gone}/names"
    wang, number = evening.wang.resident_id, await evening.number(evening.li)
    assert f'name="resident_id" value="{wang}"' in (await browser.get(path)).text
    bad = await browser.post(path, {"resident_id": wang, "numbers": f"{number}\n1234"})
    assert bad.status_code == 422 and "Line 2 (1234)" in bad.text and number in bad.text and " checked" in bad.text
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
        answer = await browser.post(path, data)
        assert answer.status_code == 422 and "Please tick a name" in answer.text, data
    await call_off(evening.gone)
    answer = await browser.post(path, {"resident_id": evening.wang.resident_id})
    assert answer.status_code == 422 and "was called off" in answer.text
    assert await attendances() == []


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
