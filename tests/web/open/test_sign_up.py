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


async def sent_code(database: Database) -> str:
    return str(json.loads(await database.value("SELECT values FROM notice ORDER BY id DESC LIMIT 1"))["code"])


async def to_the_code(browser: Visitor, town: Town, *, document: str = "", **who: str) -> httpx.Response:
    second = await browser.send("/sign-up", {**WHO, **who})
    assert "Where do you live?" in second.text
    agreed = {"document": document, "sensitive": "yes"} if document else {}
    return await browser.send("/sign-up/home", {**where(town), **agreed, "next": who.get("next", "")})


async def test_from_the_course_to_the_seat(visit: Visit, town: Town, database: Database) -> None:
    run = await town.run("Singing")
    browser = await visit()
    course = await browser.get(f"/courses/{run}")
    assert f'href="/sign-up?next=/courses/{run}"' in course.text
    third = await to_the_code(browser, town, next=f"/courses/{run}")
    assert "on its way" in third.text and third.url.query == f"next=/courses/{run}".encode()
    digits = {"code": await sent_code(database), "next": f"/courses/{run}"}
    answer = await browser.post("/sign-up/code", digits)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/courses/{run}")
    back = await browser.follow(answer)
    assert "Welcome. You are signed up." in back.text and f'action="/courses/{run}/enrolments"' in back.text
    await browser.post(f"/courses/{run}/enrolments")
    assert "You have a seat." in (await browser.get(f"/courses/{run}")).text
    assert (await browser.get(f"/sign-up/code?next=/courses/{run}")).headers["location"] == f"/courses/{run}"


async def test_nothing_typed_stands_in_an_address_and_nobody_is_written_down_before_the_code(
    visit: Visit, town: Town, database: Database
) -> None:
    people = await database.value("SELECT count(*) FROM resident")
    browser = await visit()
    for path, form in (("/sign-up", WHO), ("/sign-up/home", where(town)), ("/sign-up/code", {"code": "000000"})):
        answer = await browser.post(path, form)
        sent = "".join(answer.headers.get_list("set-cookie")) + answer.headers["location"]
        assert not any(typed in sent for typed in (*WHO.values(), "%E8", "13900139000")), path
        assert "?" not in answer.headers["location"]
    assert await database.value("SELECT count(*) FROM resident") == people


async def test_everything_wrong_is_said_at_once_and_stays_typed(visit: Visit, town: Town) -> None:
    page = await (await visit()).send("/sign-up", {"name": "\U0001f600", "born_on": "18500101", "phone": "123"})
    assert "3 things need your attention" in page.text and 'value="18500101"' in page.text


@pytest.mark.parametrize("field", WHO)
async def test_each_field_of_the_first_screen_is_needed(visit: Visit, town: Town, field: str) -> None:
    page = await (await visit()).send("/sign-up", {**WHO, field: ""})
    assert page.url.path == "/sign-up" and f'id="e-{field}"' in page.text


async def test_home_notice_and_consent_are_asked_together(visit: Visit, town: Town) -> None:
    browser = await visit()
    await browser.send("/sign-up", WHO)
    page = await browser.send("/sign-up/home", {"document": "330125195503080024", "do": "send"})
    for field in ("home", "notice", "document", "sensitive"):
        assert f'href="#f-{field}"' in page.text, field


@pytest.mark.parametrize("words", ["1-1", "Lotus", "第1街道 1-1"])
async def test_a_home_is_found_by_community_street_or_academy(visit: Visit, town: Town, words: str) -> None:
    browser = await visit()
    part = await browser.get("/sign-up/homes", params={"words": words}, htmx=True)
    assert part.text.lstrip().startswith('<fieldset id="homes"') and town.places.community.code in part.text
    await browser.send("/sign-up", WHO)
    whole = await browser.send("/sign-up/home", {"words": words, "do": "find"})
    assert part.text.strip() in whole.text
    assert 'value="赵美兰"' in (await browser.get("/sign-up")).text


