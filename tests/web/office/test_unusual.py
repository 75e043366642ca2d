"""Unusual patterns on the district's page: evidence, no judgement, closed with a note; not for others."""

from __future__ import annotations

import pytest

from elderlearn.ground.sql import value
from tests import people_standing as standing
from tests.browser.unusual_pages import UnusualPages, make_unusual_pages
from tests.catalogue.runs_standing import an_organisation
from tests.conftest import Database
from tests.people_standing import Places
from tests.web.conftest import Visit


@pytest.fixture
async def places(database: Database) -> Places:
    return await standing.place_tree()


@pytest.fixture
async def pages(places: Places) -> UnusualPages:
    return await make_unusual_pages(places, await an_organisation(places.community))


async def test_a_pattern_is_looked_at_and_closed_with_a_note(
    visit: Visit, places: Places, pages: UnusualPages
) -> None:
    officer = await visit(staff=await standing.district_officer(places))
    listed = (await officer.get("/office/unusual")).text
    assert "18 cards within 10 seconds." in listed and "exactly 12 days" not in listed
    assert "exactly 12 days" in (await officer.get("/office/unusual?closed=1")).text
    path = f"/office/unusual/{pages.ids[0]}"
    assert "It may be: cards shown from a box" in (await officer.get(path)).text
    assert "Please write what you found." in (await officer.sent_back(path, {"note": " "})).text
    assert "Written down." in (await officer.send(path, {"note": "a bus came"})).text
    assert "a bus came" in (await officer.get(path)).text
    assert await value("SELECT detail->>'note' FROM trail ORDER BY id DESC LIMIT 1") == "a bus came"


async def test_only_the_district_sees_them_and_the_auditor_closes_none(
    visit: Visit, places: Places, pages: UnusualPages
) -> None:
    path = f"/office/unusual/{pages.ids[0]}"
    officer = await visit(staff=await standing.officer(places.street))
    assert {(await officer.get(one)).status_code for one in ("/office/unusual", path)} == {404}
    auditor = await visit(staff=await standing.auditor(places.district))
    assert "What did you find?" not in (await auditor.get(path)).text
    assert (await auditor.post(path, {"note": "x"})).status_code == 404
    elsewhere = await standing.place_tree("330110", "余杭区")
    stranger = await visit(staff=await standing.district_officer(elsewhere))
    assert (await stranger.get(path)).status_code == 404
