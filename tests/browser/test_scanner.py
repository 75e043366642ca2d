"""The leader's scanner: nothing is lost, nothing is counted twice, and there is always another way in."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
import qrcode
from PIL import Image
from playwright.async_api import BrowserContext, Page, Route, expect

from elderlearn.web.shell.viewer import COOKIE
from tests.browser.conftest import OpenPage, Site
from tests.browser.film import write_film
from tests.checkin.hall import attendances
from tests.conftest import Database
from tests.people_standing import StandingStaff
from tests.web.conftest import token_for
from tests.web.leader.evening import Evening, make_evening

pytestmark = pytest.mark.browser

REFUSE_CAMERA = """navigator.mediaDevices.getUserMedia =
    () => Promise.reject(new DOMException('no', 'NotAllowedError'))"""
NO_STORAGE = "Object.defineProperty(window, 'indexedDB', { get() { throw new Error('none'); } })"


@pytest.fixture
async def evening(database: Database) -> Evening:
    return await make_evening()


async def scanner(page: Page, evening: Evening) -> Page:
    """The session that is on now."""
    await page.goto(f"/lead/sessions/{evening.on_now}")
    return page


async def types(page: Page, code: str) -> None:
    await page.locator("#f-code").fill(code)
    await page.locator("[data-part=typed] button").click()


async def says(page: Page, words: str) -> None:
    """In the large verdict."""
    await expect(page.locator("[data-part=last]")).to_contain_text(words)


async def waits(page: Page, many: int) -> None:
    """So many scans are still on the phone."""
    await expect(page.locator("#queue")).to_have_attribute("data-waiting", str(many))


async def now_signed_in(context: BrowserContext, site: Site, who: StandingStaff | None) -> None:
    token = await token_for(None, who) if who else "ended"
    await context.add_cookies([{"name": COOKIE, "value": token, "url": site.url}])


async def kept_scans(database: Database) -> int:
    return int(await database.value("SELECT count(*) FROM scan"))


async def test_a_typed_number_is_checked_in_without_leaving_the_page(
    open_page: OpenPage, evening: Evening
) -> None:
    page = await scanner(await open_page(lang="en", staff=evening.leader), evening)
    await types(page, await evening.number(evening.wang))
    await says(page, "Checked in")
    await expect(page.locator("[data-part=name]")).to_have_text("王**")
    await expect(page.locator(".counter")).to_contain_text("1 of 1 here")
    await expect(page.locator("#people .tag.done")).to_have_text("Here")
    await expect(page.locator("[data-part=state]")).to_have_text("Everything is sent")
    await types(page, "123")
    await says(page, "This is no check-in code")
    await expect(page.locator("[data-part=last]")).to_have_class(re.compile(r"\bno\b"))


async def test_a_card_held_in_front_of_the_camera_is_one_scan(
    open_page: OpenPage, evening: Evening, database: Database, tmp_path: Path
) -> None:
    film = write_film(
        tmp_path / "two.mjpeg", [f"HTTPS://X/C/{one.card_code}" for one in (evening.wang, evening.li)]
    )
    page = await scanner(await open_page(lang="en", staff=evening.leader, camera_film=film), evening)
    await page.get_by_role("button", name="Open the camera").click()
    await expect(page.locator("[data-part=log] li")).to_have_count(2)
    await expect(page.locator("[data-part=log]")).to_contain_text("Checked in, without a seat")
    await page.wait_for_timeout(4000)  # the film shows both once more
    assert await kept_scans(database) == 2
    assert len(await attendances()) == 2


async def test_scans_without_a_network_wait_and_are_sent_when_it_is_back(
    open_page: OpenPage, evening: Evening, database: Database
) -> None:
    page = await scanner(await open_page(lang="en", staff=evening.leader), evening)
    await page.context.set_offline(True)
    await types(page, evening.wang.card_code)
    await says(page, "Kept on this phone, will be sent")
    await types(page, evening.li.card_code)
    await waits(page, 2)
    await expect(page.locator("[data-part=state]")).to_contain_text("2 waiting to be sent. There is no network.")
    assert await kept_scans(database) == 0
    await page.context.set_offline(False)
    await waits(page, 0)
    assert len(await attendances()) == 2


async def test_a_closed_tab_loses_nothing(open_page: OpenPage, evening: Evening, database: Database) -> None:
    page = await scanner(await open_page(lang="en", staff=evening.leader), evening)
    await page.context.set_offline(True)
    await types(page, evening.wang.card_code)
    await waits(page, 1)
    context = page.context
    await page.close()
    await context.set_offline(False)
    again = await context.new_page()
    await again.goto("/lead")
    await expect(again.locator("[data-part=state]")).to_have_text("Everything is sent")
    assert await attendances() == [(evening.on_now, evening.wang.resident_id)]


async def test_a_lost_answer_leads_to_no_duplicate(
    open_page: OpenPage, evening: Evening, database: Database
) -> None:
    page = await scanner(await open_page(lang="en", staff=evening.leader), evening)

    async def swallow(route: Route) -> None:
        await route.fetch()
        await route.abort()

    await page.route("**/lead/scans", swallow)
    await types(page, evening.wang.card_code)
    await says(page, "Kept on this phone, will be sent")
    assert await kept_scans(database) == 1
    await page.unroute("**/lead/scans")
    await page.get_by_role("button", name="Send now").click()
    await waits(page, 0)
    await says(page, "Checked in")
    await expect(page.locator(".counter")).to_contain_text("1 of 1 here")
    assert await kept_scans(database) == 1
    assert len(await attendances()) == 1


@pytest.mark.parametrize("answer", ["503", "{}", '{"verdicts": []}', "retry"])
async def test_only_its_own_final_verdict_takes_a_scan_off_the_phone(
    open_page: OpenPage, evening: Evening, answer: str
) -> None:
    page = await scanner(await open_page(lang="en", staff=evening.leader), evening)

    async def reply(route: Route) -> None:
        if answer == "503":
            await route.fulfill(status=503)
        elif answer == "retry":
            scan = (route.request.post_data_json or {})["scans"][0]["scan_id"]
            await route.fulfill(json={"verdicts": [{"scan_id": scan, "verdict": "retry"}]})
        else:
            await route.fulfill(body=answer, content_type="application/json")

    await page.route("**/lead/scans", reply)
    await types(page, evening.wang.card_code)
    await waits(page, 1)
    await expect(page.locator("[data-part=state]")).to_contain_text("The system is busy")
    await page.unroute("**/lead/scans")
    await page.get_by_role("button", name="Send now").click()
    await waits(page, 0)
    assert len(await attendances()) == 1


async def test_an_ended_sign_in_keeps_the_scans_until_she_is_back(
    open_page: OpenPage, evening: Evening, site: Site
) -> None:
    page = await scanner(await open_page(lang="en", staff=evening.leader), evening)
    await now_signed_in(page.context, site, None)
    await types(page, evening.wang.card_code)
    await expect(page.locator("[data-part=state]")).to_contain_text("Please sign in again; nothing is lost.")
    assert await attendances() == []
    await page.get_by_role("link", name="Sign in again").click()
    await expect(page).to_have_url(re.compile(f"/sign-in\\?next=/lead/sessions/{evening.on_now}"))
    await now_signed_in(page.context, site, evening.leader)
    await scanner(page, evening)
    await waits(page, 0)
    await expect(page.locator(".counter")).to_contain_text("1 of 1 here")


async def test_a_phone_handed_on_keeps_the_first_leaders_scans_for_her(
    open_page: OpenPage, evening: Evening, site: Site, database: Database
) -> None:
    page = await scanner(await open_page(lang="en", staff=evening.leader), evening)
    await page.context.set_offline(True)
    await types(page, evening.wang.card_code)
    await waits(page, 1)
    await now_signed_in(page.context, site, evening.other_leader)
    await page.context.set_offline(False)
    await expect(page.locator("[data-part=state]")).to_contain_text("Please sign in again; nothing is lost.")
    await page.goto("/lead")
    await expect(page.locator("[data-part=others]")).to_contain_text("1 scans of another leader wait")
    assert await kept_scans(database) == 0
    await now_signed_in(page.context, site, evening.leader)
    await page.goto("/lead")
    await expect(page.locator("[data-part=state]")).to_have_text("Everything is sent")
    assert len(await attendances()) == 1


async def test_a_refused_camera_leaves_the_number(open_page: OpenPage, evening: Evening) -> None:
    page = await open_page(lang="en", staff=evening.leader)
    await page.add_init_script(REFUSE_CAMERA)
    await scanner(page, evening)
    await page.get_by_role("button", name="Open the camera").click()
    await expect(page.locator("[data-part=cannot]")).to_contain_text("The camera is not allowed.")
    await types(page, evening.wang.card_code)
    await says(page, "Checked in")


async def test_a_phone_that_cannot_decode_leaves_the_number(open_page: OpenPage, evening: Evening) -> None:
    page = await open_page(lang="en", staff=evening.leader)
    await page.context.route("**/zxing_reader.wasm", lambda route: route.abort())
    await scanner(page, evening)
    await expect(page.locator("[data-part=cannot]")).to_contain_text("This phone cannot read codes.")
    await expect(page.get_by_role("button", name="Open the camera")).to_be_hidden()
    await types(page, evening.wang.card_code)
    await says(page, "Checked in")


async def test_a_phone_that_keeps_nothing_sends_the_form_as_it_is(open_page: OpenPage, evening: Evening) -> None:
    page = await open_page(lang="en", staff=evening.leader)
    await page.add_init_script(NO_STORAGE)
    await scanner(page, evening)
    await types(page, evening.wang.card_code)
    await expect(page.locator("#flash")).to_contain_text("王** Checked in")


async def test_a_photo_of_the_code_does_as_well(open_page: OpenPage, evening: Evening) -> None:
    page = await scanner(await open_page(lang="en", staff=evening.leader), evening)
    await page.locator("#scanner[data-ready=yes]").wait_for()
    await page.locator("[data-part=photo]").set_input_files([photo(Image.new("RGB", (300, 300), "white"))])
    await expect(page.locator("[data-part=cannot]")).to_contain_text("There is no code in the photo.")
    code = qrcode.make(f"HTTPS://X/C/{evening.wang.card_code}").get_image()
    await page.locator("[data-part=photo]").set_input_files([photo(code)])
    await says(page, "Checked in")


async def test_without_javascript_numbers_and_names_still_work(open_page: OpenPage, evening: Evening) -> None:
    page = await scanner(await open_page(lang="en", staff=evening.leader, javascript=False), evening)
    await types(page, evening.li.card_code)
    await expect(page.locator("#flash")).to_contain_text("李** Checked in, without a seat")
    await page.get_by_role("button", name="王秀英 is here").click()
    await expect(page.locator("#flash")).to_contain_text("Ticked: here.")
    await expect(page.locator(".counter")).to_contain_text("2 of 1 here")


def photo(picture: Image.Image) -> dict[str, object]:
    """As a telephone hands it over."""
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG")
    return {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}
