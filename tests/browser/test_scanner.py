"""The leader's scanner with a network: every way in, one verdict in large letters, and always another way."""

from __future__ import annotations

import contextlib
import io
import json
import re
from pathlib import Path

import pytest
import qrcode
from PIL import Image, ImageDraw, ImageFilter, ImageOps
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Route, expect

from tests import people_standing as standing
from tests.browser.conftest import SLOWEST, OpenPage
from tests.browser.film import film_cards, write_film
from tests.browser.scanning import READY, REFUSE_CAMERA, Phone, kept_scans, phone, verdicts
from tests.checkin.hall import attendances
from tests.checkin.test_vectors import VECTORS
from tests.conftest import Database
from tests.web.leader.evening import Evening, make_evening

pytestmark = pytest.mark.browser

CABLE = """code => { const at = document.activeElement;
    const press = key => at.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    for (const sign of code) { press(sign); at.value += sign; }
    press('Enter'); }"""
TWO_CAMERAS_WITH_LIGHT = """const kinds = MediaStreamTrack.prototype;
    kinds.getCapabilities = () => ({ torch: true });
    kinds.applyConstraints = async wanted => { document.title = JSON.stringify(wanted); };
    navigator.mediaDevices.enumerateDevices = () => Promise.resolve([
        { kind: 'videoinput', deviceId: 'front' }, { kind: 'videoinput', deviceId: 'back' }]);
    const get = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = wanted => {
        document.documentElement.dataset.asked = JSON.stringify(wanted.video.deviceId || null);
        return get({ video: true }); };"""


@pytest.fixture
async def evening(database: Database) -> Evening:
    return await make_evening()


async def test_every_way_without_a_camera(open_page: OpenPage, evening: Evening) -> None:
    """Typed, by a scanner on a cable, by name; what is no card is kept too, and said so."""
    leader = await (await phone(open_page, evening)).opens()
    await leader.types(await evening.number(evening.wang))
    await leader.says("Checked in", "王**")
    await expect(leader.page.locator("#here")).to_have_text("1")
    await leader.types("123")
    await leader.says("Please compare the 8 digits with the card.")
    await expect(leader.page.locator("[data-part=last]")).to_have_class(re.compile(r"\bno\b"))
    await leader.has_pack()
    for words, found in (("x", 0), ("w", 1), ("wxy", 1), ("wangx", 1), ("王", 1), ("李", 0)):
        await leader.page.locator("#f-who").fill(words)
        await expect(leader.page.locator(".person")).to_have_count(found)
    await leader.page.evaluate(CABLE, f"HTTPS://X/C/{evening.li.card_code}")
    await leader.says("Checked in, without a seat", "李**")
    await expect(leader.page.locator("#f-who")).to_have_value("李")
    await leader.page.locator("#f-who").fill("王")
    await leader.page.get_by_role("button", name="王**").click()
    await leader.says("Is here already", "王**")
    await leader.waits(0)
    assert await verdicts() == [
        ("typed", "recorded", None), ("typed", "refused", "unreadable"), ("usb", "recorded", "walk_in"),
        ("tick", "already_present", None),
    ]  # fmt: skip


async def test_a_queue_goes_by_without_a_hand_on_the_phone(
    open_page: OpenPage, evening: Evening, tmp_path: Path
) -> None:
    """A person a second, in a hall without network: a card for twenty pictures of the film, then ten of nobody."""
    queue = [evening.wang, evening.li]
    queue += [await standing.resident(evening.places.community, name=f"张{name}") for name in "一二三四"]
    film = write_film(tmp_path / "queue.mjpeg", [f"HTTPS://X/C/{one.card_code}" for one in queue], hold=20)
    leader = await (await phone(open_page, evening, camera_film=film)).opens()
    promise = leader.page.locator("[data-part=reload]")
    await expect(promise).to_contain_text("also without a network", timeout=SLOWEST)
    await leader.context.set_offline(True)
    await leader.page.reload()
    await leader.page.get_by_role("button", name="Open the camera").click()
    log = leader.page.locator("[data-part=log]")
    await expect(log.locator("li")).to_have_count(6, timeout=SLOWEST)
    await expect(log).to_contain_text("王** · Checked in")
    await leader.page.wait_for_timeout(3000)  # the film begins anew; a card just seen is not scanned again at once
    await leader.context.set_offline(False)
    await leader.waits(0)
    recorded = [one for one in await verdicts() if one[1] == "recorded"]
    assert len(recorded) == 6 and len(await attendances()) == 6


async def test_bad_pictures_of_codes_and_somebodys_wechat(
    open_page: OpenPage, evening: Evening, tmp_path: Path
) -> None:
    cards = [await standing.resident(evening.places.community, name=f"{name}一") for name in "赵钱孙"]
    torn, inverted, blurred, tiny = (a_code(one.card_code) for one in (*cards, evening.wang))
    ImageDraw.Draw(torn).polygon([(0, 260), (0, 300), (300, 300), (300, 285)], fill=(130, 125, 120))
    small = Image.new("RGB", (300, 300), "white")
    small.paste(tiny.resize((120, 120)), (90, 90))
    wechat = a_code("https://u.wechat.com/MLk9s-somebody", bare=True)
    shown = [torn, ImageOps.invert(inverted), blurred.filter(ImageFilter.GaussianBlur(2)), small, wechat]
    film = film_cards(tmp_path / "bad.mjpeg", shown, hold=30)
    leader = await (await phone(open_page, evening, camera_film=film)).opens()
    await leader.page.get_by_role("button", name="Open the camera").click()
    log = leader.page.locator("[data-part=log]")
    for name in "赵钱孙王":
        await expect(log).to_contain_text(f"{name}** · Checked in", timeout=SLOWEST)
    await expect(log).to_contain_text("This is no check-in code")
    await leader.waits(0)
    assert ("camera", "refused", "unreadable") in await verdicts(), "kept, with its reason"


