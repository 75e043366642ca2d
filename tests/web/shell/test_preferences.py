"""Text size and language: by form, without JavaScript, kept with the person."""

from __future__ import annotations

from tests import people_standing as standing
from tests.conftest import Database
from tests.web.conftest import Visit


async def test_a_stranger_keeps_size_and_language_in_cookies(visit: Visit) -> None:
    somebody = await visit()
    answer = await somebody.post("/preferences", {"size": "30", "_page": "/trial/draw?q=1"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/trial/draw?q=1")
    await somebody.post("/preferences", {"language": "zh_CN"})
    assert somebody.client.cookies["size"] == "30"
    page = await somebody.get("/trial/draw")
    assert '<html lang="zh-CN" data-size="30">' in page.text


async def test_nonsense_changes_nothing_and_leads_home(visit: Visit) -> None:
    somebody = await visit()
    answer = await somebody.post("/preferences", {"size": "3000", "language": "x", "_page": "//evil.example"})
    assert answer.headers["location"] == "/"
    assert "size" not in somebody.client.cookies


async def test_the_choice_of_a_signed_in_person_goes_with_her(visit: Visit, database: Database) -> None:
    places = await standing.place_tree()
    ping = await standing.resident(places.community)
    phone = await visit(resident=ping.resident_id)
    await phone.post("/preferences", {"size": "24"})
    await phone.post("/preferences", {"language": "en"})
    row = (await database.fetch("SELECT text_size, language FROM resident WHERE id = $1", ping.resident_id))[0]
    assert (row["text_size"], row["language"]) == (24, "en")
    other_phone = await visit(resident=ping.resident_id, lang="zh_CN")
    assert '<html lang="en" data-size="24">' in (await other_phone.get("/trial/draw")).text


async def test_the_back_page_is_the_one_the_form_stood_on(visit: Visit) -> None:
    somebody = await visit()
    somebody.client.headers["Referer"] = "http://elderlearn.test/trial/draw?x=1"
    assert (await somebody.post("/preferences", {"size": "20"})).headers["location"] == "/trial/draw?x=1"
