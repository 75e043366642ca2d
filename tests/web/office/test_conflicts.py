"""The list of the offices: who sees which scans, and who decides about them."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from elderlearn.checkin.items import read_item
from elderlearn.checkin.receive import receive
from elderlearn.ground.clock import now
from elderlearn.people.roles import ROLES
from tests import people_standing as standing
from tests.checkin.hall import attendances
from tests.conftest import Database
from tests.people_standing import Places, StandingStaff
from tests.web.conftest import Visit
from tests.web.leader.evening import Evening, make_evening

LIST = "/office/conflicts"
# What each role sees of the class in the first community, and whether it decides: own street, other street, all.
TABLE = {
    ("district", "district"): "decides",
    ("officer", "street"): "decides",
    ("officer", "community"): "decides",
    ("officer", "other_street"): "nothing",
    ("officer", "next_community"): "nothing",
    ("auditor", "district"): "sees",
    ("auditor", "street"): "sees",
    ("auditor", "other_street"): "nothing",
    ("desk", "street"): "no page",
    ("leader", "street"): "no page",
}


@pytest.fixture
async def evening(database: Database) -> Evening:
    return await make_evening()


async def flag(evening: Evening) -> str:
    scan_id = str(uuid4())
    sent = {
        "scan_id": scan_id,
        "session_id": evening.gone,
        "code": evening.wang.card_code,
        "scanned_at": now() - timedelta(days=3, hours=-5),
    }
    [verdict] = await receive([read_item(sent)], by=evening.leader.by("leader"))
    assert verdict.verdict == "flagged"
    return scan_id


async def somebody(role: str, where: str, places: Places) -> StandingStaff:
    return await standing.staff(role, getattr(places, where))


async def test_each_role_at_each_place_sees_and_decides_what_is_its_own(visit: Visit, evening: Evening) -> None:
    assert {role for role, _ in TABLE} == set(ROLES), "a new role belongs into the table"
    for (role, where), may in TABLE.items():
        scan = await flag(evening)
        them = await visit(staff=await somebody(role, where, evening.places))
        listed = await them.get(LIST)
        assert listed.status_code == (404 if may == "no page" else 200), (role, where)
        assert (f"{LIST}/{scan}" in listed.text) is (may in ("sees", "decides")), (role, where)
        page = await them.get(f"{LIST}/{scan}")
        assert page.status_code == (200 if may in ("sees", "decides") else 404), (role, where)
        assert ("Count it" in page.text) is (may == "decides"), (role, where)
        assert (await them.get(f"{LIST}/{scan}/person")).status_code == (200 if may == "decides" else 404)
        counted = await them.post(f"{LIST}/{scan}/count")
        if may == "decides":
            assert counted.status_code == 303 and len(await attendances()) == 1, (role, where)
            await them.post(f"{LIST}/{scan}/undo", {"reason": "mistake"})
        else:
            assert counted.status_code in (303, 404) and await attendances() == [], (role, where)
        assert await attendances() == []


async def test_names_are_masked_and_the_place_narrows(visit: Visit, evening: Evening) -> None:
    scan = await flag(evening)
    places = evening.places
    them = await visit(staff=await standing.district_officer(places))
    for path in (LIST, f"{LIST}/{scan}", f"{LIST}?place={places.street.code}"):
        page = (await them.get(path)).text
        assert "王秀英" not in page and "王**" in page, path
    assert "王**" not in (await them.get(f"{LIST}?place={places.other_street.code}")).text
    officer = await visit(staff=await standing.officer(places.street))
    for path in (f"{LIST}?place={places.other_street.code}", f"{LIST}?place={places.district.code}"):
        assert (await officer.get(path)).status_code == 404, path


async def test_what_waits_too_long_is_on_the_front_page(
    visit: Visit, evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as then:
        then.setattr("elderlearn.checkin.receive.now", lambda: now() - timedelta(days=8))
        scan_id = str(uuid4())
        sent = {"scan_id": scan_id, "session_id": evening.gone, "code": evening.wang.card_code}
        at = {"scanned_at": now() - timedelta(days=8)}
        await receive([read_item(sent | at)], by=evening.leader.by("leader"))
    them = await visit(staff=await standing.officer(evening.places.street))
    assert "1 check-in has waited too long" in (await them.get("/office/participation")).text
    page = (await them.get(f"{LIST}?age=old")).text
    assert "waits for 8 days" in page and scan_id in page
    other = await visit(staff=await standing.officer(evening.places.other_street))
    assert "waited too long" not in (await other.get("/office/participation")).text
