"""The ways in, as plain forms: what was typed stays, and every sentence says what to do next."""

from __future__ import annotations

import json
import re
from datetime import date

import httpx
import pytest

from elderlearn.web.shell import sealed
from tests import people_standing as standing
from tests.conftest import Database
from tests.web.conftest import Visit, Visitor
from tests.web.open.town import Town

PHONE = "13800138000"


async def sent_code(database: Database) -> str:
    """The digits of the newest message."""
    values = await database.value("SELECT values FROM notice WHERE kind = 'sign_in_code' ORDER BY id DESC LIMIT 1")
    return str(json.loads(values)["code"])


async def signs_in(browser: Visitor, database: Database, **more: str) -> httpx.Response:
    await browser.send("/sign-in", {"phone": PHONE, **more})
    return await browser.post("/sign-in/code", {"phone": PHONE, "code": await sent_code(database), **more})


async def test_phone_and_code_lead_back_to_where_she_came_from(
    visit: Visit, town: Town, database: Database
) -> None:
    run = await town.run("Singing")
    browser = await visit()
    assert f'value="/courses/{run}"' in (await browser.get(f"/sign-in?next=/courses/{run}")).text
    answer = await signs_in(browser, database, next=f"/courses/{run}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/courses/{run}")
    assert f'action="/courses/{run}/enrolments"' in (await browser.follow(answer)).text


