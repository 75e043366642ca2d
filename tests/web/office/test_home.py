"""Who comes in at the office, and where they land."""

from __future__ import annotations

from tests import people_standing as standing
from tests.web.conftest import Visit
from tests.web.office.year import Year


async def test_whoever_reads_reports_begins_with_the_report(visit: Visit, year: Year) -> None:
    places = year.places
    for staff in (
        await standing.officer(places.street),
        await standing.district_officer(places),
        await standing.auditor(places.district),
    ):
        browser = await visit(staff=staff)
        answer = await browser.get("/office")
        assert answer.headers["location"] == "/office/participation", staff.role
        assert (await browser.follow(answer)).status_code == 200


async def test_the_desk_reads_what_it_does_here(visit: Visit, year: Year) -> None:
    answer = await (await visit(staff=await standing.desk(year.places.street))).get("/office")
    assert answer.status_code == 200
    assert "Desk of 第1街道" in answer.text
    assert 'href="/courses"' in answer.text
    assert "/office/participation" not in answer.text


async def test_strangers_sign_in_first_and_others_find_nothing(visit: Visit, year: Year) -> None:
    for path in ("/office", "/office/participation"):
        answer = await (await visit()).get(path)
        assert answer.status_code == 303
        assert answer.headers["location"] == f"/sign-in?next={path}"
        assert (await (await visit(resident=year.wang)).get(path)).status_code == 404
        leader = await standing.leader(year.places.street)
        assert (await (await visit(staff=leader)).get(path)).status_code == 404