async def test_the_light_and_the_other_camera_where_there_are_any(open_page: OpenPage, evening: Evening) -> None:
    leader = await phone(open_page, evening)
    await leader.page.add_init_script(TWO_CAMERAS_WITH_LIGHT)
    await leader.opens()
    await leader.page.get_by_role("button", name="Open the camera").click()
    await leader.page.get_by_role("button", name="Light on").click()
    await expect(leader.page).to_have_title(re.compile('"torch":true'))
    await expect(leader.page.get_by_role("button", name="Light off")).to_be_visible()
    await leader.page.get_by_role("button", name="Other camera").click()
    await expect(leader.page.locator("html")).to_have_attribute("data-asked", '{"exact":"front"}')


async def test_a_camera_refused_and_a_phone_that_cannot_decode_leave_other_ways(
    open_page: OpenPage, evening: Evening
) -> None:
    leader = await phone(open_page, evening, service_worker=False)
    await leader.page.add_init_script(REFUSE_CAMERA)
    await leader.opens()
    await leader.page.get_by_role("button", name="Open the camera").click()
    await expect(leader.page.locator("[data-part=cannot]")).to_contain_text("The camera is not allowed.")
    await leader.types(evening.wang.card_code)
    await leader.says("Checked in", "王**")

    async def without_wasm(route: Route) -> None:
        answer = await route.fetch()
        policy = answer.headers["content-security-policy"].replace(" 'wasm-unsafe-eval'", "")
        with contextlib.suppress(PlaywrightError):  # the page may be gone before its answer
            await route.fulfill(response=answer, headers=answer.headers | {"content-security-policy": policy})

    await leader.context.route(re.compile("/scan$|/static/"), without_wasm)
    await leader.opens()
    await expect(leader.page.locator("[data-part=cannot]")).to_contain_text("This phone cannot read codes.")
    await expect(leader.page.get_by_role("button", name="Open the camera")).to_be_hidden()
    await leader.has_pack()
    await leader.page.locator(".person").first.click()
    await leader.says("Is here already", "王**")


async def test_a_photo_of_the_code_does_as_well(open_page: OpenPage, evening: Evening) -> None:
    leader = await (await phone(open_page, evening)).opens()
    await leader.page.locator(READY).wait_for()
    await takes_photo(leader, Image.new("RGB", (300, 300), "white"))
    await expect(leader.page.locator("[data-part=cannot]")).to_contain_text("There is no code in the photo.")
    await takes_photo(leader, a_code(evening.wang.card_code))
    await leader.says("Checked in", "王**")


async def test_without_javascript_numbers_and_names_still_work(open_page: OpenPage, evening: Evening) -> None:
    leader = await (await phone(open_page, evening, javascript=False)).opens()
    await leader.page.locator("#f-code").fill(evening.li.card_code)
    await leader.page.locator("[data-part=typed] button").click()
    await expect(leader.page.locator("#flash")).to_contain_text("李** Checked in, without a seat")
    await leader.page.get_by_role("link", name="Back to the list").click()
    await leader.page.get_by_role("button", name="王秀英 is here").click()
    await expect(leader.page.locator("#flash")).to_contain_text("Ticked: here.")
    await expect(leader.page.locator(".counter")).to_contain_text("2 of 1 here")


async def test_the_phone_judges_and_reads_as_the_file_says(open_page: OpenPage, evening: Evening) -> None:
    leader = await (await phone(open_page, evening)).opens()
    page = leader.page
    judged = await page.evaluate("all => all.map(one => elderlearn.judgement.judge(one.facts))", VECTORS["judge"])
    assert judged == [{"verdict": one["verdict"], "reason": one["reason"]} for one in VECTORS["judge"]]
    clocks = """all => all.map(one => [
        new Date(elderlearn.judgement.corrected(one.at, one.sent_at, one.received_at)).getTime()
            === Date.parse(one.corrected),
        elderlearn.judgement.isClockOff(one.sent_at, one.received_at)])"""
    assert await page.evaluate(clocks, VECTORS["clocks"]) == [
        [True, one["is_clock_off"]] for one in VECTORS["clocks"]
    ]
    read = await page.evaluate(
        "all => all.map(one => elderlearn.code.read(one.text, one.method))", VECTORS["codes"]
    )
    assert [(one.get("code"), one.get("number")) for one in read] == [
        (one["code"], one["number"]) for one in VECTORS["codes"]
    ]
    keys = await page.evaluate(
        "all => Promise.all(all.map(one => elderlearn.code.key(one.code)))", VECTORS["keys"]
    )
    assert keys == [one["card_key"] for one in VECTORS["keys"]]
    assert await kept_scans() == 0 and json.dumps(judged)


def a_code(text: str, *, bare: bool = False) -> Image.Image:
    """300 px of it, as printed on a card; `bare` is no card of ours."""
    shown = text if bare else f"HTTPS://X/C/{text}"
    maker = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    maker.add_data(shown)
    return maker.make_image().get_image().convert("RGB").resize((300, 300))


async def takes_photo(leader: Phone, picture: Image.Image) -> None:
    """As a telephone hands it over."""
    out = io.BytesIO()
    picture.save(out, "JPEG")
    photo = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}
    await leader.page.locator("[data-part=photo]").set_input_files([photo])
