"""Pages of whoever helps with scanning, and of the phones that scan, for the round."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from playwright.async_api import Page

from elderlearn.checkin.devices import end_device, known_device
from elderlearn.checkin.hand_over import offer, take
from elderlearn.checkin.items import read_item
from elderlearn.checkin.passes import end_pass, pass_of
from elderlearn.checkin.receive import receive
from elderlearn.ground.clock import now
from elderlearn.web.shell.helper_pass import COOKIE
from tests.browser.steps import Step, press
from tests.checkin.lent import hours_later
from tests.web.leader.evening import Evening

WECHAT = "Mozilla/5.0 (Linux; Android 10; ELE-AL00 Build/HUAWEIELE-AL00) MicroMessenger/8.0.49"
ON_NOW = "/lead/sessions/{session_id:int}/helpers"

Line = tuple[str, str, str, Step | None]


@dataclass(frozen=True)
class HelpingPages:
    """`keys` are the cookies of three helpers; `token` is an offer nobody took up; one device is ended."""

    keys: dict[str, str]
    token: str
    on_now: int
    coming: int
    device: int
    ended: int


async def make_helping_pages(evening: Evening) -> HelpingPages:
    """One helper scans, the pass of another ended, that of the third is over since midnight."""
    by, viewer = evening.leader.by("leader"), evening.leader.viewer
    keys = {}
    for name in ("helper", "helper after midnight", "helper no more"):
        taken = await take((await offer(evening.on_now, by=by)).code, "欧阳春花大姐")
        keys[name] = taken.key
        held = await pass_of(taken.key)
        assert held is not None
        device = await known_device(str(uuid4()), evening.leader.id, user_agent=WECHAT, sign_in_id=None)
        assert device is not None
        code = {"scan_id": str(uuid4()), "session_id": evening.on_now, "code": "x", "scanned_at": now()}
        await receive([read_item(code)], by=held.by(device))
        if name == "helper after midnight":
            await hours_later(taken.pass_id, 24)
        if name == "helper no more":
            await end_pass(taken.pass_id, by=by)
    ended = await known_device(str(uuid4()), evening.leader.id, user_agent="", sign_in_id=None)
    assert ended is not None
    await end_device(ended, reason="在三路公交车上丢了，司机没有找到", viewer=viewer, by=by)
    newest = await offer(evening.gone, by=by)  # one shown on the page for the other session does not end it
    return HelpingPages(keys, newest.token, evening.on_now, evening.coming, device, ended)


def helping_stops(pages: HelpingPages) -> list[Line]:
    """Route, who looks, address, and what to do there."""
    at, device = "/lead/sessions", "/devices/{device_id:int}"
    return [
        ("/H/{token:str}", "nobody", f"/H/{pages.token}", press("main form .main")),
        ("/h/{token:str}", "nobody", "/h/nothing-like-it", None),
        ("/helper", "nobody", "/helper", press("main form .main")),
        ("/helper", "helper no more", "/helper", None),
        ("/helper/scan", "helper", "/helper/scan", None),
        ("/helper/scan", "helper after midnight", "/helper/scan", None),
        (ON_NOW, "leader", f"{at}/{pages.coming}/helpers", None),
        (ON_NOW, "leader", f"{at}/{pages.on_now}/helpers", show_code),
        ("/lead/devices", "leader", "/lead/devices", None),
        (f"/lead{device}", "leader", f"/lead/devices/{pages.device}", press("main details summary")),
        ("/desk/devices", "officer", "/desk/devices", None),
        ("/desk/devices", "officer", "/desk/devices?words=nothing-like-it", None),
        (f"/desk{device}", "officer", f"/desk/devices/{pages.device}", press("main details summary")),
        (f"/desk{device}", "officer", f"/desk/devices/{pages.ended}", None),
    ]


async def show_code(page: Page) -> None:
    """To the picture a helper scans."""
    await page.locator("main form[action$='/helpers'] button").click()
    await page.locator(".bigcode").wait_for()


async def hand_pass(page: Page, key: str) -> None:
    """Into the browser of a helper."""
    cookies = await page.context.cookies()
    await page.context.add_cookies(
        [{"name": COOKIE, "value": key, "domain": cookies[0].get("domain", ""), "path": "/"}]
    )
