"""A helper's phone from the leader's code to the last scan, as browsers send it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from elderlearn.checkin.hand_over import offer
from elderlearn.ground.clock import now
from elderlearn.ground.sql import row, value
from elderlearn.web.shell import pace
from tests.checkin.hall import attendances
from tests.checkin.lent import hours_later
from tests.web.conftest import CSRF, Visit, Visitor
from tests.web.leader.evening import Evening
from tests.web.leader.test_scans import scan

DIGITS = re.compile(r'class="digits">(\d{4} \d{4})<')


def helpers(evening: Evening) -> str:
    return f"/lead/sessions/{evening.on_now}/helpers"


async def digits(leader: Visitor, evening: Evening) -> str:
    page = await leader.send(helpers(evening))
    found = DIGITS.search(page.text)
    assert page.status_code == 200 and found, page.text[-3000:]
    return found[1]


async def a_helper(visit: Visit, evening: Evening, *, name: str = "王大姐") -> Visitor:
    """Somebody signed in as nobody, who typed the digits."""
    code = await digits(await visit(staff=evening.leader), evening)
    helper = await visit()
    answer = await helper.post("/helper", {"digits": code, "name": name})
    assert answer.headers["location"] == "/helper/scan", answer.text[-2000:]
    return helper


async def send(browser: Visitor, evening: Evening, scans: list[Any], **more: object) -> httpx.Response:
    """As static/scanner/queue.js does."""
    body = {
        "who": f"session:{evening.on_now}",
        "device": str(uuid4()),
        "sent_at": now().isoformat(),
        "scans": scans,
    }
    headers = {"HX-Request": "true", "X-CSRFToken": browser.client.cookies.get(CSRF, "")}
    return await browser.client.post("/helper/scans", json=body | more, headers=headers)


async def newest_pass() -> int:
    return int(await value("SELECT max(id) FROM scan_pass WHERE taken_at IS NOT NULL"))


async def test_a_helper_scans_and_the_leader_sees_it_and_ends_it(visit: Visit, evening: Evening) -> None:
    helper, leader = await a_helper(visit, evening), await visit(staff=evening.leader)
    answer = (await send(helper, evening, [scan(evening, evening.wang.card_code)])).json()
    assert answer["verdicts"][0]["verdict"] == "recorded" and answer["here"] == {str(evening.on_now): 1}
    listed = (await leader.get(helpers(evening))).text
    assert "王大姐" in listed and "1 scan" in listed
    attendance = await value("SELECT id FROM attendance")
    explained = (await leader.get(f"/lead/attendances/{attendance}/undo")).text
    assert f"Scanned by the helper 王大姐; {evening.leader.name} gave the pass." in explained
    await send(helper, evening, [scan(evening, "https://example.com/")])
    assert "Scanned by the helper 王大姐" in (await leader.get("/lead/conflicts?show=unread")).text
    unread = await value("SELECT id FROM scan WHERE verdict = 'refused'")
    told = (await leader.get(f"/lead/conflicts/{unread}")).text
    assert f"by the helper 王大姐 for {evening.leader.name}" in told
    await leader.send(f"/lead/passes/{await newest_pass()}/end")
    late = await send(helper, evening, [scan(evening, evening.li.card_code)])
    assert (late.status_code, late.json()) == (401, {"code": "pass_ended"})
    assert len(await attendances()) == 1 == await value("SELECT count(*) FROM scan WHERE verdict <> 'refused'")
    over = await helper.send("/helper/typed", {"code": "12345678"})
    assert "Your help with scanning has ended." in over.text
    assert f'data-who="session:{evening.on_now}"' in over.text  # what waits is still told


async def test_a_new_code_on_the_same_phone_sends_what_an_ended_pass_left_there(
    visit: Visit, evening: Evening
) -> None:
    helper, leader = await a_helper(visit, evening), await visit(staff=evening.leader)
    waiting = [scan(evening, evening.wang.card_code)]
    await leader.send(f"/lead/passes/{await newest_pass()}/end")
    assert (await send(helper, evening, waiting)).status_code == 401
    await helper.send("/helper", {"digits": await digits(leader, evening), "name": "王大姐"})
    assert (await send(helper, evening, waiting)).json()["verdicts"][0]["verdict"] == "recorded"


async def test_looking_takes_nothing_and_one_press_takes_it_once(visit: Visit, evening: Evening) -> None:
    leader = await visit(staff=evening.leader)
    await digits(leader, evening)
    sealed = (await leader.get(helpers(evening))).text  # a reload shows the same picture again
    assert DIGITS.search(sealed)
    made = await offer(evening.on_now, by=evening.leader.by("leader"))
    helper, other = await visit(), await visit()
    for browser in (helper, other, helper):
        page = await browser.get(f"/H/{made.token}")
        assert page.status_code == 200 and "Tai chi" in page.text and evening.leader.name in page.text
    assert await value("SELECT count(*) FROM scan_pass WHERE taken_at IS NOT NULL") == 0
    nameless = await helper.send("/helper", {"token": made.token, "name": ""})
    assert "Please write your name" in nameless.text and f'value="{made.token}"' in nameless.text
    taken = {"token": made.token, "name": "王大姐"}
    for _ in range(2):
        assert (await helper.post("/helper", taken)).headers["location"] == "/helper/scan"
    refused = await other.send("/helper", taken)
    assert "no longer" in refused.text
    assert (await other.get(f"/h/{made.token}")).headers["location"] == "/helper"
    assert (await other.get("/helper/scan")).headers["location"] == "/helper"


async def test_a_pass_opens_no_other_door_and_shows_no_list(visit: Visit, evening: Evening) -> None:
    helper = await a_helper(visit, evening)
    for path in (
        "/lead",
        f"/lead/sessions/{evening.on_now}",
        helpers(evening),
        "/lead/pack",
        "/my",
        "/desk/people",
    ):
        assert (await helper.get(path)).headers["location"].startswith("/sign-in")
    page = (await helper.get("/helper/scan")).text
    assert "Tai chi" in page and "王秀英" not in page and "/lead" not in page and 'data-to="names"' not in page
    [packed] = (await helper.get("/helper/pack")).json()["sessions"]
    assert packed["id"] == str(evening.on_now)
    assert [one[1:4] for one in packed["people"]] == [["王**", "", ""]]
    other = await send(helper, evening, [scan(evening, evening.wang.card_code, session_id=str(evening.gone))])
    assert other.json()["verdicts"][0]["reason"] == "not_yours"
    key = packed["people"][0][0]
    ticked = await send(helper, evening, [scan(evening, key, method="tick")])
    assert ticked.json()["verdicts"][0]["verdict"] == "refused"
    assert await attendances() == []


async def test_without_javascript_she_types_numbers(visit: Visit, evening: Evening) -> None:
    helper = await a_helper(visit, evening)
    page = await helper.send("/helper/typed", {"code": await evening.number(evening.wang)})
    assert "王** Checked in" in page.text
    assert "We do not know this code" in (await helper.send("/helper/typed", {"code": "12345678"})).text
    found = await row("SELECT scan_pass, by_staff FROM scan WHERE verdict = 'recorded'")
    assert found is not None and dict(found) == {"scan_pass": await newest_pass(), "by_staff": evening.leader.id}


async def test_after_midnight_only_what_was_scanned_before_is_taken(visit: Visit, evening: Evening) -> None:
    helper = await a_helper(visit, evening)
    before, after = scan(evening, evening.wang.card_code), scan(evening, evening.li.card_code)
    until = await value("SELECT until FROM scan_pass WHERE taken_at IS NOT NULL")
    await hours_later(await newest_pass(), (until - now()).total_seconds() / 3600 + 0.02)
    midnight = await value("SELECT until FROM scan_pass")
    before["scanned_at"] = (midnight - timedelta(minutes=1)).isoformat()
    answer = (await send(helper, evening, [after, before])).json()
    assert [one["verdict"] for one in answer["verdicts"]] == ["retry", "recorded"]
    alone = await send(helper, evening, [after])
    assert (alone.status_code, alone.json()["code"]) == (401, "pass_ended")
    assert (await helper.get("/helper/pack")).json()["sessions"] == []
    page = (await helper.get("/helper/scan")).text
    assert "Scanning ended at midnight." in page and 'id="scanner"' not in page


async def test_she_gives_the_pass_back(visit: Visit, evening: Evening) -> None:
    helper = await a_helper(visit, evening)
    page = await helper.send("/helper/stop")
    assert "Thank you for helping." in page.text
    assert (await helper.get("/helper/scan")).headers["location"] == "/helper"


@pytest.mark.parametrize("path", ["/helper/scans", "/helper/typed", "/helper/stop", "/helper"])
async def test_nothing_is_pressed_from_another_site(visit: Visit, evening: Evening, path: str) -> None:
    helper = await a_helper(visit, evening)
    assert (await helper.client.post(path, data={"digits": "1"})).status_code == 403


async def test_digits_are_not_guessed(visit: Visit, evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "MOST_AN_HOUR", dict.fromkeys(pace.MOST_AN_HOUR, 3))
    code = await digits(await visit(staff=evening.leader), evening)
    for guess in ("00000000", "1", "99999999"):
        assert "do not work" in (await (await visit()).send("/helper", {"digits": guess, "name": "x"})).text
    late = await (await visit()).send("/helper", {"digits": code, "name": "王大姐"})
    assert "very many tries from this network" in late.text
    assert await value("SELECT count(*) FROM scan_pass WHERE taken_at IS NOT NULL") == 0


async def test_who_may_give_and_end_passes(visit: Visit, evening: Evening) -> None:
    await a_helper(visit, evening)
    end = f"/lead/passes/{await newest_pass()}/end"
    for browser in (await visit(staff=evening.other_leader), await visit(resident=evening.wang.resident_id)):
        assert (await browser.get(helpers(evening))).status_code == 404
        assert (await browser.post(helpers(evening))).status_code == 404
        assert (await browser.post(end)).status_code == 404
    stranger = await visit()
    assert (await stranger.post(end)).headers["location"].startswith("/sign-in")
    assert await value("SELECT count(*) FROM scan_pass WHERE ended_at IS NULL") == 1
    coming = await (await visit(staff=evening.leader)).send(f"/lead/sessions/{evening.coming}/helpers")
    assert "This works on the day of the session." in coming.text and not DIGITS.search(coming.text)
