"""Another rule from the office: typed, looked at, approved by the district; nobody else changes it."""

from __future__ import annotations

import pytest

from elderlearn.ground.sql import value
from elderlearn.participation.fill_periods import fill_periods
from elderlearn.participation.rule_versions import ensure_rule
from tests import people_standing as standing
from tests.conftest import Database
from tests.people_standing import CLI, Places
from tests.web.conftest import Visit

FORM = {
    "year": "2026", "begins": "01", "elder_age": "60", "reference": "12-31", "basis": "resident", "cap": "4",
    "hours_on": "", "hours": "16", "hours_days": "4", "days_on": "yes", "days": "1", "completed_on": "",
    "completed": "16", "together": "any", "kinds": ["class", "lecture"], "weight_lecture": "50", "online": "4",
    "reason": "the city asks for it",
}  # fmt: skip


@pytest.fixture
async def places(database: Database) -> Places:
    made = await standing.place_tree()
    await ensure_rule(made.district.id, by=CLI)
    return made


async def test_a_rule_goes_its_way_from_the_form_to_the_figures(visit: Visit, places: Places) -> None:
    officer = await visit(staff=await standing.district_officer(places))
    assert "16 class hours" in (await officer.get("/office/rules")).text
    shown = await officer.send("/office/rules/new", FORM)
    assert "waits for approval" in shown.text and "switched off" in shown.text
    assert "Lectures 50 %" in shown.text and "online learning that count at most" in shown.text
    rule = await value("SELECT max(id) FROM regular_rule")
    path = f"/office/rules/{rule}"
    assert "Please write who decided it" in (await officer.sent_back(f"{path}/approval", {})).text
    approved = await officer.send(f"{path}/approval", {"decision": "meeting of 3 March"})
    assert "is being counted" in approved.text
    await fill_periods()
    assert "meeting of 3 March" in (await officer.get(path)).text
    listed = (await officer.get("/office/rules")).text
    assert "1 different days" in listed and "Version 2" in listed


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"days_on": ""}, "nobody would be regular"),
        ({"kinds": []}, "at least one kind"),
        ({"year": "soon", "elder_age": "7", "cap": ""}, "3 things need your attention"),
        ({"days": "400"}, "from 1 to 366"),
        ({"weight_lecture": "500"}, "from 10 to 200"),
        ({"reason": ""}, "Please write why"),
        ({"basis": "both", "reference": "02-31", "together": "x", "begins": "13"}, "4 things need your attention"),
    ],
)
async def test_what_cannot_be_a_rule_is_said_and_nothing_typed_is_lost(
    visit: Visit, places: Places, changes: dict[str, object], said: str
) -> None:
    officer = await visit(staff=await standing.district_officer(places))
    answer = await officer.sent_back("/office/rules/new", FORM | changes)
    assert said in answer.text
    assert changes.get("reason", FORM["reason"]) in answer.text
    assert await value("SELECT count(*) FROM regular_rule") == 1


async def test_only_the_district_changes_it_and_others_do_not_see_it(visit: Visit, places: Places) -> None:
    auditor = await visit(staff=await standing.auditor(places.district))
    assert (await auditor.get("/office/rules")).status_code == 200
    assert (await auditor.get("/office/rules/new")).status_code == 404
    assert (await auditor.post("/office/rules/new", FORM)).status_code == 404
    officer = await visit(staff=await standing.officer(places.street))
    for path in ("/office/rules", "/office/rules/new", "/office/rules/1"):
        assert (await officer.get(path)).status_code == 404
    other = await standing.place_tree("330110", "余杭区")
    stranger = await visit(staff=await standing.district_officer(other))
    assert (await stranger.get("/office/rules/1")).status_code == 404


async def test_a_proposal_is_taken_back(visit: Visit, places: Places) -> None:
    officer = await visit(staff=await standing.district_officer(places))
    await officer.send("/office/rules/new", FORM)
    rule = await value("SELECT max(id) FROM regular_rule")
    assert "Another proposal waits" in (await officer.sent_back("/office/rules/new", FORM)).text
    assert "Taken back." in (await officer.send(f"/office/rules/{rule}/withdrawal")).text
    assert (
        "This proposal was taken back"
        in (await officer.sent_back(f"/office/rules/{rule}/approval", {"decision": "late"})).text
    )
