"""One session without JavaScript: numbers, names, and what is not hers."""

from __future__ import annotations

import re
from html import escape

import pytest

from elderlearn.catalogue.schedule import Times
from elderlearn.ground.clock import now
from elderlearn.ground.sql import value
from tests.catalogue.runs_standing import HOUR, a_course, open_run
from tests.checkin.hall import attendances, call_off
from tests.conftest import Database
from tests.web.conftest import Visit, Visitor
from tests.web.leader.evening import Evening, sent_back


def without_page(text: str) -> str:
    """Every form says on which page it stands; a part knows less of that."""
    return re.sub(r'<input type="hidden" name="_page"[^>]*>', "", text)


async def press(browser: Visitor, evening: Evening, code: str, session: int | None = None) -> str:
    """Types and follows to the page that says what became of it."""
    answer = await browser.post(f"/lead/sessions/{session or evening.on_now}/typed", {"code": code})
    return (await browser.follow(answer)).text if answer.status_code == 303 else answer.text


async def test_the_list_has_full_names_of_the_class_and_a_button_each(visit: Visit, evening: Evening) -> None:
    page = (await (await visit(staff=evening.leader)).get(f"/lead/sessions/{evening.on_now}")).text
    assert "王秀英" in page and 'aria-label="王秀英 is here"' in page
    assert "李" not in page


async def test_htmx_gets_the_list_the_page_includes(visit: Visit, evening: Evening) -> None:
    browser = await visit(staff=evening.leader)
    part = (await browser.get(f"/lead/sessions/{evening.on_now}", htmx=True)).text
    assert part.lstrip().startswith('<section id="people" data-here="0"')
    whole = (await browser.get(f"/lead/sessions/{evening.on_now}")).text
    assert without_page(part).strip() in without_page(whole)


async def test_a_typed_number_checks_in_and_says_so(visit: Visit, evening: Evening) -> None:
    browser = await visit(staff=evening.leader)
    number = await evening.number(evening.wang)
    page = await press(browser, evening, f"{number[:4]} {number[4:]}")
    assert "王** Checked in" in page and 'id="here">1</span>' in page
    assert await attendances() == [(evening.on_now, evening.wang.resident_id)]
    assert "王** Is here already" in await press(browser, evening, number)


async def test_somebody_without_a_seat_is_checked_in_and_stands_masked_at_the_end(
    visit: Visit, evening: Evening
) -> None:
    browser = await visit(staff=evening.leader)
    page = await press(browser, evening, evening.li.card_code)
    assert "李** Checked in, without a seat" in page
    page = (await browser.get(f"/lead/sessions/{evening.on_now}")).text
    assert "without a seat</span>" in page and "李建国" not in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Please type the 8 digits"),
        ("12345678", "This is no check-in code"),
        ("hello <b>", "This is no check-in code"),
        ("A" * 32, "We do not know this code"),
        ("9" * 301, "at most 300"),
    ],
)
async def test_what_cannot_be_read_stays_in_the_field_with_a_sentence(
    visit: Visit, evening: Evening, typed: str, words: str
) -> None:
    browser = await visit(staff=evening.leader)
    page = await sent_back(browser, f"/lead/sessions/{evening.on_now}/typed", {"code": typed})
    assert words in page and "<b>" not in page
    assert not typed or f'value="{escape(typed[:300])}"' in page
    assert 'id="errors"' not in (await browser.get(f"/lead/sessions/{evening.on_now}/scan")).text, "said once"
    assert await attendances() == []


async def test_a_forged_code_is_not_known(visit: Visit, evening: Evening) -> None:
    code = evening.wang.card_code
    forged = code[:-2] + ("AA" if code[-2:] != "AA" else "BA")
    page = await press(await visit(staff=evening.leader), evening, forged)
    assert "We do not know this code" in page or "This is no check-in code" in page
    assert await attendances() == []


async def test_a_name_is_ticked_and_twice_is_the_same(visit: Visit, evening: Evening) -> None:
    browser = await visit(staff=evening.leader)
    path = f"/lead/sessions/{evening.on_now}/ticks"
    for _ in range(2):
        answer = await browser.post(path, {"resident_id": evening.wang.resident_id})
        page = (await browser.follow(answer)).text
        assert "Ticked: here." in page and "1 of 1 here" in page
    assert len(await attendances()) == 1


async def test_htmx_gets_the_list_anew_so_that_the_camera_stays_open(visit: Visit, evening: Evening) -> None:
    browser = await visit(staff=evening.leader)
    wang = evening.wang.resident_id
    part = await browser.post(f"/lead/sessions/{evening.on_now}/ticks", {"resident_id": wang}, htmx=True)
    assert part.status_code == 200
    assert part.text.lstrip().startswith('<section id="people" data-here="1"')


