"""The leader sees who would like to join, says yes or kindly no; in two tabs; nobody else can."""

from __future__ import annotations

import pytest

from elderlearn.catalogue.ask_to_join import ask_to_join, take_back_request
from elderlearn.catalogue.join_queries import belongs, requests_at
from elderlearn.ground.clock import today
from elderlearn.ground.sql import value
from elderlearn.stewardship.take_out import take_out
from tests import people_standing as standing
from tests.catalogue.runs_standing import a_course, open_run
from tests.people_standing import CLI
from tests.web.conftest import Visit
from tests.web.leader.evening import Evening, sent_back


@pytest.fixture
async def asked(evening: Evening) -> tuple[int, int]:
    """The society the evening's leader leads, and the request of Li, of another street."""
    course = await a_course(evening.places.community, kind="society", name="合唱社团", title="合唱")
    await open_run(course, entry="members", seats=None, leaders=(evening.leader.id,))
    society: int = await value("SELECT organisation FROM course WHERE id = $1", course)
    await ask_to_join(society, evening.li.resident_id, by=CLI)
    [request] = await requests_at(society)
    return society, request.id


async def test_yes_from_the_first_page_on(visit: Visit, evening: Evening, asked: tuple[int, int]) -> None:
    society, request = asked
    browser, path = await visit(staff=evening.leader), f"/lead/societies/{society}"
    first = (await browser.get("/lead")).text
    assert f'href="{path}#asking"' in first and "1 person would like to join" in first
    page = (await browser.get(path)).text
    assert "李建国" in page and "born 1950" in page and "Take her in" in page
    for _ in range(2):
        page = await sent_back(browser, f"{path}/requests/{request}/acceptance")
        assert "She is a member now, and is told." in page and "would like to join" not in page
    assert await value("SELECT count(*) FROM notice WHERE kind = 'join_accepted'") == 1
    assert "would like to join" not in (await browser.get("/lead")).text
    assert "She is a member now" in await sent_back(
        browser, f"{path}/requests/{request}/refusal", {"reason": "full"}
    )
    assert (await belongs(society, evening.li.resident_id)).state == "member"


async def test_no_comes_with_a_sentence(visit: Visit, evening: Evening, asked: tuple[int, int]) -> None:
    society, request = asked
    browser, path = await visit(staff=evening.leader), f"/lead/societies/{society}/requests/{request}"
    assert "what shall we tell her" in (await browser.get(path)).text
    assert "Please choose a reason" in await sent_back(browser, f"{path}/refusal", {"other": " "})
    for _ in range(2):
        assert "She is told" in await sent_back(browser, f"{path}/refusal", {"reason": "full"})
    values = await value("SELECT values::text FROM notice WHERE kind = 'join_declined'")
    assert "人数已满" in values, "kept in the language most people here read"
    her = await visit(resident=evening.li.resident_id)
    assert "人数已满" in (await her.get(f"/organisations/{society}")).text
    assert (await browser.get(path)).status_code == 303


async def test_taken_back_or_died_meanwhile_changes_nothing(
    visit: Visit, evening: Evening, asked: tuple[int, int]
) -> None:
    society, request = asked
    browser, path = await visit(staff=evening.leader), f"/lead/societies/{society}/requests"
    await take_back_request(society, evening.li.resident_id, by=CLI)
    assert "taken it back meanwhile" in await sent_back(browser, f"{path}/{request}/acceptance")
    await ask_to_join(society, evening.wang.resident_id, by=CLI)
    [other] = await requests_at(society)
    await take_out(evening.wang.resident_id, "died", today(), by=CLI)
    for step in ("acceptance", "refusal"):
        page = await sent_back(browser, f"{path}/{other.id}/{step}", {"reason": "full"})
        assert "answered or taken back already" in page
    assert await value("SELECT count(*) FROM organisation_member") == 0


async def test_another_leader_sees_and_answers_nothing(
    visit: Visit, evening: Evening, asked: tuple[int, int]
) -> None:
    society, request = asked
    other = await visit(staff=evening.other_leader)
    mine = await visit(staff=evening.leader)
    course = await a_course(evening.places.community, kind="society", name="书法社", title="书法")
    await open_run(course, entry="members", seats=None, leaders=(evening.other_leader.id,))
    elsewhere = await value("SELECT organisation FROM course WHERE id = $1", course)
    for browser, path in (
        (other, f"/lead/societies/{society}/requests/{request}"),
        (other, f"/lead/societies/{elsewhere}/requests/{request}"),
        (mine, f"/lead/societies/{society}/requests/0"),
        (mine, f"/lead/societies/{society}/requests/{10**30}"),
    ):
        assert (await browser.get(path)).status_code == 404, path
        if browser is other:
            assert (await browser.post(f"{path}/refusal", {"reason": "full"})).status_code in (303, 404)
            assert (await browser.post(f"{path}/acceptance")).status_code in (303, 404)
    assert "would like to join" not in (await other.get("/lead")).text
    assert len(await requests_at(society)) == 1
    desk = await visit(staff=await standing.desk(evening.places.street))
    assert (await desk.get(f"/lead/societies/{society}/requests/{request}")).status_code == 404
