"""From a course page to the seat in three screens, on a phone nobody knows yet."""

from __future__ import annotations

import json
import re

import httpx
import pytest

from tests import people_standing as standing
from tests.conftest import Database
from tests.web.conftest import Visit, Visitor
from tests.web.open.town import Town

WHO = {"name": "赵美兰", "born_on": "19520214", "phone": "139 0013 9000"}


def where(town: Town) -> dict[str, str]:
    return {"words": "1-1", "home": town.places.community.code, "notice": "yes", "do": "send"}


def hidden(page: httpx.Response) -> dict[str, str]:
    """What the page carries along."""
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text)
    return {name: value for name, value in fields if name != "_csrf_token"}


async def sent_code(database: Database) -> str:
    return str(json.loads(await database.value("SELECT values FROM notice ORDER BY id DESC LIMIT 1"))["code"])


async def to_the_code(browser: Visitor, town: Town, **more: str) -> httpx.Response:
    second = await browser.post("/sign-up", {**WHO, **more})
    assert "Where do you live?" in second.text
    return await browser.post("/sign-up/home", {**hidden(second), **where(town), **more})


async def test_from_the_course_to_the_seat(visit: Visit, town: Town, database: Database) -> None:
    run = await town.run("Singing")
    browser = await visit()
    course = await browser.get(f"/courses/{run}")
    assert f'href="/sign-up?next=/courses/{run}"' in course.text
    first = await browser.get(f"/sign-up?next=/courses/{run}")
    third = await to_the_code(browser, town, **hidden(first))
    answer = await browser.post("/sign-up/code", {**hidden(third), "code": await sent_code(database)})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/courses/{run}")
    back = await browser.follow(answer)
    assert "Welcome. You are signed up." in back.text and f'action="/courses/{run}/enrolments"' in back.text
    await browser.post(f"/courses/{run}/enrolments")
    assert "You have a seat." in (await browser.get(f"/courses/{run}")).text


async def test_nothing_typed_stands_in_an_address_and_nobody_is_written_down_before_the_code(
    visit: Visit, town: Town, database: Database
) -> None:
    people = await database.value("SELECT count(*) FROM resident")
    third = await to_the_code(await visit(), town)
    assert "on its way" in third.text and third.url.query == b""
    assert await database.value("SELECT count(*) FROM resident") == people


async def test_everything_wrong_is_said_at_once_and_stays_typed(visit: Visit, town: Town) -> None:
    page = await (await visit()).post("/sign-up", {"name": "\U0001f600", "born_on": "18500101", "phone": "123"})
    assert page.status_code == 422
    assert "3 things need your attention" in page.text and 'value="18500101"' in page.text


@pytest.mark.parametrize("field", WHO)
async def test_each_field_of_the_first_screen_is_needed(visit: Visit, town: Town, field: str) -> None:
    page = await (await visit()).post("/sign-up", {**WHO, field: ""})
    assert page.status_code == 422 and f'id="e-{field}"' in page.text


async def test_home_notice_and_consent_are_asked_together(visit: Visit, town: Town) -> None:
    page = await (await visit()).post("/sign-up/home", {**WHO, "document": "330125195503080024", "do": "send"})
    assert page.status_code == 422
    for field in ("home", "notice", "document", "sensitive"):
        assert f'href="#f-{field}"' in page.text, field


@pytest.mark.parametrize("words", ["1-1", "Lotus", "第1街道 1-1"])
async def test_a_home_is_found_by_community_street_or_academy(visit: Visit, town: Town, words: str) -> None:
    browser = await visit()
    part = await browser.get("/sign-up/homes", params={"words": words}, htmx=True)
    assert part.text.lstrip().startswith('<fieldset id="homes"') and town.places.community.code in part.text
    whole = await browser.post("/sign-up/home", {**WHO, "words": words, "do": "find"})
    assert part.text.strip() in whole.text and 'value="赵美兰"' in whole.text


async def test_an_unknown_name_offers_the_streets(visit: Visit, town: Town) -> None:
    part = (await (await visit()).get("/sign-up/homes", params={"words": "nowhere%"}, htmx=True)).text
    assert all(street.code in part for street in town.places.streets)


async def test_a_document_on_file_leads_to_the_desk_and_tells_nothing(
    visit: Visit, town: Town, database: Database
) -> None:
    number = standing.id_number()
    await standing.resident(town.places.community, name="李秀英", document=number)
    browser = await visit()
    third = await to_the_code(browser, town, born_on="19550308", document=number, sensitive="yes")
    page = await browser.post("/sign-up/code", {**hidden(third), "code": await sent_code(database)})
    assert "let the desk finish this" in page.text and "李" not in page.text
    assert (await browser.get("/my")).status_code == 303


async def test_signed_up_before_she_is_simply_signed_in(visit: Visit, town: Town, database: Database) -> None:
    browser = await visit()
    third = await to_the_code(browser, town, name="王秀英", born_on="1955-03-08", phone="13800138000")
    answer = await browser.post("/sign-up/code", {**hidden(third), "code": await sent_code(database)})
    assert "signed up already" in (await browser.follow(answer)).text


async def test_back_keeps_everything(visit: Visit, town: Town) -> None:
    browser = await visit()
    page = await browser.post("/sign-up/home", {**WHO, **where(town), "do": "back"})
    assert "Who are you?" in page.text and 'value="赵美兰"' in page.text
    assert hidden(page)["home"] == town.places.community.code


async def test_later_screens_opened_by_hand_start_again(visit: Visit, town: Town) -> None:
    browser = await visit()
    for path in ("/sign-up/home", "/sign-up/code", "/sign-up/homes"):
        assert (await browser.get(path)).headers["location"] == "/sign-up"
    assert (await browser.post("/sign-up/code", {"code": "123456"})).status_code == 422
    signed_in = await visit(resident=town.wang.resident_id)
    assert (await signed_in.get("/sign-up")).headers["location"] == "/my/home"
