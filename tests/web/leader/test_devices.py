"""The phones that scan, as a leader and her office see them and end them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx

from elderlearn.ground.clock import now
from elderlearn.ground.sql import value
from tests import people_standing as standing
from tests.checkin.hall import attendances
from tests.web.conftest import CSRF, Visit, Visitor
from tests.web.leader.evening import Evening
from tests.web.leader.test_scans import scan

WECHAT = "Mozilla/5.0 (Linux; Android 10; ELE-AL00 Build/HUAWEIELE-AL00) MicroMessenger/8.0.49"


async def send(browser: Visitor, evening: Evening, scans: list[Any], device: str) -> httpx.Response:
    if CSRF not in browser.client.cookies:
        await browser.get("/sign-in?next=")
    body = {"who": f"staff:{evening.leader.id}", "device": device, "sent_at": now().isoformat(), "scans": scans}
    token = browser.client.cookies.get(CSRF) or (await browser.get("/lead")).cookies[CSRF]
    headers = {"HX-Request": "true", "X-CSRFToken": token, "User-Agent": WECHAT}
    return await browser.client.post("/lead/scans", json=body, headers=headers)


async def test_a_lost_phone_keeps_its_scans_until_she_signs_in_there_and_lets_it_scan_again(
    visit: Visit, evening: Evening
) -> None:
    lost, other, device = await visit(staff=evening.leader), await visit(staff=evening.leader), str(uuid4())
    assert (await send(lost, evening, [scan(evening, evening.wang.card_code)], device)).status_code == 200
    listed = (await lost.get("/lead/devices")).text
    assert "Huawei phone · WeChat" in listed and "this phone" in listed and "1 scan " in listed
    its = f"/lead/devices/{await value('SELECT id FROM device')}"
    assert "This is the phone in your hand." in (await lost.get(its)).text
    assert "This is the phone in your hand." not in (await other.get(its)).text
    assert "Please choose a reason" in (await other.send(f"{its}/end")).text
    ended = await other.send(f"{its}/end", {"reason": "lost"})
    assert "Ended. This phone scans no more" in ended.text
    assert (await lost.get("/lead")).headers["location"].startswith("/sign-in")

    waiting = [scan(evening, evening.li.card_code)]
    assert (await send(lost, evening, waiting, device)).status_code == 401
    again = await visit(staff=evening.leader)  # she has it in her hands and signs in on it
    answer = await send(again, evening, waiting, device)
    assert (answer.status_code, answer.json()) == (401, {"code": "device_ended"})
    assert len(await attendances()) == 1
    assert "This phone was ended." in (await again.get("/lead/devices")).text
    assert "may scan again" in (await again.send(f"{its}/allow")).text
    assert (await send(again, evening, waiting, device)).json()["verdicts"][0]["verdict"] == "recorded"


async def test_her_phones_are_nobody_elses_and_another_sign_in_ends_by_a_tap(
    visit: Visit, evening: Evening
) -> None:
    phone, tablet = await visit(staff=evening.leader), await visit(staff=evening.leader)
    stranger = await visit(staff=evening.other_leader)
    await send(phone, evening, [scan(evening, evening.wang.card_code)], str(uuid4()))
    its = f"/lead/devices/{await value('SELECT id FROM device')}"
    sign_in = await value("SELECT max(id) FROM sign_in WHERE staff = $1", evening.leader.id)
    assert (await stranger.get(its)).status_code == 404
    for path in (f"{its}/end", f"{its}/allow", f"/lead/sign-ins/{sign_in}/end"):
        assert (await stranger.post(path, {"reason": "lost"})).status_code == 404
    assert (await tablet.post(f"/lead/sign-ins/{sign_in}/end")).status_code == 404  # where she is now
    assert "Signed out there." in (await phone.send(f"/lead/sign-ins/{sign_in}/end")).text
    assert (await tablet.get("/lead")).headers["location"].startswith("/sign-in")


async def test_the_office_ends_phones_of_its_place_and_no_others(visit: Visit, evening: Evening) -> None:
    phone = await visit(staff=evening.leader)
    await send(phone, evening, [scan(evening, evening.wang.card_code)], str(uuid4()))
    its = f"/desk/devices/{await value('SELECT id FROM device')}"
    places = evening.places
    for somebody in (
        await standing.desk(places.street), await standing.auditor(places.district),
        await standing.officer(places.other_street),
    ):  # fmt: skip
        browser = await visit(staff=somebody)
        assert (await browser.get(its)).status_code == 404
        assert (await browser.post(f"{its}/end", {"reason": "lost"})).status_code == 404
    far = await visit(staff=await standing.officer(places.other_street))
    assert evening.leader.name not in (await far.get("/desk/devices")).text
    officer = await visit(staff=await standing.officer(places.street))
    assert evening.leader.name in (await officer.get("/desk/devices")).text
    assert "No phone like this" in (await officer.get("/desk/devices?words=nobody")).text
    assert "Ended." in (await officer.send(f"{its}/end", {"other": "left on the bus"})).text
    assert "left on the bus" in (await officer.get(its)).text
    assert (await phone.get("/lead")).headers["location"].startswith("/sign-in")
    assert "may scan again" in (await officer.send(f"{its}/allow")).text
