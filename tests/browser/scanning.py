"""What a leader does with the scanner, and what she reads there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from playwright.async_api import BrowserContext, Page, Route, expect

from elderlearn.ground.sql import rows, value
from elderlearn.web.shell.viewer import COOKIE
from tests.browser.conftest import SLOWEST, OpenPage, Site
from tests.people_standing import StandingStaff
from tests.web.conftest import token_for
from tests.web.leader.evening import Evening

READY = "#scanner[data-ready=yes]"
NO_STORAGE = "Object.defineProperty(window, 'indexedDB', { get() { throw new Error('none'); } })"
HOURS_WRONG = """const right = Date.now; Date.now = () => right() + HOURS * 3600000;
    const Right = Date; window.Date = class extends Right {
        constructor(...of) { if (of.length) super(...of); else super(Right.now()); } }"""
REFUSE_CAMERA = """navigator.mediaDevices.getUserMedia =
    () => Promise.reject(new DOMException('no', 'NotAllowedError'))"""


def a_clock_wrong_by(hours: int) -> str:
    """A script that runs before those of the page."""
    return HOURS_WRONG.replace("HOURS", str(hours))


@dataclass(frozen=True)
class Phone:
    """A leader's telephone with the scanner of the session that is on now."""

    page: Page
    evening: Evening

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    async def opens(self, session: int | None = None) -> Phone:
        """The scanner, with its pack on the phone."""
        await self.page.goto(f"/lead/sessions/{session or self.evening.on_now}/scan")
        return self

    async def has_pack(self) -> None:
        """Somebody is on the list of names."""
        await self.goes_to("names")
        await expect(self.page.locator(".person").first).to_be_visible()

    async def goes_to(self, way: str) -> None:
        """camera, typed or names."""
        await self.page.locator(f"[data-to={way}]").click()

    async def types(self, code: str) -> None:
        """A number or a whole code."""
        if await self.page.locator("#f-code").is_hidden():
            await self.goes_to("typed")
        await self.page.locator("#f-code").fill(code)
        await self.page.locator("[data-part=typed] button").click()

    async def says(self, words: str, name: str | None = None) -> None:
        """In the large verdict."""
        await expect(self.page.locator("[data-part=verdict]")).to_contain_text(words, timeout=SLOWEST)
        if name is not None:
            await expect(self.page.locator("[data-part=name]")).to_have_text(name, timeout=SLOWEST)

    async def waits(self, many: int) -> None:
        """So many scans are still on the phone."""
        await expect(self.page.locator("#scans-here")).to_have_attribute(
            "data-waiting", str(many), timeout=SLOWEST
        )

    async def state(self, words: str) -> None:
        """What is said about them."""
        await expect(self.page.locator("[data-part=state]")).to_contain_text(words, timeout=SLOWEST)

    async def packs_kept(self) -> int:
        """Rosters on this phone."""
        return int(await self.page.evaluate("elderlearn.store.all('pack').then(all => all.length)"))


async def phone(open_page: OpenPage, evening: Evening, **options: Any) -> Phone:
    """Hers, in English, unless the options say otherwise."""
    return Phone(await open_page(lang="en", staff=options.pop("staff", evening.leader), **options), evening)


async def now_signed_in(context: BrowserContext, site: Site, who: StandingStaff | None) -> None:
    """Somebody else, or nobody any more."""
    token = await token_for(None, who) if who else "ended"
    await context.add_cookies([{"name": COOKIE, "value": token, "url": site.url}])


async def kept_scans() -> int:
    """Rows the server has."""
    return int(await value("SELECT count(*) FROM scan"))


async def verdicts() -> list[tuple[str, str, str | None]]:
    """Method, verdict and reason of each, in the order they were made."""
    found = await rows("SELECT method, verdict, reason FROM scan ORDER BY scanned_at, device_seq")
    return [tuple(one) for one in found]


def answering(
    reply: Callable[[Route, list[dict[str, Any]]], Awaitable[None]],
) -> Callable[[Route], Awaitable[None]]:
    """A handler for /lead/scans that is given the scans sent."""

    async def handle(route: Route) -> None:
        await reply(route, (route.request.post_data_json or {})["scans"])

    return handle
