"""The target is typed by the district with its plan; nonsense is refused in words."""

from __future__ import annotations

import pytest

from elderlearn.ground.clock import today
from elderlearn.participation.targets import target_of
from tests import people_standing as standing
from tests.conftest import Database
from tests.web.conftest import Visit

FORM = {"per_cent": "３３.5", "starts_on": "2026-01-01", "source": "plan 2026"}


async def test_a_target_holds_from_its_day_on(visit: Visit, database: Database) -> None:
    places = await standing.place_tree()
    officer = await visit(staff=await standing.district_officer(places))
    assert "No target yet" in (await officer.get("/office/targets")).text
    assert "33.5%" in (await officer.send("/office/targets", FORM)).text
    assert await target_of(places.district.id, today()) == 335
    listed = await officer.send("/office/targets", FORM | {"per_cent": "35 %", "starts_on": "2026-06-01"})
    assert "35.0%" in listed.text and "until" in listed.text
    street = await visit(staff=await standing.officer(places.street))
    assert (await street.get("/office/targets")).status_code == 404
    auditor = await visit(staff=await standing.auditor(places.district))
    assert "Save the target" not in (await auditor.get("/office/targets")).text
    assert (await auditor.post("/office/targets", FORM)).status_code == 404


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"per_cent": "0"}, "from 0.1 to 100"),
        ({"per_cent": "101"}, "from 0.1 to 100"),
        ({"per_cent": "a third"}, "from 0.1 to 100"),
        ({"per_cent": "", "starts_on": "", "source": ""}, "3 things need your attention"),
    ],
)
async def test_nonsense_is_refused_in_words(
    visit: Visit, database: Database, changes: dict[str, str], said: str
) -> None:
    places = await standing.place_tree()
    officer = await visit(staff=await standing.district_officer(places))
    assert said in (await officer.sent_back("/office/targets", FORM | changes)).text
    assert await target_of(places.district.id, today()) is None