async def test_names_may_be_ticked_after_the_session_but_not_before_it(visit: Visit, evening: Evening) -> None:
    browser = await visit(staff=evening.leader)
    wang = {"resident_id": evening.wang.resident_id}
    gone = (await browser.get(f"/lead/sessions/{evening.gone}")).text
    assert "This session is over" in gone and 'id="scanner"' not in gone and "Is here" in gone
    await browser.post(f"/lead/sessions/{evening.gone}/ticks", wang)
    coming = (await browser.get(f"/lead/sessions/{evening.coming}")).text
    assert "has not begun yet" in coming and 'id="scanner"' not in coming and "/ticks" not in coming
    answer = await browser.post(f"/lead/sessions/{evening.coming}/ticks", wang)
    assert "Please tick when people come" in (await browser.follow(answer)).text
    assert await attendances() == [(evening.gone, evening.wang.resident_id)]


async def test_at_a_called_off_session_nobody_is_checked_in(visit: Visit, evening: Evening) -> None:
    await call_off(evening.on_now)
    browser = await visit(staff=evening.leader)
    page = (await browser.get(f"/lead/sessions/{evening.on_now}")).text
    assert "was called off" in page and "<form" not in page[page.index("<h1") : page.index("</main>")]
    assert "Kept: this session was called off." in await press(browser, evening, evening.wang.card_code)
    assert await attendances() == []


async def test_another_leaders_session_is_not_there(visit: Visit, evening: Evening) -> None:
    browser = await visit(staff=evening.other_leader)
    for session in (evening.on_now, 0, 99999, 2**63, 10**30):
        path = f"/lead/sessions/{session}"
        assert (await browser.get(path)).status_code == 404, session
        assert (await browser.post(f"{path}/typed", {"code": evening.wang.card_code})).status_code == 404
        assert (await browser.post(f"{path}/ticks", {"resident_id": "1"})).status_code == 404
    assert await attendances() == []


@pytest.mark.parametrize("sent", ["", "x", "0", "-1", "99999999999999999999", "\0"])
async def test_a_tick_for_nobody_is_nothing(visit: Visit, evening: Evening, sent: str) -> None:
    answer = await (await visit(staff=evening.leader)).post(
        f"/lead/sessions/{evening.on_now}/ticks", {"resident_id": sent}
    )
    assert answer.status_code == 404


async def test_without_the_csrf_field_nothing_is_written(
    visit: Visit, evening: Evening, database: Database
) -> None:
    browser = await visit(staff=evening.leader)
    for path, data in (
        ("typed", {"code": evening.wang.card_code}),
        ("ticks", {"resident_id": str(evening.wang.resident_id)}),
    ):
        answer = await browser.client.post(f"/lead/sessions/{evening.on_now}/{path}", data=data)
        assert answer.status_code == 403
    assert await database.value("SELECT count(*) FROM scan") == 0
    assert await attendances() == []


async def test_only_a_name_on_the_list_is_ticked(visit: Visit, evening: Evening) -> None:
    """Whoever is not expected shows her card: an id counted up would fill the hall with strangers."""
    browser = await visit(staff=evening.leader)
    path = f"/lead/sessions/{evening.on_now}/ticks"
    for htmx in (False, True):
        answer = await browser.post(path, {"resident_id": str(evening.li.resident_id)}, htmx=htmx)
        assert answer.status_code == 404
    assert await attendances() == []


async def test_where_anybody_may_come_nobody_is_told_to_tick_a_list(visit: Visit, evening: Evening) -> None:
    first = await open_run(
        await a_course(evening.places.community, title="茶话会"), entry="drop_in", seats=None,
        sessions=(Times(now() - HOUR, now() + HOUR),), leaders=(evening.leader.id,),
    )  # fmt: skip
    browser, path = await visit(staff=evening.leader), f"/lead/sessions/{first.session_ids[0]}"
    page = (await browser.get(path)).text + (await browser.get(f"{path}/scan")).text
    page += await sent_back(browser, f"{path}/typed", {"code": "A" * 32})
    page += (await browser.get(f"{path}/walk-in")).text
    assert (
        "press “Somebody without a card”" in page
        and "tick" not in re.sub(r'="[^"]*"|<!--.*?-->', "", page).lower()
    )
    assert "tick the name" in (await browser.get(f"/lead/sessions/{evening.on_now}/scan")).text


async def test_the_page_says_what_was_changed_and_by_whom(visit: Visit, evening: Evening) -> None:
    browser = await visit(staff=evening.leader)
    path = f"/lead/sessions/{evening.on_now}"
    assert "What was changed" not in (await browser.get(path)).text
    await browser.post(f"{path}/ticks", {"resident_id": evening.wang.resident_id})
    attendance = await value("SELECT id FROM attendance")
    await browser.post(f"/lead/attendances/{attendance}/undo", {"reason": "mistake"})
    await browser.post(f"{path}/call-off", {"reason": "weather"})
    page = (await browser.get(path)).text
    assert "Attendance taken back" in page and "Session changed" in page and evening.leader.name in page
