"""The scanner without a network: it judges by itself, nothing is lost, nothing is counted twice."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from playwright.async_api import Route, expect

from elderlearn.checkin.change_session import change_session
from elderlearn.ground.clock import now
from elderlearn.ground.embedded import Servers
from elderlearn.ground.sql import rows, value
from tests.browser.conftest import SLOWEST, OpenPage, Site
from tests.browser.scanning import (
    NO_STORAGE,
    a_clock_wrong_by,
    answering,
    kept_scans,
    now_signed_in,
    phone,
    verdicts,
)
from tests.checkin.hall import attendances
from tests.conftest import Database
from tests.web.leader.evening import Evening, make_evening

pytestmark = pytest.mark.browser

MANY = 1000
IN_A_BATCH = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)"
CLEAR = "new Promise(done => { indexedDB.deleteDatabase('elderlearn-scans').onsuccess = done; })"
FULL = """() => { IDBObjectStore.prototype.put =
    () => { throw new DOMException('full', 'QuotaExceededError'); }; }"""
FIRST_VERSION = """scan => new Promise(done => {
    const open = indexedDB.open('elderlearn-scans', 1);
    open.onupgradeneeded = () => open.result.createObjectStore('scan', { keyPath: 'scan_id' }).add(scan);
    open.onsuccess = () => { open.result.close(); done(); }; })"""
FILL = """async ([who, session, code, many]) => {
    const scans = Array.from({ length: many }, (_, at) => ({ scan_id: elderlearn.store.uuid(), who: who,
        session_id: session, code: code, method: 'camera', device_seq: at,
        scanned_at: new Date().toISOString() }));
    const open = indexedDB.open('elderlearn-scans');
    await new Promise(done => { open.onsuccess = done; });
    const work = open.result.transaction('scan', 'readwrite');
    scans.forEach(one => work.objectStore('scan').add(one));
    await new Promise(done => { work.oncomplete = done; });
    await elderlearn.sender.paint(); }"""


@pytest.fixture
async def evening(database: Database) -> Evening:
    return await make_evening()


async def test_opened_once_it_opens_scans_and_judges_without_a_network(
    open_page: OpenPage, evening: Evening
) -> None:
    leader = await (await phone(open_page, evening)).opens()
    promise = leader.page.locator("[data-part=reload]")
    await expect(promise).to_contain_text("open it again, also without a network", timeout=SLOWEST)
    await leader.has_pack()
    await leader.context.set_offline(True)
    answer = await leader.page.reload()
    assert answer is not None and answer.from_service_worker
    await leader.types(evening.wang.card_code)
    await leader.says("Checked in", "王**")
    await leader.types(evening.wang.card_code)
    await leader.says("Is here already", "王**")
    await leader.types(evening.li.card_code)
    await leader.says("Written down, but not on the list of this phone.")
    await leader.page.locator("#f-whose").fill("李阿姨")
    await leader.page.get_by_role("button", name="Keep the name").click()
    await leader.says("Written down", "李阿姨")
    await expect(leader.page.locator("#here")).to_have_text("1")
    await leader.state("3 waiting to be sent. There is no network.")

    context = leader.context
    await leader.page.close()
    again = await context.new_page()
    await again.goto("/lead")
    await expect(again).to_have_url(re.compile("/lead/scan$"))
    await again.get_by_role("link", name="Tai chi").click()
    await expect(again.locator("#scans-here")).to_have_attribute("data-waiting", "3")
    await context.set_offline(False)
    await expect(again.locator("#scans-here")).to_have_attribute("data-waiting", "0", timeout=SLOWEST)
    assert {resident for _, resident in await attendances()} == {
        evening.wang.resident_id, evening.li.resident_id,
    }  # fmt: skip
    assert await value("SELECT typed_name FROM scan WHERE typed_name IS NOT NULL") == "李阿姨"
    assert await value("SELECT count(DISTINCT device) FROM scan WHERE device IS NOT NULL") == 1


async def test_without_a_service_worker_the_open_page_goes_on_also_with_a_wrong_clock(
    open_page: OpenPage, evening: Evening
) -> None:
    """As in WeChat on an iPhone: the page stays open, and says that it must."""
    leader = await phone(open_page, evening, service_worker=False)
    await leader.page.add_init_script(a_clock_wrong_by(3))
    await leader.opens()
    await expect(leader.page.locator("[data-part=reload]")).to_contain_text("keep this page open")
    await leader.has_pack()
    await leader.context.set_offline(True)
    await leader.page.locator(".person").first.click()
    await leader.says("Checked in", "王**")
    await leader.types(evening.li.card_code)
    await leader.waits(2)
    assert await kept_scans() == 0
    await leader.context.set_offline(False)
    await leader.waits(0)
    assert [one[1:] for one in await verdicts()] == [("recorded", None), ("recorded", "walk_in")]
    apart = "SELECT extract(epoch FROM phone_said_at - scanned_at)::int / 60 AS minutes FROM scan"
    assert {one["minutes"] in (179, 180) for one in await rows(apart)} == {True}


async def test_a_session_called_off_is_known_to_the_pack(open_page: OpenPage, evening: Evening) -> None:
    await change_session(evening.on_now, state="called_off", reason="台风", by=evening.leader.by("leader"))
    leader = await (await phone(open_page, evening)).opens()
    await leader.has_pack()
    await leader.context.set_offline(True)
    await leader.types(evening.wang.card_code)
    await leader.says("Kept: this session was called off.", "王**")
    await leader.context.set_offline(False)
    await leader.waits(0)
    assert await verdicts() == [("typed", "flagged", "called_off")]


async def test_a_pack_of_the_day_before_yesterday_is_gone(open_page: OpenPage, evening: Evening) -> None:
    leader = await (await phone(open_page, evening, service_worker=False)).opens()
    await leader.has_pack()
    await leader.page.evaluate("""elderlearn.store.all('pack').then(([pack]) =>
        elderlearn.store.put('pack', { ...pack, taken_at: pack.taken_at - 49 * 3600000 }))""")
    await leader.page.route("**/lead/pack", lambda route: route.abort())
    await leader.opens()
    await leader.goes_to("names")
    await expect(leader.page.locator("[data-part=no-names]")).to_contain_text("The list is not on this phone.")
    assert await leader.packs_kept() == 0
    await leader.page.route("**/lead/scans", lambda route: route.abort())
    await leader.types(evening.wang.card_code)
    await leader.says("Written down. It is looked up when it is sent.")


async def test_only_its_own_final_verdict_takes_a_scan_off_the_phone(
    open_page: OpenPage, evening: Evening
) -> None:
    """Also not a lost answer: the server has it, the phone asks again, and it is still one."""
    leader = await (await phone(open_page, evening, service_worker=False)).opens()

    async def swallow(route: Route) -> None:
        await route.fetch()
        await route.abort()

    async def retry(route: Route, scans: list[dict[str, Any]]) -> None:
        verdicts = [{"scan_id": one["scan_id"], "verdict": "retry"} for one in scans]
        await route.fulfill(json={"verdicts": verdicts})

    async def foreign(route: Route, scans: list[dict[str, Any]]) -> None:
        await route.fulfill(json={"verdicts": [{"scan_id": "another", "verdict": "recorded"}, None]})

    await leader.page.route("**/lead/scans", lambda route: route.fulfill(status=503))
    await leader.types(evening.wang.card_code)
    await leader.state("The system is busy")
    for reply in (answering(retry), answering(foreign), swallow):
        await leader.page.unroute("**/lead/scans")
        await leader.page.route("**/lead/scans", reply)
        async with leader.page.expect_request("**/lead/scans"):
            await leader.page.get_by_role("button", name="Send now").click()
        await leader.waits(1)
    await leader.state("There is no network")
    assert await kept_scans() == 1
    await leader.page.unroute("**/lead/scans")
    await leader.page.get_by_role("button", name="Send now").click()
    await leader.waits(0)
    assert await verdicts() == [("typed", "recorded", None)] and len(await attendances()) == 1


async def test_one_scan_that_breaks_the_server_stops_no_other(open_page: OpenPage, evening: Evening) -> None:
    leader = await (await phone(open_page, evening, service_worker=False)).opens()

    async def break_at(route: Route, scans: list[dict[str, Any]]) -> None:
        if any(one["code"] == "POISON" for one in scans):
            await route.fulfill(status=500)
        else:
            await route.continue_()

    await leader.page.route("**/lead/scans", answering(break_at))
    who, session = f"staff:{evening.leader.id}", str(evening.on_now)
    for code, many in ((evening.wang.card_code, 20), ("POISON", 1), (evening.li.card_code, 20)):
        await leader.page.evaluate(FILL, [who, session, code, many])
    await leader.page.evaluate("elderlearn.sender.send()")
    await leader.waits(1)
    await leader.state("The system cannot take them in. They stay on this phone")
    assert await kept_scans() == 40 and len(await attendances()) == 2


async def test_a_thousand_that_wait_go_in_two_requests(open_page: OpenPage, evening: Evening) -> None:
    leader = await (await phone(open_page, evening)).opens()
    await leader.context.set_offline(True)
    who, session = f"staff:{evening.leader.id}", str(evening.on_now)
    await leader.page.evaluate(FILL, [who, session, evening.wang.card_code, MANY])
    await leader.state(f"{MANY} waiting to be sent")
    requests: list[str] = []
    leader.page.on("request", lambda one: requests.append(one.url) if one.url.endswith("/lead/scans") else None)
    await leader.context.set_offline(False)
    await leader.waits(0)
    assert await kept_scans() == MANY and len(requests) == 2
    assert len(await attendances()) == 1
    assert await leader.page.locator("[data-part=log] li").count() <= 12


async def test_an_ended_sign_in_takes_the_roster_and_leaves_the_scans(
    open_page: OpenPage, evening: Evening, site: Site
) -> None:
    leader = await (await phone(open_page, evening)).opens()
    await leader.has_pack()
    await now_signed_in(leader.context, site, None)
    await leader.types(evening.wang.card_code)
    await leader.state("Please sign in again; nothing is lost.")
    await leader.waits(1)
    assert await leader.packs_kept() == 0 and await attendances() == []
    link = leader.page.get_by_role("link", name="Sign in again")
    await expect(link).to_have_attribute("href", f"/sign-in?next=/lead/sessions/{evening.on_now}/scan")
    await link.click()
    await expect(leader.page).to_have_url(re.compile("/sign-in"))
    await now_signed_in(leader.context, site, evening.other_leader)
    await leader.page.goto("/lead")
    await expect(leader.page.locator("[data-part=others]")).to_contain_text("1 scans of another leader wait")
    assert await kept_scans() == 0, "only she may send what she scanned"
    await now_signed_in(leader.context, site, evening.leader)
    await leader.opens()
    await leader.waits(0)
    await expect(leader.page.locator("#here")).to_have_text("1")


async def test_signing_out_warns_when_scans_wait_and_never_deletes_them(
    open_page: OpenPage, evening: Evening, site: Site
) -> None:
    leader = await (await phone(open_page, evening)).opens()
    await expect(leader.page.locator("[data-part=reload]")).to_contain_text("open it again", timeout=SLOWEST)
    await leader.context.set_offline(True)
    await leader.types(evening.wang.card_code)
    await leader.waits(1)
    await leader.page.route("**/lead/scans", lambda route: route.abort())
    await leader.context.set_offline(False)
    await leader.page.goto("/lead")
    await leader.page.get_by_role("button", name="Sign out").click()
    await expect(leader.page.locator(".leaving")).to_contain_text("1 scans are not sent yet.", timeout=SLOWEST)
    await leader.page.get_by_role("button", name="all the same").click()
    await expect(leader.page.locator("#flash")).to_contain_text("You are signed out.")
    kept = await leader.page.evaluate("caches.keys().then(all => all.filter(one => one.startsWith('pages-')))")
    assert kept == []
    await leader.page.unroute("**/lead/scans")
    await now_signed_in(leader.context, site, evening.leader)
    await leader.page.goto("/lead")
    await leader.waits(0)
    assert await attendances() == [(evening.on_now, evening.wang.resident_id)]


async def test_two_phones_at_one_door_count_a_person_once(open_page: OpenPage, evening: Evening) -> None:
    first = await (await phone(open_page, evening)).opens()
    second = await (await phone(open_page, evening)).opens()
    for one in (first, second):
        await one.has_pack()
        await one.context.set_offline(True)
        await one.types(evening.wang.card_code)
        await one.says("Checked in", "王**")
    for one in (second, first):
        await one.context.set_offline(False)
        await one.waits(0)
    assert sorted(one[1] for one in await verdicts()) == ["already_present", "recorded"]
    assert len(await attendances()) == 1
    assert await value("SELECT count(DISTINCT device) FROM scan") == 2


async def test_a_phone_that_keeps_nothing_sends_at_once_or_says_that_it_could_not(
    open_page: OpenPage, evening: Evening, site: Site
) -> None:
    leader = await phone(open_page, evening)
    await leader.page.add_init_script(NO_STORAGE)
    await leader.opens()
    await expect(leader.page.locator("[data-part=keeps]")).to_contain_text("This phone keeps nothing.")
    promise = leader.page.locator("[data-part=reload]")
    await expect(promise).to_have_class("done", timeout=SLOWEST)  # the page opens again, what waits would be lost
    await expect(promise).to_be_hidden()
    await leader.types(evening.wang.card_code)
    await leader.says("Checked in", "王**")
    await leader.context.set_offline(True)
    await leader.types(evening.li.card_code)
    await leader.says("Not sent yet, and this phone keeps nothing.")
    await leader.types("123")
    await leader.says("Please compare the 8 digits with the card.")
    await leader.context.set_offline(False)
    await leader.waits(0)
    assert len(await attendances()) == 2, "as long as the page was open it was not lost all the same"


async def test_a_phone_whose_storage_was_cleared_says_so_and_a_full_one_sends_at_once(
    open_page: OpenPage, evening: Evening
) -> None:
    leader = await (await phone(open_page, evening, service_worker=False)).opens()
    await leader.context.set_offline(True)
    await leader.types(evening.wang.card_code)
    await leader.waits(1)
    await leader.page.goto("about:blank")
    await leader.context.set_offline(False)
    await leader.page.route("**/cleared", lambda route: route.fulfill(body="", content_type="text/html"))
    await leader.page.goto("/cleared")
    await leader.page.evaluate(CLEAR)
    await leader.opens()
    await expect(leader.page.locator("[data-part=lost]")).to_contain_text("1 scans that were not sent are gone")
    assert await attendances() == []
    await leader.page.evaluate(FULL)
    await leader.types(evening.li.card_code)
    await leader.says("Checked in, without a seat", "李**")
    await expect(leader.page.locator("[data-part=keeps]")).to_contain_text("This phone keeps nothing.")


async def test_what_waited_on_a_phone_before_this_version_is_sent(open_page: OpenPage, evening: Evening) -> None:
    leader = await phone(open_page, evening, service_worker=False)
    await leader.page.route("**/before", lambda route: route.fulfill(body="", content_type="text/html"))
    await leader.page.goto("/before")
    scan = {
        "scan_id": "0b8a8c1e-3a43-4a0e-9d0c-0c8f4f6f0a11", "leader": str(evening.leader.id), "device_seq": 1,
        "session_id": str(evening.on_now), "code": evening.wang.card_code, "method": "camera",
        "scanned_at": now().isoformat(),
    }  # fmt: skip
    await leader.page.evaluate(FIRST_VERSION, scan)
    await leader.page.goto("/lead")
    await leader.waits(0)
    assert await attendances() == [(evening.on_now, evening.wang.resident_id)]


async def test_a_server_killed_in_the_middle_of_a_batch_is_asked_again(
    open_page: OpenPage, evening: Evening, site: Site, database: Database, servers: Servers
) -> None:
    leader = await (await phone(open_page, evening, service_worker=False)).opens()
    await leader.context.set_offline(True)
    for one in (evening.wang, evening.li):
        await leader.types(one.card_code)
    await leader.waits(2)
    async with database.connection.transaction():
        await database.execute("SELECT FROM resident WHERE id = $1 FOR UPDATE", evening.li.resident_id)
        await leader.context.set_offline(False)
        for _ in range(200):
            if await database.value(IN_A_BATCH):
                break
            await asyncio.sleep(0.05)
        assert await database.value(IN_A_BATCH)
        site.process.kill()
        site.process.wait()
    await leader.state("There is no network")
    assert await kept_scans() == 0
    async with site.started_again(database, servers):
        await leader.page.get_by_role("button", name="Send now").click()
        await leader.waits(0)
    assert [one[1] for one in await verdicts()] == ["recorded", "recorded"]
    assert len(await attendances()) == 2
