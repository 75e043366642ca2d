"""A leader's runs and societies through HTTP, and that nobody else's are there."""

from __future__ import annotations

import pytest

from elderlearn.catalogue.members import join
from elderlearn.checkin.sheet import record_sheet
from elderlearn.ground.clock import today
from elderlearn.ground.sql import value
from tests import people_standing as standing
from tests.catalogue.runs_standing import a_course, open_run
from tests.people_standing import CLI
from tests.web.conftest import Visit
from tests.web.leader.evening import Evening, sent_back


@pytest.fixture
async def society(evening: Evening) -> int:
    """Led by the evening's leader; Wang is a member, Li came once."""
    course = await a_course(evening.places.community, kind="society", name="合唱社团", title="合唱")
    run = await open_run(course, entry="members", seats=None, leaders=(evening.leader.id,))
    organisation: int = await value("SELECT organisation FROM course WHERE id = $1", course)
    await join(organisation, evening.wang.resident_id, by=CLI)
    await value(
        """UPDATE session SET starts_at = starts_at - interval '14 days', ends_at = ends_at - interval '14 days',
            on_date = on_date - 14 WHERE run = $1""",
        run.run_id,
    )
    await record_sheet(run.session_ids[0], [evening.li.resident_id], by=CLI)
    return organisation


async def test_the_list_has_phases_search_sort_and_societies(visit: Visit, evening: Evening, society: int) -> None:
    browser = await visit(staff=evening.leader)
    page = (await browser.get("/lead/runs")).text
    assert "Tai chi" in page and f"/lead/societies/{society}" in page and "sort=title" in page
    assert "Tai chi" not in (await browser.get("/lead/runs?phase=over")).text
    assert "Nothing found" in (await browser.get("/lead/runs?q=%25")).text
    for odd in ("page=x", "page=99999999999999999999", "phase=never", "sort=%00", "page=9999"):
        assert (await browser.get(f"/lead/runs?{odd}")).status_code == 200, odd


async def test_a_run_shows_sessions_people_and_sums(visit: Visit, evening: Evening) -> None:
    await record_sheet(evening.gone, [evening.wang.resident_id, evening.li.resident_id], by=CLI)
    page = (await (await visit(staff=evening.leader)).get(f"/lead/runs/{evening.run_id}")).text
    assert "王秀英" in page and "李**" in page and "李建国" not in page
    assert "2 here" in page or "2 of 1 here" in page
    assert page.count("/change") == 3


async def test_what_is_not_hers_is_not_there(visit: Visit, evening: Evening, society: int) -> None:
    browser = await visit(staff=evening.other_leader)
    wang = evening.wang.resident_id
    for path in (
        f"/lead/runs/{evening.run_id}", "/lead/runs/0", f"/lead/runs/{10**30}", f"/lead/societies/{society}",
        f"/lead/societies/{society}/members/{wang}/leave",
    ):  # fmt: skip
        assert (await browser.get(path)).status_code == 404, path
    for path, data in ((f"/lead/societies/{society}/members", {"code": "1"}),):
        assert (await browser.post(path, data)).status_code == 404
    assert (await browser.post(f"/lead/societies/{society}/members/{wang}/leave", {})).status_code == 404


async def test_a_card_or_a_visit_makes_a_member(visit: Visit, evening: Evening, society: int) -> None:
    browser = await visit(staff=evening.leader)
    path = f"/lead/societies/{society}"
    page = (await browser.get(path)).text
    assert "王秀英" in page and "李**" in page
    bad = await sent_back(browser, f"{path}/members", {"code": "1234"})
    assert 'value="1234"' in bad and "We do not know this number" in bad
    stranger = await standing.resident(evening.places.community, name="赵一")
    assert (await browser.post(f"{path}/members", {"resident_id": stranger.resident_id})).status_code == 404
    answer = await browser.post(f"{path}/members", {"code": await evening.number(stranger)})
    assert "赵一" in (await browser.follow(answer)).text
    answer = await browser.post(f"{path}/members", {"resident_id": evening.li.resident_id})
    assert "李建国" in (await browser.follow(answer)).text


async def test_somebody_leaves_on_a_day_she_was_a_member(visit: Visit, evening: Evening, society: int) -> None:
    browser = await visit(staff=evening.leader)
    path = f"/lead/societies/{society}/members/{evening.wang.resident_id}/leave"
    assert f'value="{today()}"' in (await browser.get(path)).text
    bad = await sent_back(browser, path, {"on": "2001-01-01"})
    assert "Please choose a day between" in bad and "2001-01-01" in bad
    answer = await browser.post(path, {"on": str(today())})
    page = (await browser.follow(answer)).text
    assert "Written down: she left." in page and "王秀英" not in page
    assert "王秀英" in (await browser.get(f"/lead/societies/{society}?left=yes")).text
    nobody = f"/lead/societies/{society}/members/987654/leave"
    assert (await browser.get(nobody)).status_code == 404