async def test_before_a_search_the_towns_stand_there_with_their_communities_and_outside_last(
    visit: Visit, town: Town
) -> None:
    browser = await visit()
    page = (await browser.send("/sign-up", WHO)).text
    places = [*town.places.streets, *(one for pair in town.places.communities for one in pair)]
    at = [page.index(f'value="{one.code}"') for one in places]
    assert page.count("<details") >= 2 and page.index('value="outside"') > max(at)
    chosen = town.places.other_community.code
    page = (await browser.send("/sign-up/home", {"home": chosen, "do": "send"})).text  # the notice is missing
    assert page.count("<details open") == 1 and re.search(rf'value="{chosen}" checked', page)


async def test_an_unknown_name_offers_the_streets(visit: Visit, town: Town) -> None:
    part = (await (await visit()).get("/sign-up/homes", params={"words": "nowhere%"}, htmx=True)).text
    assert all(street.code in part for street in town.places.streets)


async def test_a_document_on_file_leads_to_the_desk_and_tells_nothing(
    visit: Visit, town: Town, database: Database
) -> None:
    number = standing.id_number()
    await standing.resident(town.places.community, name="李秀英", document=number)
    browser = await visit()
    await to_the_code(browser, town, born_on="19550308", document=number)
    page = await browser.send("/sign-up/code", {"code": await sent_code(database)})
    assert "let the desk finish this" in page.text and "李" not in page.text
    assert (await browser.get("/my")).status_code == 303
    assert 'value="赵美兰"' not in (await browser.get("/sign-up")).text


async def test_signed_up_before_she_is_simply_signed_in(visit: Visit, town: Town, database: Database) -> None:
    browser = await visit()
    await to_the_code(browser, town, name="王秀英", born_on="1955-03-08", phone="13800138000")
    page = await browser.send("/sign-up/code", {"code": await sent_code(database)})
    assert "signed up already" in page.text


async def test_back_keeps_everything_and_the_next_on_this_phone_can_empty_it(visit: Visit, town: Town) -> None:
    browser = await visit()
    await browser.send("/sign-up", WHO)
    page = await browser.send("/sign-up/home", {**where(town), "do": "back"})
    assert "Who are you?" in page.text and 'value="赵美兰"' in page.text
    again = (await browser.get("/sign-up/home")).text
    assert re.search(rf'value="{town.places.community.code}" checked', again) and 'value="1-1"' in again
    emptied = await browser.send("/sign-up", {"do": "empty"})
    assert 'value="赵美兰"' not in emptied.text
    assert (await browser.get("/sign-up/home")).headers["location"] == "/sign-up"


async def test_the_number_of_her_document_is_kept_but_never_drawn_again(
    visit: Visit, town: Town, database: Database
) -> None:
    browser, number = await visit(), standing.id_number()
    await browser.send("/sign-up", {**WHO, "born_on": "19550308"})
    typed = {**where(town), "document": number, "sensitive": "yes", "notice": ""}
    for path in (await browser.send("/sign-up/home", typed), await browser.get("/sign-up/home")):
        assert number not in path.text and f"{number[:3]}************{number[-3:]}" in path.text
    assert number not in (await browser.send("/sign-up/home", {"do": "back"})).text
    await browser.send("/sign-up/home", {**where(town), "sensitive": "yes"})
    await browser.send("/sign-up/code", {"code": await sent_code(database)})
    assert await database.value("SELECT count(*) FROM resident WHERE document_hash IS NOT NULL") == 1


async def test_a_number_without_its_consent_is_dropped(visit: Visit, town: Town, database: Database) -> None:
    browser = await visit()
    await browser.send("/sign-up", {**WHO, "born_on": "19550308"})
    page = await browser.send("/sign-up/home", {**where(town), "document": standing.id_number()})
    assert "leave the ID number empty" in page.text and "Typed already" in page.text
    await browser.send("/sign-up/home", where(town))
    await browser.send("/sign-up/code", {"code": await sent_code(database)})
    assert await database.value("SELECT count(*) FROM resident WHERE document_hash IS NOT NULL") == 0


async def test_later_screens_opened_by_hand_start_again(visit: Visit, town: Town) -> None:
    browser = await visit()
    for path in ("/sign-up/home", "/sign-up/code", "/sign-up/homes"):
        assert (await browser.get(path)).headers["location"] == "/sign-up"
    assert (await browser.post("/sign-up/code", {"code": "123456"})).headers["location"] == "/sign-up"
    signed_in = await visit(resident=town.wang.resident_id)
    assert (await signed_in.get("/sign-up")).headers["location"] == "/my/home"
