"""Who sees which page of planning: officers their place and below, desk and auditor read, nobody else anything."""

from __future__ import annotations

import re

from tests import people_standing as standing
from tests.web.conftest import Visit
from tests.web.planning.world import World


def pages_to_read(world: World) -> list[str]:
    return [
        "/planning/runs",
        "/planning/runs?stage=open&kind=class&words=tai",
        f"/planning/runs/{world.run}",
        f"/planning/runs/{world.run}/sheet",
        "/planning/courses",
        f"/planning/courses/{world.course}",
        "/planning/organisations",
        f"/planning/organisations/{world.academy}",
        f"/planning/organisations/{world.choir}",
        f"/planning/organisations/{world.choir}/members",
        "/planning/venues",
        f"/planning/venues/{world.venue}",
        "/planning/teachers",
        f"/planning/teachers/{world.teacher}",
        "/planning/terms",
        "/planning/holidays",
    ]


def forms_of_an_officer(world: World) -> list[str]:
    return [
        f"/planning/courses/{world.course}/runs/new",
        f"/planning/courses/{world.course}/edit",
        f"/planning/courses/{world.course}/ending",
        f"/planning/runs/{world.run}/edit",
        f"/planning/runs/{world.run}/sessions/new",
        f"/planning/sessions/{world.sessions[0]}/edit",
        f"/planning/sessions/{world.sessions[0]}/calling-off",
        "/planning/organisations/new",
        f"/planning/organisations/{world.academy}/edit",
        f"/planning/organisations/{world.academy}/ending",
        f"/planning/organisations/{world.academy}/courses/new",
        "/planning/venues/new",
        f"/planning/venues/{world.venue}/edit",
        f"/planning/venues/{world.venue}/ending",
        "/planning/teachers/new",
        f"/planning/teachers/{world.teacher}/edit",
        f"/planning/teachers/{world.teacher}/ending",
    ]


def forms_of_the_district(world: World) -> list[str]:
    return ["/planning/terms/new", f"/planning/terms/{world.term}/edit"]


async def test_an_officer_reads_and_changes_what_lies_in_her_street(visit: Visit, world: World) -> None:
    browser = await visit(staff=world.officer)
    for path in [*pages_to_read(world), *forms_of_an_officer(world)]:
        assert (await browser.get(path)).status_code == 200, path
    for path in forms_of_the_district(world):
        assert (await browser.get(path)).status_code == 404, path


async def test_the_district_changes_everything(visit: Visit, world: World) -> None:
    browser = await visit(staff=await standing.district_officer(world.places))
    for path in [*pages_to_read(world), *forms_of_an_officer(world), *forms_of_the_district(world)]:
        assert (await browser.get(path)).status_code == 200, path


async def test_desk_and_auditor_read_and_find_no_form(visit: Visit, world: World) -> None:
    for staff in (await standing.desk(world.places.street), await standing.auditor(world.places.district)):
        browser = await visit(staff=staff)
        for path in pages_to_read(world):
            answer = await browser.get(path)
            assert answer.status_code == 200, path
            forms = re.findall(r'method="post" action="(/planning[^"]*)"', answer.text)
            assert [one for one in forms if "/export" not in one] == [], path
        for path in [*forms_of_an_officer(world), *forms_of_the_district(world)]:
            assert (await browser.get(path)).status_code == 404, path


async def test_another_street_finds_nothing_of_it(visit: Visit, world: World) -> None:
    browser = await visit(staff=await standing.officer(world.places.other_street))
    theirs = [
        path
        for path in [*pages_to_read(world), *forms_of_an_officer(world)]
        if any(char.isdigit() for char in path) and "/teachers/" not in path
    ]
    assert len(theirs) > 15
    for path in theirs:
        assert (await browser.get(path)).status_code == 404, path
    for path in ("/planning/runs", "/planning/courses", "/planning/organisations", "/planning/venues"):
        text = (await browser.get(path)).text
        assert "Tai chi" not in text
        assert "Xingqiao" not in text
        assert "Room 201" not in text


async def test_strangers_sign_in_and_others_find_nothing(visit: Visit, world: World) -> None:
    for path in pages_to_read(world):
        assert (await (await visit()).get(path)).status_code == 303, path
    resident, leader = await visit(resident=world.wang), await visit(staff=world.leader)
    for path in pages_to_read(world):
        assert (await resident.get(path)).status_code == 404, path
        assert (await leader.get(path)).status_code == 404, path


async def test_posts_are_refused_like_the_forms_they_belong_to(visit: Visit, world: World) -> None:
    auditor = await visit(staff=await standing.auditor(world.places.district))
    other = await visit(staff=await standing.officer(world.places.other_street))
    for browser in (auditor, other):
        for path, data in {
            f"/planning/runs/{world.run}/seats": {"seats": "9"},
            f"/planning/runs/{world.run}/leaders": {"staff": str(world.leader.id)},
            f"/planning/courses/{world.course}/ending": {},
            f"/planning/courses/{world.course}/release": {},
            f"/planning/sessions/{world.sessions[0]}/calling-off": {"reason": "rain", "state": "called_off"},
            f"/planning/organisations/{world.academy}/ending": {"on": "2026-01-01"},
            f"/planning/organisations/{world.choir}/members": {"resident": str(world.wang)},
            f"/planning/organisations/{world.choir}/members/search": {"words": "12345678"},
            f"/planning/organisations/{world.choir}/members/{world.wang}/leaving": {},
            f"/planning/venues/{world.venue}/ending": {"on": "2026-01-01"},
            "/planning/terms/new": {"name": "x", "starts_on": "2027-01-01", "ends_on": "2027-02-01"},
            "/planning/holidays": {"days": "2027-01-01 New Year"},
        }.items():
            assert (await browser.post(path, data)).status_code == 404, path