@pytest.mark.parametrize(
    "evil", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
async def test_the_way_back_never_leaves_this_site(
    visit: Visit, town: Town, database: Database, evil: str
) -> None:
    browser = await visit()
    page = (await browser.get("/sign-in", params={"next": evil})).text
    assert 'name="next" value=""' in page and 'href="/sign-in/card"' in page
    assert (await signs_in(browser, database, next=evil)).headers["location"] == "/my/home"


async def test_a_wrong_number_stays_in_its_field_with_a_sentence(visit: Visit, town: Town) -> None:
    browser = await visit()
    for typed in ("", "12345", "0571-86221234", "<b>", "1" * 500):
        answer = await browser.post("/sign-in", {"phone": typed, "next": "/my"})
        assert answer.headers["location"] == "/sign-in?next=/my", typed
        page = await browser.follow(answer)
        assert 'aria-invalid="true"' in page.text and 'href="#f-phone"' in page.text
        assert f'value="{typed.replace("<", "&lt;").replace(">", "&gt;")}"' in page.text
        assert 'name="next" value="/my"' in page.text


async def test_known_and_unknown_numbers_get_the_same_answer(visit: Visit, town: Town) -> None:
    known = await (await visit()).send("/sign-in", {"phone": PHONE})
    unknown = await (await visit()).send("/sign-in", {"phone": "13900139111"})
    assert known.status_code == unknown.status_code == 200
    assert without_tokens(known, "138\u00a00013\u00a08000", PHONE) == without_tokens(
        unknown, "139\u00a00013\u00a09111", "13900139111"
    )


async def test_asking_twice_still_leads_to_the_page_where_the_code_is_typed(visit: Visit, town: Town) -> None:
    browser = await visit()
    await browser.post("/sign-in", {"phone": PHONE})
    again = await browser.send("/sign-in", {"phone": PHONE})
    assert again.status_code == 200
    assert "A code was sent a moment ago" in again.text and 'name="code"' in again.text


async def test_wrong_digits_stay_and_say_how_many_tries_are_left(visit: Visit, town: Town) -> None:
    browser = await visit()
    await browser.post("/sign-in", {"phone": PHONE})
    page = await browser.send("/sign-in/code", {"phone": PHONE, "code": "12 x"})
    assert 'value="12 x"' in page.text and f'value="{PHONE}"' in page.text and "4 more times" in page.text


async def test_several_people_behind_one_phone_choose_by_masked_name_and_year(
    visit: Visit, town: Town, database: Database
) -> None:
    other = await standing.resident(town.places.community, name="孙德明", born_on=date(1949, 5, 6), phone=PHONE)
    browser = await visit()
    page = await browser.follow(await signs_in(browser, database, next="/my"))
    assert page.status_code == 200
    assert "王**" in page.text and "born 1955" in page.text and "born 1949" in page.text
    assert "王秀英" not in page.text and "孙德明" not in page.text
    ticket = page.text.split('name="ticket" value="')[1].split('"')[0]
    wrong = await browser.post("/sign-in/person", {"ticket": ticket, "person": str(town.li.resident_id)})
    assert wrong.headers["location"] == "/sign-in" and "el" not in browser.client.cookies
    answer = await browser.post(
        "/sign-in/person", {"ticket": ticket, "person": str(other.resident_id), "next": "/my/code"}
    )
    assert answer.headers["location"] == "/my/code"
    assert "孙德明" in (await browser.follow(answer)).text


async def test_pages_that_follow_a_number_lead_back_to_it(visit: Visit, town: Town) -> None:
    browser = await visit()
    for path in ("/sign-in/code", "/sign-in/person"):
        assert (await browser.get(path)).headers["location"] == "/sign-in"


@pytest.mark.parametrize("choices", ["x", "1|2", "a|b|c", "1|x|王"])
async def test_what_somebody_writes_into_her_own_draft_leads_back_to_the_beginning(
    visit: Visit, town: Town, choices: str
) -> None:
    browser = await visit()
    await browser.post("/sign-in", {"phone": PHONE, "ticket": "x", "choices": choices})
    assert (await browser.get("/sign-in/person")).headers["location"] == "/sign-in"


@pytest.mark.parametrize("content", [{}, [1], {"whose": "nobody", "typed": [], "errors": {}, "said_in": "en"}])
async def test_a_draft_of_another_release_is_none(visit: Visit, town: Town, content: object) -> None:
    browser = await visit()
    for cookie in sealed.seal("draft", content, seconds=60):
        browser.client.cookies.set(cookie.key, cookie.value or "")
    for path in ("/sign-in/code", "/sign-in/person", "/sign-up/home", "/sign-up/code"):
        assert (await browser.get(path)).headers["location"] == path.rpartition("/")[0], path


async def test_card_and_birth_date_let_in(visit: Visit, town: Town, database: Database) -> None:
    number = await database.value("SELECT number FROM card WHERE resident = $1", town.wang.resident_id)
    for card in (number, f"{number[:4]} {number[4:]}", town.wang.card_code):
        browser = await visit()
        answer = await browser.post("/sign-in/card", {"card": card, "born_on": "19550308"})
        assert answer.headers["location"] == "/my/home"
        assert "王秀英" in (await browser.follow(answer)).text


async def test_all_that_is_wrong_with_card_and_date_is_said_at_once(visit: Visit, town: Town) -> None:
    page = await (await visit()).send("/sign-in/card", {"card": "", "born_on": "8 March"})
    assert page.text.count('aria-invalid="true"') == 2 and 'value="8 March"' in page.text


async def test_a_wrong_birth_date_keeps_both_fields_and_five_of_them_close_the_card(
    visit: Visit, town: Town
) -> None:
    browser = await visit()
    wrong = {"card": town.wang.card_code, "born_on": "19550309"}
    first = await browser.send("/sign-in/card", wrong)
    assert "4 more times" in first.text and town.wang.card_code in first.text and "19550309" in first.text
    for _ in range(3):
        await browser.post("/sign-in/card", wrong)
    assert "wrong too often" in (await browser.send("/sign-in/card", wrong)).text
    right = await browser.send("/sign-in/card", {**wrong, "born_on": "19550308"})
    assert "el" not in browser.client.cookies and "Ring us" in right.text


async def test_officers_sign_in_by_password_and_the_password_is_never_shown_again(
    visit: Visit, town: Town
) -> None:
    officer = await standing.staff("officer", town.places.street, password=standing.PASSWORD)
    browser = await visit()
    page = await browser.send("/sign-in/staff", {"name": officer.name, "password": "not my password"})
    assert f'value="{officer.name}"' in page.text and "not my password" not in page.text
    answer = await browser.post("/sign-in/staff", {"name": officer.name, "password": standing.PASSWORD})
    assert answer.headers["location"] == "/office"
    [cookie] = [one for one in answer.headers.get_list("set-cookie") if one.startswith("el=")]
    assert "Max-Age" not in cookie  # until the browser closes


async def test_leaders_may_use_a_code_and_residents_numbers_do_not_open_their_door(
    visit: Visit, town: Town, database: Database
) -> None:
    browser = await visit()
    assert 'value="leader"' in (await browser.get("/sign-in?audience=leader")).text
    form = {"phone": "13600136000", "audience": "leader"}
    await browser.post("/sign-in", form)
    answer = await browser.post("/sign-in/code", {**form, "code": await sent_code(database)})
    assert answer.headers["location"] == "/lead"
    before = await database.value("SELECT count(*) FROM notice")
    await (await visit()).post("/sign-in", {"phone": PHONE, "audience": "leader"})
    assert await database.value("SELECT count(*) FROM notice") == before


async def test_who_is_signed_in_has_nothing_to_do_at_the_sign_in(visit: Visit, town: Town) -> None:
    browser = await visit(resident=town.wang.resident_id)
    assert (await browser.get("/sign-in?next=/my")).headers["location"] == "/my"


def without_tokens(answer: httpx.Response, *texts: str) -> str:
    """The page without what must differ: the number and the form's own secret."""
    text = re.sub(r'"[0-9a-f]{128}"', '""', answer.text)
    for one in texts:
        text = text.replace(one, "")
    return text
