"""A resident asks to join a society on her own phone, takes it back, is taken in, leaves; always herself only."""

from __future__ import annotations

import pytest

from elderlearn.catalogue.courses import add_course
from elderlearn.catalogue.join_queries import belongs, requests_at
from elderlearn.catalogue.members import join
from elderlearn.ground.sql import value
from tests import people_standing as standing
from tests.catalogue.runs_standing import an_organisation, open_run
from tests.conftest import Database
from tests.people_standing import CLI, Places
from tests.web.conftest import Visit


@pytest.fixture
async def places(database: Database) -> Places:
    return await standing.place_tree()


@pytest.fixture
async def choir(places: Places) -> int:
    return await an_organisation(places.street, kind="society", name="合唱团")


async def test_a_stranger_signs_in_first_and_comes_back_to_the_society(visit: Visit, choir: int) -> None:
    browser, path = await visit(), f"/organisations/{choir}"
    assert f'action="{path}/join-requests"' in (await browser.get(path)).text
    answer = await browser.post(f"{path}/join-requests", {"_page": path})
    assert answer.headers["location"] == f"/sign-in?next={path}"
    assert await value("SELECT count(*) FROM join_request") == 0


async def test_she_asks_once_in_two_tabs_and_takes_it_back(visit: Visit, places: Places, choir: int) -> None:
    me = (await standing.resident(places.other_community)).resident_id
    browser, path = await visit(resident=me), f"/organisations/{choir}"
    assert "I would like to join" in (await browser.get(path)).text
    for _ in range(2):
        answer = await browser.post(f"{path}/join-requests")
        assert "You have asked to join." in (await browser.follow(answer)).text
    assert len(await requests_at(choir)) == 1
    assert "合唱团" in (page := (await browser.get("/my")).text) and "Asked to join" in page
    for _ in range(2):
        answer = await browser.post(f"{path}/join-requests/taking-back")
        assert "I would like to join" in (await browser.follow(answer)).text
    assert await requests_at(choir) == []


async def test_a_member_leaves_by_herself_after_being_asked_once_more(
    visit: Visit, places: Places, choir: int
) -> None:
    me = (await standing.resident(places.community)).resident_id
    await join(choir, me, by=CLI)
    browser, path = await visit(resident=me), f"/my/societies/{choir}/leaving"
    page = (await browser.get(f"/organisations/{choir}")).text
    assert "You are a member since" in page and f'href="{path}"' in page
    assert (
        "You are a member already."
        in (await browser.follow(await browser.post(f"/organisations/{choir}/join-requests"))).text
    )
    assert "Leave this society?" in (await browser.get(path)).text
    for _ in range(2):
        assert "You have left 合唱团." in (await browser.follow(await browser.post(path))).text
    assert (await belongs(choir, me)).state == "left"
    noted = await value("SELECT actor_kind || ' ' || door FROM trail WHERE action = 'leave'")
    assert noted == "resident resident"
    assert (await browser.get(path)).headers["location"] == f"/organisations/{choir}#joining"


async def test_her_first_page_names_the_next_meeting_of_her_society(
    visit: Visit, places: Places, choir: int
) -> None:
    course = await add_course(organisation_id=choir, title="周末合唱", by=CLI, release=True)
    await open_run(course, kind="meeting", entry="members", seats=None, opens_at=None, closes_at=None)
    me = (await standing.resident(places.community)).resident_id
    browser = await visit(resident=me)
    assert "Nothing is planned yet" in (await browser.get("/my/home")).text
    await join(choir, me, by=CLI)
    page = (await browser.get("/my/home")).text
    assert "Your next meeting" in page and "周末合唱" in page and "Show my check-in code" in page
    await browser.post(f"/my/societies/{choir}/leaving")
    assert "周末合唱" not in (await browser.get("/my/home")).text


async def test_what_is_no_society_or_far_away_or_not_hers_is_not_there(
    visit: Visit, places: Places, choir: int
) -> None:
    away = await standing.place_tree("330110", "余杭区")
    stranger = await visit(resident=(await standing.resident(away.community, name="赵一")).resident_id)
    assert "I would like to join" not in (await stranger.get(f"/organisations/{choir}")).text
    answer = await stranger.post(f"/organisations/{choir}/join-requests")
    assert "for people of its district" in (await stranger.follow(answer)).text
    school = await an_organisation(places.street, name="学堂")
    for browser in (stranger, await visit(resident=(await standing.resident(places.community)).resident_id)):
        assert "I would like to join" not in (await browser.get(f"/organisations/{school}")).text
        for id in (school, 987654, 0, 10**30):
            assert (await browser.post(f"/organisations/{id}/join-requests")).status_code == 404, id
            assert (await browser.post(f"/organisations/{id}/join-requests/taking-back")).status_code == 404, id
            assert (await browser.get(f"/my/societies/{id}/leaving")).status_code == 404, id
        assert (await browser.post(f"/my/societies/{choir}/leaving")).status_code == 404, "never a member"
    officer = await visit(staff=await standing.officer(places.street))
    assert "I would like to join" not in (await officer.get(f"/organisations/{choir}")).text
    assert (await officer.post(f"/organisations/{choir}/join-requests")).status_code == 404
    assert await value("SELECT count(*) FROM join_request") == 0
